import { completeHandles, type Choice } from '../../site/browser/completion.ts';
import { keepDraft, posted, recallDraft, tidyDrafts } from '../../site/browser/drafts.ts';

/** How long after the last letter a draft is kept, milliseconds. */
const pause = 400;

/**
 * Where a comment is written: what was typed is kept on this device until it is posted, its length is shown, and readers
 * are named by choosing from a list. What it says stands in its markup.
 */
class CommentComposer extends HTMLElement {
  #field: HTMLTextAreaElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const field = this.querySelector('textarea');
    const form = this.querySelector('form');
    if (!field || !form || this.#field) return;
    this.#field = field;
    tidyDrafts();
    const draft = recallDraft(this.#place);
    if (draft && field.value === '') field.value = draft.text;
    // A page that is the same for all has none of its own.
    if (this.#key?.value === '') this.#renewKey();
    field.addEventListener('input', () => this.#changed());
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener('submit', ({ submitter }) => this.#keep(!submitter?.hasAttribute('formaction')));
    this.addEventListener(posted, () => {
      field.value = '';
      this.#renewKey();
      this.#keep(false);
      this.#showLength();
    });
    addEventListener('pagehide', this.#keepNow);
    this.#showLength();
    const { find, choices = '' } = this.dataset;
    if (find) completeHandles(field, { label: choices, find: (typed, signal) => ask(find, typed, signal) });
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    removeEventListener('pagehide', this.#keepNow);
  }

  get #key(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input[name=key]');
  }

  #renewKey(): void {
    const key = this.#key;
    if (key) key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  }

  /** What tells its draft from others: the story, and the comment that it answers or changes. */
  get #place(): string {
    return this.dataset.draft ?? '';
  }

  readonly #keepNow = () => this.#keep(false);

  #changed(): void {
    this.#showLength();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#keepNow, pause);
  }

  #keep(isSent: boolean): void {
    clearTimeout(this.#timer);
    const field = this.#field;
    if (!field || this.#place === '') return;
    // As it came with the page; an empty one is let go.
    if (field.value !== '' && field.value === field.defaultValue && !isSent) return;
    keepDraft(this.#place, field.value, isSent || recallDraft(this.#place)?.sentAt !== undefined);
  }

  #showLength(): void {
    const shown = this.querySelector<HTMLElement>('[data-length]');
    const field = this.#field!;
    const most = Number(shown?.dataset.length);
    if (!shown || !most) return;
    const length = lengthOf(field.value);
    const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
    shown.hidden = false;
    shown.textContent = `${format.format(length)} / ${format.format(most)}`;
    shown.classList.toggle('over', length > most);
    // Spoken only when it is nearly full.
    if (length > most * 0.9) shown.setAttribute('role', 'status');
    else shown.removeAttribute('role');
  }
}

/** As the server counts: what is seen as one letter is one. */
function lengthOf(text: string): number {
  const isPlain = !('Segmenter' in Intl) || /^[\u0020-\u007e\n]*$/.test(text);
  return isPlain ? text.length : [...new Intl.Segmenter('en').segment(text)].length;
}

async function ask(url: string, typed: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const at = new URL(url, location.href);
  at.searchParams.set('q', typed);
  const response = await fetch(at, { signal });
  if (!response.ok) return [];
  return ((await response.json()) as { readers: readonly Choice[] }).readers;
}

customElements.define('comment-composer', CommentComposer);
