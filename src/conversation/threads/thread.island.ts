import { accountChanged, arrived, type Arrival } from '../../site/browser/flow.ts';
import { forgetDrafts, keepDraft, posted, recallDraft } from '../../site/browser/drafts.ts';
import { follow, isLiveOff, switchLive, type LiveEvent } from '../../site/browser/live.ts';
import { elementsOf, fetchPage, type Page } from '../../site/browser/markup.ts';
import { accountOf, refreshPersonal, swap } from '../../site/browser/personal.ts';

/** Spoken announcements of what others write come at most so often, milliseconds. */
const announceEvery = 60_000;
/** A page that was put away while its reader signed in comes back to that within this time, milliseconds. */
const signInLife = 30 * 60_000;
/** Clocks of a device and the server may differ by so much, milliseconds. */
const skew = 120_000;

/** Links that lead to a place to write. */
const writing = 'a[href^="/comments/new?"], a[data-edit]';

/**
 * A conversation that stays as new as it is on the server. Nothing moves under whoever reads: what others write waits
 * behind a button, and only what answers this reader, and what changes in place, shows at once.
 */
class CommentThread extends HTMLElement {
  /** What has come and is not shown yet, by id. */
  readonly #waiting = new Map<string, HTMLElement>();
  #stop: (() => void) | undefined;
  #renewing: Promise<void> | undefined;
  #saidAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = this.#ended;
    this.#begin();
    this.#press('[data-new]', () => this.#showWaiting());
    this.#switch();
    this.addEventListener('click', (event) => this.#click(event));
    document.addEventListener(arrived, (event) => this.#arrive(event as CustomEvent<Arrival>), { signal });
    document.addEventListener(
      accountChanged,
      (event) => this.#accountChanged((event as CustomEvent<boolean>).detail),
      { signal },
    );
    this.#settleDrafts();
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  #begin(): void {
    const { story, after } = this.dataset;
    if (!story) return;
    this.#stop = follow([`thread:${story}`], {
      ...(after && { after: Number(after) }),
      hear: (event) => this.#hear(event),
    });
  }

  #hear({ name, data }: LiveEvent): void {
    if (name === 'reset') void this.#readAgain();
    if (name === 'relation-changed') this.#lookAway(data);
    if (data.story !== this.dataset.story) return;
    if (name === 'comment') this.#takeIn(data);
    else if (name === 'comment-removed') this.#takeAway(data);
    else if (name === 'comment-counts') this.#count(data);
    else if (name === 'thread') void this.#readAgain();
    if (typeof data.total === 'string') for (const each of totals()) each.textContent = data.total;
  }

  #takeIn(data: LiveEvent['data']): void {
    const [fresh] = elementsOf(String(data.html)) as HTMLElement[];
    if (!fresh) return;
    const id = String(data.id);
    const old = find(id);
    if (old) return update(old, fresh);
    if (data.isNew !== true && !this.#waiting.has(id)) return;
    const account = accountOf(document);
    const isMine = account !== '' && data.author === account;
    if (isMine || (account !== '' && data.parentAuthor === account && find(String(data.parent)))) {
      this.#insert(fresh);
      // What can be done with one's own comes with the page.
      if (isMine) void refreshPersonal();
      else this.#announce('answered', 1);
      return;
    }
    if (!this.#hasPlaceFor(fresh)) return;
    this.#waiting.set(id, fresh);
    this.#tellWaiting();
  }

  /** Whom this reader does not want to see any more, in whichever tab that was said, is not seen here either. */
  #lookAway({ reader }: LiveEvent['data']): void {
    for (const [id, { dataset }] of this.#waiting) if (dataset.author === reader) this.#waiting.delete(id);
    this.#tellWaiting();
    void this.#readAgain();
  }

  /** What answers a comment of another page is found there. */
  #hasPlaceFor({ dataset: { parent } }: HTMLElement): boolean {
    if (parent) return this.#waiting.has(parent) || find(parent) !== undefined;
    return this.querySelector('[data-comments]') !== null;
  }

  #takeAway(data: LiveEvent['data']): void {
    const id = String(data.id);
    this.#waiting.delete(id);
    this.#tellWaiting();
    const old = find(id);
    const [tombstone] = elementsOf(String(data.html ?? '')) as HTMLElement[];
    if (old && tombstone) replaceHead(old, tombstone);
    else old?.remove();
  }

  #count({ id, short, long }: LiveEvent['data']): void {
    const comment = find(String(id));
    const count = comment && own(comment, '[data-live=recommends]');
    if (count) count.textContent = String('long' in count.dataset ? long : short);
  }

  /** In its place: under what it answers, or at the top. @returns undefined where that is not on this page */
  #insert(fresh: HTMLElement): HTMLElement | undefined {
    const parent = fresh.dataset.parent ? find(fresh.dataset.parent) : undefined;
    if (fresh.dataset.parent && !parent) return undefined;
    const list = parent
      ? (own(parent, '[data-replies]') ?? parent.closest<HTMLElement>('[data-replies]'))
      : this.querySelector<HTMLElement>('[data-comments]');
    if (!list) return undefined;
    list.hidden = false;
    if (parent || this.dataset.sort === 'oldest') list.append(fresh);
    else list.prepend(fresh);
    this.querySelector('[data-none]')?.remove();
    return fresh;
  }

  #showWaiting(): void {
    const shown = new Set([...this.#waiting.values()].map((each) => this.#insert(each)));
    this.#waiting.clear();
    this.#tellWaiting();
    const first = [...this.querySelectorAll<HTMLElement>('[data-comment]')].find((each) => shown.has(each));
    first?.focus();
    if (accountOf(document)) void refreshPersonal();
  }

  #tellWaiting(): void {
    const line = this.querySelector<HTMLElement>('[data-new]');
    const button = line?.querySelector('button');
    if (!line || !button) return;
    const count = this.#waiting.size;
    line.hidden = count === 0;
    if (count === 0) return;
    button.textContent = worded(line, '', count);
    this.#announce('', count);
  }

  /** Politely, and not each one. @param what which words of the line are meant */
  #announce(what: string, count: number): void {
    const line = this.querySelector<HTMLElement>('[data-new]');
    const region = this.querySelector<HTMLElement>('[data-announce]');
    if (!line || !region || isLiveOff()) return;
    const say = () => {
      this.#saidAt = Date.now();
      region.textContent = worded(line, what, what === '' ? Math.max(this.#waiting.size, 1) : count);
    };
    clearTimeout(this.#timer);
    const wait = what === '' ? this.#saidAt + announceEvery - Date.now() : 0;
    if (wait <= 0) say();
    else this.#timer = setTimeout(say, wait);
  }

  /** The whole conversation anew, as something changed for all of it. */
  async #readAgain(): Promise<void> {
    try {
      const page = await fetchPage(location.href);
      const fresh = page?.document.querySelector<HTMLElement>('comment-thread');
      const isTyping = [...this.querySelectorAll('textarea')].some(
        ({ value, defaultValue }) => value !== defaultValue,
      );
      if (fresh && !isTyping) swap(this, fresh);
    } catch {
      // Offline; the stream tells it again when it comes back.
    }
  }

  #press(selector: string, act: () => void): void {
    this.addEventListener('click', ({ target }) => {
      if ((target as Element).closest(`${selector} button`)) act();
    });
  }

  /** The reader's own switch, kept on this device. */
  #switch(): void {
    const box = this.querySelector<HTMLInputElement>('[data-live-switch] input');
    const label = box?.closest<HTMLElement>('[data-live-switch]');
    if (!box || !label) return;
    label.hidden = false;
    box.checked = !isLiveOff();
    box.addEventListener('change', () => switchLive(box.checked));
  }

  #click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>(writing);
    const comment = link?.closest<HTMLElement>('[data-comment]');
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !comment || !isPlain) return;
    event.preventDefault();
    void this.#openComposer(comment, link.href);
  }

  /** A place to write right under a comment, in place of one that stands there. */
  async #openComposer(comment: HTMLElement, url: string): Promise<void> {
    const page = await fetchPage(url).catch(() => undefined);
    const composer = page?.document.querySelector<HTMLElement>('main comment-composer');
    if (!composer) return location.assign(url);
    const fresh = document.importNode(composer, true);
    own(comment, 'comment-composer')?.remove();
    comment.firstElementChild!.append(fresh);
    fresh.querySelector('textarea')?.focus();
  }

  /** A comment was posted: it stands in its place, and whoever posted it is there. */
  #arrive(event: CustomEvent<Arrival>): void {
    const { page, flow } = event.detail;
    const path = decodeURI(page.url.pathname);
    const under = `${this.dataset.path}/comments/`;
    const comment =
      path.startsWith(under) && page.document.getElementById(`comment-${path.slice(under.length)}`);
    if (!comment || page.status >= 400) return;
    event.preventDefault();
    void this.#showPosted(page, flow, comment);
  }

  async #showPosted(page: Page, flow: HTMLElement, comment: HTMLElement): Promise<void> {
    const fresh = document.importNode(comment, true);
    const id = fresh.dataset.comment!;
    keepDraft(`${this.dataset.story}:${fresh.dataset.parent ?? ''}`, '');
    this.#waiting.delete(id);
    this.#tellWaiting();
    const old = find(id);
    if (old) replaceHead(old, fresh);
    const shown = old ?? this.#insert(fresh);
    this.#welcome(page);
    await this.#putBack(flow);
    if (!shown) return location.assign(page.url);
    shown.focus();
    void refreshPersonal();
  }

  /** What the site says to whoever did this stands where it was done. */
  #welcome({ document: page }: Page): void {
    const said = page.querySelector('[data-personal=said]');
    const line = this.querySelector('[data-welcome]');
    if (!said || !line || said.childElementCount === 0) return;
    const words = said.querySelector('p') ?? said;
    line.replaceChildren(...[...words.childNodes].map((node) => document.importNode(node, true)));
    said.replaceChildren();
  }

  /** The place to write as it was before, empty. */
  async #putBack(flow: HTMLElement): Promise<void> {
    if (flow.closest('[data-comment]')) flow.remove();
    else if (flow.matches('comment-composer')) flow.dispatchEvent(new Event(posted));
    else await this.#renewWriting();
  }

  /** The place to write as it is for whoever is signed in now, with what is typed there. */
  #renewWriting(): Promise<void> {
    return (this.#renewing ??= this.#readWriting().finally(() => (this.#renewing = undefined)));
  }

  async #readWriting(): Promise<void> {
    const page = await fetchPage(location.href).catch(() => undefined);
    const old = this.querySelector<HTMLElement>('[data-write]');
    const given = page?.document.querySelector<HTMLElement>('[data-write]');
    if (!old || !given) return;
    const typed = old.querySelector('textarea');
    const fresh = document.importNode(given, true);
    const field = fresh.querySelector('textarea');
    const isFocused = typed !== null && typed === document.activeElement;
    if (field && typed) field.value = typed.value;
    old.replaceWith(fresh);
    if (isFocused) field?.focus();
  }

  /** Where one writes a comment that answers no other. */
  get #writing(): string {
    return `comment-composer[data-draft="${this.dataset.story}:"]`;
  }

  #accountChanged(isHere: boolean): void {
    if (accountOf(document) === '') {
      for (const each of this.querySelectorAll('comment-composer')) each.dispatchEvent(new Event(posted));
      forgetDrafts();
    }
    // Whoever signs in here goes on with the next step.
    if (!isHere || this.querySelector(this.#writing)) void this.#renewWriting();
  }

  /** What was sent from here and has been posted meanwhile is no draft any more; what waits for a sign-in goes on. */
  #settleDrafts(): void {
    const place = this.querySelector<HTMLElement>(this.#writing)?.dataset.draft;
    const sentAt = place && recallDraft(place)?.sentAt;
    if (!place || !sentAt) return;
    const account = accountOf(document);
    const isPosted = [...this.querySelectorAll<HTMLElement>('[data-comment]')].some(
      ({ dataset }) => account !== '' && dataset.author === account && Number(dataset.at) > sentAt - skew,
    );
    if (isPosted) {
      keepDraft(place, '');
      this.querySelector('form')?.reset();
    } else if (account === '' && Date.now() - sentAt < signInLife) void this.#goOnSigningIn();
  }

  /** Whoever left to fetch a code comes back to where it is typed. */
  async #goOnSigningIn(): Promise<void> {
    const page = await fetchPage('/sign-in').catch(() => undefined);
    const step = page?.document.querySelector<HTMLElement>('main [data-flow]');
    const flow = this.querySelector<HTMLElement>(this.#writing);
    if (!page || !step || !flow || page.url.pathname === '/sign-in') return;
    const fresh = document.importNode(step, true);
    fresh.querySelector('h1')?.remove();
    flow.replaceWith(fresh);
  }
}

