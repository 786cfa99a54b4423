import { fetchPage } from './markup.ts';

const selector = '[data-personal]';

/** Who is signed in, as the page says it: an id, '' for nobody; undefined where a page does not say. */
export function accountOf(page: ParentNode): string | undefined {
  return page.querySelector<HTMLElement>('[data-account]')?.dataset.account;
}

/** Put what a page says to whoever is signed in now in place of what this page says, by name. */
export function swapPersonal(page: ParentNode): void {
  const others = new Map<string, HTMLElement>();
  for (const each of page.querySelectorAll<HTMLElement>(selector)) others.set(each.dataset.personal!, each);
  for (const each of document.querySelectorAll<HTMLElement>(selector)) {
    const other = others.get(each.dataset.personal!);
    if (other) swap(each, other);
  }
}

/** Ask for this page again as it is for whoever is signed in now. @returns undefined where it is another page now */
export async function refreshPersonal(): Promise<Document | undefined> {
  const page = await fetchPage(location.href);
  if (page?.url.pathname !== location.pathname) return undefined;
  swapPersonal(page.document);
  return page.document;
}

/** Put one element in place of another; focus stays where it was, and what is read out aloud is read out. */
export function swap(old: HTMLElement, given: HTMLElement): void {
  if (old.outerHTML === given.outerHTML) return;
  // Only what changes within a live region is announced.
  if (old.matches('[role=status], [aria-live]')) {
    old.replaceChildren(...[...given.childNodes].map((node) => document.importNode(node, true)));
    return;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const fresh = document.importNode(given, true);
  old.replaceWith(fresh);
  if (focused) (counterpart(fresh, focused) ?? fresh).focus();
}

function counterpart(fresh: HTMLElement, { id, localName }: Element): HTMLElement | null {
  const byId = id === '' ? null : fresh.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  if (byId) return byId;
  return fresh.localName === localName ? fresh : fresh.querySelector<HTMLElement>(localName);
}
