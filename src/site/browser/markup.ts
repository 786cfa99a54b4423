/**
 * Markup that this server made, and nothing else, becomes part of a page here: the one policy that the site's
 * `Content-Security-Policy` allows (Trusted Types). What comes in was escaped on the server, by its own template tag.
 */

interface Policy {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

/** The one script that may run beside pages: it shows alerts. */
const workerPath = '/service-worker.js';

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const rules: Policy = {
  createHTML: (text) => text,
  createScriptURL(url) {
    if (url !== workerPath) throw new TypeError(url);
    return url;
  },
};
const policy = trustedTypes?.createPolicy('freesheet', rules) ?? rules;

/** A page of this site, read and not shown. */
export interface Page {
  readonly document: Document;
  /** Where it stands, after all redirects. */
  readonly url: URL;
  readonly status: number;
}

/**
 * Ask for a page of this site.
 * @returns undefined for what is no page of this site
 * @throws TypeError when the network fails
 */
export async function fetchPage(url: string | URL, init: RequestInit = {}): Promise<Page | undefined> {
  const response = await fetch(url, { credentials: 'same-origin', ...init });
  const at = new URL(response.url);
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  if (!isPage || at.origin !== location.origin) return undefined;
  const text = policy.createHTML(await response.text());
  return { document: new DOMParser().parseFromString(text, 'text/html'), url: at, status: response.status };
}

/** The elements of a fragment that came by this site's own live stream. */
export function elementsOf(fragment: string): Element[] {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(fragment);
  return [...template.content.children];
}

/** Have the service worker installed, and wait until it can be used. @throws DOMException where it cannot be */
export async function installWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(policy.createScriptURL(workerPath), { updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}