function find(id: string): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`[data-comment="${CSS.escape(id)}"]`) ?? undefined;
}

/** Within a comment, and not within one that answers it. */
function own(comment: HTMLElement, selector: string): HTMLElement | undefined {
  const all = comment.querySelectorAll<HTMLElement>(selector);
  return [...all].find((each) => each.closest('[data-comment]') === comment);
}

/** What is for all changes; what is for this reader alone stays. */
function update(old: HTMLElement, fresh: HTMLElement): void {
  // A tombstone has nothing that could change.
  if (!own(old, '[data-live]')) return replaceHead(old, fresh);
  for (const name of ['marks', 'words', 'recommends']) {
    const [before, after] = [old, fresh].map((each) => own(each, `[data-live=${name}]`));
    if (before && after && before.innerHTML !== after.innerHTML && !('long' in before.dataset))
      before.replaceWith(after);
  }
}

/** All of a comment but what answers it. */
function replaceHead(old: HTMLElement, fresh: HTMLElement): void {
  for (const name of ['class', 'aria-label', 'data-author', 'data-at']) {
    const value = fresh.getAttribute(name);
    if (value === null) old.removeAttribute(name);
    else old.setAttribute(name, value);
  }
  const [before, after] = [old.firstElementChild, fresh.firstElementChild];
  if (before && after) before.replaceWith(after);
}

function totals(): Iterable<HTMLElement> {
  return document.querySelectorAll<HTMLElement>('[data-total]');
}

/** Words of a line for a number, as its language counts. */
function worded({ dataset }: HTMLElement, what: string, count: number): string {
  const { lang } = document.documentElement;
  const form = new Intl.PluralRules(lang || undefined).select(count);
  const key = (each: string) => (what === '' ? each : `${what}${each[0]!.toUpperCase()}${each.slice(1)}`);
  const words = dataset[key(form)] ?? dataset[key('other')] ?? '';
  return words.replace('{n}', new Intl.NumberFormat(lang || undefined).format(count));
}

customElements.define('comment-thread', CommentThread);
