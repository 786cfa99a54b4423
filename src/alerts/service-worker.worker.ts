/**
 * Shows what is pushed, opens what is pressed, and says what became of an alert without saying who it is. It answers no
 * requests: pages come from the network as ever. Safari shows the same messages by itself.
 */

import type { Told } from './breaking/count-alerts.ts';

/** What of the worker's own world is used here; the types that all files share are those of pages. */
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
}
interface Tab {
  readonly url: string;
  focus(): Promise<Tab>;
  navigate(url: string): Promise<Tab | null>;
}
interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void;
  readonly data?: { json(): unknown } | null;
  readonly notification?: Notification;
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

/** A declarative message, as `pushPayload` makes it. */
interface Message {
  readonly notification?: {
    readonly title?: string;
    readonly navigate?: string;
    readonly data?: { readonly alert?: string };
  } & NotificationOptions;
  readonly app_badge?: number;
}

const worker = self as unknown as Worker;
/** So that a million browsers that show an alert do not tell of it in the same second, milliseconds. */
const longestWait = 8000;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('push', (event) => event.waitUntil(show(read(event))));
worker.addEventListener('notificationclick', (event) => event.waitUntil(open(event.notification!)));
worker.addEventListener('notificationclose', (event) =>
  event.waitUntil(tell('dismissed', dataOf(event.notification!).alert)),
);
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(heal(event)));

function read({ data }: WorkerEvent): Message {
  try {
    return (data?.json() ?? {}) as Message;
  } catch {
    return {};
  }
}

async function show({ notification = {}, app_badge: badge }: Message): Promise<void> {
  // A browser that is pushed to must show something, whatever came.
  const { title = location.host, navigate = '/', data, ...options } = notification;
  await worker.registration.showNotification(title, {
    icon: '/icon-192.png',
    ...options,
    data: { alert: data?.alert, to: navigate },
  });
  if (badge !== undefined) await setBadge(badge);
  await tell('shown', data?.alert, Math.random() * longestWait);
}

async function setBadge(count: number): Promise<void> {
  try {
    await (navigator as { setAppBadge?: (count: number) => Promise<void> }).setAppBadge?.(count);
  } catch {
    // Not every system has a place for it.
  }
}

/** To a tab that shows the page already, else to a new one. */
async function open(notification: Notification): Promise<void> {
  notification.close();
  const { to, alert } = dataOf(notification);
  const url = placeOf(to);
  const told = tell('clicked', alert);
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const same = tabs.find((tab) => withoutHash(tab.url) === withoutHash(url.href));
  if (same) {
    const tab = await same.focus();
    if (tab.url !== url.href) await tab.navigate(url.href).catch(() => worker.clients.openWindow(url.href));
  } else await worker.clients.openWindow(url.href);
  await told;
}

/** On this site, whatever a message says. */
function placeOf(to: string): URL {
  const url = URL.canParse(to, location.origin) ? new URL(to, location.origin) : undefined;
  return url?.origin === location.origin ? url : new URL('/', location.origin);
}

function withoutHash(address: string): string {
  return address.split('#')[0]!;
}

function dataOf({ data }: Notification): { readonly to: string; readonly alert?: string } {
  return (data ?? { to: '/' }) as { to: string; alert?: string };
}

/** @param wait milliseconds */
async function tell(act: Told, alert: string | undefined, wait = 0): Promise<void> {
  if (alert === undefined) return;
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  // Without cookies: it is counted that this was so, not for whom.
  await post('/alerts/seen', { alert, act }, 'omit').catch(() => undefined);
}

function post(path: string, body: unknown, credentials: RequestCredentials): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    credentials,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The push service has changed or dropped the subscription: subscribe again and say so. The next page does too. */
async function heal({ newSubscription }: WorkerEvent): Promise<void> {
  const { pushManager } = worker.registration;
  const { key } = (await (await fetch('/alerts/key')).json()) as { key: string };
  const subscription =
    newSubscription ??
    (await pushManager.getSubscription()) ??
    (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const made = subscription.options.applicationServerKey;
  const body = { subscription: { ...subscription.toJSON(), key: made ? encode(made) : key }, zone: timeZone };
  await post('/alerts/browser', body, 'same-origin');
}

/** Base64url. */
function encode(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
