import { fetchPage, type Page } from './markup.ts';
import { accountOf, swap, swapPersonal } from './personal.ts';

/** What a form's answer led to, before anything of it is shown. */
export interface Arrival {
  readonly page: Page;
  readonly form: HTMLElement;
  readonly flow: HTMLElement;
}

/** Told on the document when an answer has come; whoever shows it itself prevents the rest. */
export const arrived = 'freesheet:arrived';
/** Told on the document when somebody else is signed in than before; its detail is whether that was done in this tab. */
export const accountChanged = 'freesheet:account';

const busy = new WeakSet<HTMLElement>();
/** What one asked to see, such as how a comment will look. */
const result = '[data-result]';
/** Room that a step needs to be read in place. */
const leastRoom = 280;

/** From now on forms with `data-inline` are answered in place, in their own `data-flow`. */
export function takeOverForms(failed: string): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches('[data-inline]')) return;
    const flow = form.closest<HTMLElement>('[data-flow]');
    if (!flow) return;
    event.preventDefault();
    if (busy.has(flow)) return;
    void ask(flow, form, requestOf(form, event.submitter), failed);
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-inline]');
    const flow = link?.closest<HTMLElement>('[data-flow]');
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !flow || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    if (!busy.has(flow)) void ask(flow, link, { url: link.href }, failed);
  });
}

interface Asked {
  readonly url: string;
  readonly init?: RequestInit;
}

function requestOf(form: HTMLFormElement, submitter: HTMLElement | null): Asked {
  const button = submitter as HTMLButtonElement | null;
  const data = new FormData(form, submitter);
  const url = new URL(button?.hasAttribute('formaction') ? button.formAction : form.action);
  const fields = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  if (form.method === 'get') {
    url.search = fields.toString();
    return { url: url.href };
  }
  const isMultipart = form.enctype === 'multipart/form-data';
  return { url: url.href, init: { method: 'POST', body: isMultipart ? data : fields } };
}

async function ask(
  flow: HTMLElement,
  form: HTMLElement,
  { url, init }: Asked,
  failed: string,
): Promise<void> {
  busy.add(flow);
  flow.setAttribute('aria-busy', 'true');
  try {
    const page = await fetchPage(url, init);
    if (page) show({ page, form, flow });
    else tell(flow, failed);
  } catch {
    tell(flow, failed);
  } finally {
    busy.delete(flow);
    flow.removeAttribute('aria-busy');
  }
}

function show(arrival: Arrival): void {
  const { page, flow } = arrival;
  const before = accountOf(document);
  const now = accountOf(page.document);
  const event = new CustomEvent<Arrival>(arrived, { detail: arrival, cancelable: true });
  if (document.dispatchEvent(event)) place(arrival);
  if (now === undefined || now === before) return;
  swapPersonal(page.document);
  document.dispatchEvent(new CustomEvent(accountChanged, { detail: true }));
  if (flow.isConnected && page.url.pathname === location.pathname) flow.querySelector('form')?.reset();
}

function place({ page, flow }: Arrival): void {
  const { url, status } = page;
  if (url.pathname === location.pathname && status < 400) return back(page, flow);
  const step = page.document.querySelector<HTMLElement>('main [data-flow], main[data-flow]');
  // A page that is a step itself, such as that of signing in, leads on to pages and does not take in parts of them.
  const own = 'main > [data-flow]';
  if (flow.matches(own) && !step?.matches(own) && status < 400) return location.assign(url);
  const isSame = step?.localName === flow.localName && step.className === flow.className;
  const isOn = titleOf(step) !== titleOf(flow);
  if (step && isSame && status < 400 && !isOn && !step.querySelector(result)) return swap(flow, step);
  if (step && (isSame || flow.clientWidth >= leastRoom)) return putStep(flow, step, page.document);
  if (status < 400) return location.assign(url);
  const words = page.document.querySelector('main h1')?.parentElement?.querySelector('p');
  tell(flow, words?.textContent ?? page.document.title);
}

/** The next step of something is known by its heading. */
function titleOf(step: HTMLElement | null): string | undefined {
  return step?.querySelector('h1, h2[tabindex]')?.textContent;
}

/** The answer is this page again: its part of this flow, and what it says to whoever is signed in. */
function back({ document: page }: Page, flow: HTMLElement): void {
  const name = flow.dataset.personal;
  const index = [...document.querySelectorAll('[data-flow]')].indexOf(flow);
  const other = name
    ? page.querySelector<HTMLElement>(`[data-personal="${CSS.escape(name)}"]`)
    : [...page.querySelectorAll<HTMLElement>('[data-flow]')][index];
  if (other) swap(flow, other);
  swapPersonal(page);
}

/** A step of something longer, such as signing in, in place of what led to it. */
function putStep(flow: HTMLElement, step: HTMLElement, page: Document): void {
  const fresh = document.importNode(step, true);
  // It stands under the heading of this page, unless it takes that heading's place.
  const title = fresh.querySelector('h1');
  if (title && [...document.querySelectorAll('h1')].some((each) => !flow.contains(each))) {
    const lower = document.createElement('h2');
    lower.tabIndex = -1;
    lower.append(...title.childNodes);
    title.replaceWith(lower);
  }
  flow.replaceWith(fresh);
  for (const { src } of page.querySelectorAll<HTMLScriptElement>('head script[type=module][src]'))
    void import(/* @vite-ignore */ src);
  focusIn(fresh);
}

/** To what is wrong, else to where one goes on. */
function focusIn(part: HTMLElement): void {
  const shown = part.querySelector<HTMLElement>(result);
  if (shown) shown.tabIndex = -1;
  const target =
    part.querySelector<HTMLElement>('[aria-invalid=true]') ??
    shown ??
    part.querySelector<HTMLElement>('[autofocus]') ??
    part.querySelector<HTMLElement>('h2[tabindex]') ??
    part.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button');
  target?.focus();
}

/** Say that something did not go through, beside what was typed. */
export function tell(flow: HTMLElement, words: string): void {
  let line = flow.querySelector<HTMLElement>('[data-said]');
  if (!line) {
    line = document.createElement('p');
    line.className = 'problem';
    line.setAttribute('role', 'alert');
    line.dataset.said = '';
    flow.append(line);
  }
  line.textContent = words;
}
