/** This browser's subscription to alerts: made, told to the server, kept true, ended. Loaded only where it is needed. */

import { recall, remember } from './device.ts';
import { installWorker } from './markup.ts';
import { pushKey } from './push-keys.ts';

/** What the server says to a browser that tells how it is. */
export interface PushAnswer {
  /** Public key to subscribe with, base64url. */
  readonly key: string;
  readonly isOld: boolean;
  readonly isAdopted: boolean;
  readonly isKnown: boolean;
}

/** What is told beside the subscription. */
export interface PushMore {
  /** Whether whoever is signed in wants the own alerts here. */
  readonly adopt?: boolean;
  /** Whether its reader has just turned alerts on; else a browser that the server does not know stays unknown. */
  readonly begin?: boolean;
  readonly choices?: readonly { readonly kind: string; readonly target: string; readonly isOn: boolean }[];
}

const day = 86_400_000;

/** Whether this browser can show alerts as it runs now; on an iPhone it can from the home screen alone. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** Its subscription, if it has one and may show what comes. */
export async function currentSubscription(): Promise<PushSubscription | undefined> {
  if (!canPush() || Notification.permission !== 'granted') return undefined;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? undefined;
}

/**
 * Subscribe and tell the server. The reader has been asked already.
 * @param key public key of the site, base64url
 * @throws DOMException where the browser refuses, TypeError when the network fails, Error where the server refuses
 */
export async function subscribe(key: string, account: string, more: PushMore = {}): Promise<PushAnswer> {
  const { pushManager } = await installWorker();
  let subscription = await pushManager.getSubscription();
  if (subscription && keyOf(subscription) !== key) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const answer = await report(subscription, more);
  await keep(account, subscription, answer);
  return answer;
}

/** End the subscription of this browser and tell the server. */
export async function unsubscribe(): Promise<void> {
  await (await currentSubscription())?.unsubscribe();
  remember(pushKey, undefined);
  await report(undefined);
}

/**
 * See whether the server knows this browser as it is now: it may have another subscription or none, another reader, or a
 * key that is no longer used. Tells it at most once a day where nothing has changed.
 * @param account who is signed in, '' for nobody
 */
export async function resync(account: string): Promise<void> {
  const known = recall(pushKey);
  if (known === undefined || !canPush()) return;
  if (Notification.permission !== 'granted') {
    await report(undefined);
    return remember(pushKey, undefined);
  }
  const subscription = await currentSubscription();
  if (!subscription) return heal(account);
  const mark = markOf(account, subscription);
  if (mark === known) return;
  const answer = await report(subscription).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (!answer || answer.isOld) return heal(account);
  await keep(account, subscription, answer);
}

/** Its reader may have removed it from elsewhere: then it takes nothing any more. */
async function keep(account: string, subscription: PushSubscription, answer: PushAnswer): Promise<void> {
  if (!answer.isKnown) await subscription.unsubscribe();
  remember(pushKey, answer.isKnown ? markOf(account, subscription) : undefined);
}

/** Subscribe anew, with the key that is used now. */
async function heal(account: string): Promise<void> {
  const response = await fetch('/alerts/key');
  const { key } = (await response.json()) as { key: string };
  await subscribe(key, account);
}

/** The server understood, and does not want it. */
class Refusal extends Error {}

async function report(subscription: PushSubscription | undefined, more: PushMore = {}): Promise<PushAnswer> {
  const told = subscription && { ...subscription.toJSON(), key: keyOf(subscription) };
  const response = await fetch('/alerts/browser', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      subscription: told ?? null,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...more,
    }),
  });
  if (response.status === 409 || response.status === 422) throw new Refusal(String(response.status));
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as PushAnswer;
}

function markOf(account: string, { endpoint }: PushSubscription): string {
  return `${account} ${Math.floor(Date.now() / day)} ${endpoint}`;
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
