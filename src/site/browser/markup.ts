/**
 * Markup that this server made, and nothing else, becomes part of a page here: the one policy that the site's
 * `Content-Security-Policy` allows (Trusted Types). What comes in was escaped on the server, by its own template tag.
 */

interface Policy {
  createHTML(text: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy: Policy = trustedTypes?.createPolicy('freesheet', { createHTML: (text) => text }) ?? {
  createHTML: (text) => text,
};

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
