import { AppError } from '../errors.ts';

/** The cookies of a request by name; of two with one name the first counts (RFC 6265, section 5.4). */
export function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  const cookies: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !(name in cookies)) cookies[name] = pair.slice(at + 1).trim();
  }
  return cookies;
}

/**
 * How our cookies are named on an origin. On https they are bound to the host (`__Host-`, RFC 6265bis, section 4.1.3.2);
 * over plain http that prefix does not exist, which is good enough within one machine only.
 */
export function cookieName(origin: string, name: string): string {
  return origin.startsWith('https:') ? `__Host-${name}` : name;
}

/**
 * A value of Set-Cookie: not for scripts, sent with our own pages and with links that lead to them.
 * @param cookie.seconds for how long; 0 removes it; the browser's session when left out
 * @throws AppError `account.https-needed` on plain http beyond this machine, where it could be read on the way
 */
export function setCookie(
  origin: string,
  cookie: { readonly name: string; readonly value: string; readonly seconds?: number },
): string {
  const isSecure = origin.startsWith('https:');
  if (!isSecure && !isLoopback(new URL(origin).hostname)) {
    throw new AppError(
      'account.https-needed',
      'Signing in needs an encrypted connection. Whoever runs this site must set ORIGIN to an https address.',
      { status: 503 },
    );
  }
  const age = cookie.seconds === undefined ? '' : `; Max-Age=${cookie.seconds}`;
  return `${cookieName(origin, cookie.name)}=${cookie.value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}
