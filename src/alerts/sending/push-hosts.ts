import { createECDH } from 'node:crypto';
import { splitList, type Config } from '../../platform/config.ts';

/** Hosts of the push services that browsers use; one that begins with a dot stands for all names below it. */
const knownHosts: readonly string[] = [
  // Chrome, and most that are built on it: Samsung Internet, Opera, Brave, Vivaldi, Edge on Android.
  'fcm.googleapis.com',
  // Chromium as Linux distributions build it.
  'jmt17.google.com',
  // Firefox.
  '.push.services.mozilla.com',
  // Safari.
  '.push.apple.com',
  // Edge on Windows.
  '.notify.windows.com',
];
/** Longer ones are nobody's. */
const longestEndpoint = 2000;

/**
 * Whether an address is of a push service that this site sends to: https, its one canonical spelling, and a host that is
 * known or named in the setting PUSH_HOSTS. Asked when a subscription is saved, and again whenever something is sent.
 */
export function isPushEndpoint(config: Pick<Config, 'PUSH_HOSTS'>, address: string): boolean {
  if (address.length > longestEndpoint || !URL.canParse(address)) return false;
  const url = new URL(address);
  const isPlain =
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    url.href === address;
  if (!isPlain) return false;
  const named = `${url.hostname}:${url.port || '443'}`;
  if (pushHostsOf(config).includes(named)) return true;
  return url.port === '' && knownHosts.some((host) => isOf(url.hostname, host));
}

/** `host:port` that the setting PUSH_HOSTS adds, in lower case. */
export function pushHostsOf({ PUSH_HOSTS }: Pick<Config, 'PUSH_HOSTS'>): string[] {
  return splitList(PUSH_HOSTS.toLowerCase());
}

/**
 * Whether these are keys that a message can be encrypted with: a point on the curve P-256 and sixteen bytes
 * (RFC 8291, sections 3.1 and 3.2).
 * @param keys base64url, as browsers give them
 */
export function arePushKeys({ p256dh, auth }: { readonly p256dh: string; readonly auth: string }): boolean {
  if (!/^[\w-]{87}$/.test(p256dh) || !/^[\w-]{22}$/.test(auth)) return false;
  const point = Buffer.from(p256dh, 'base64url');
  if (point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false;
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(point);
    return true;
  } catch {
    return false;
  }
}

function isOf(hostname: string, host: string): boolean {
  return host.startsWith('.') ? hostname.endsWith(host) : hostname === host;
}
