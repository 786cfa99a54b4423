import { completeHandles, type Choice } from '../../site/browser/completion.ts';
import { keepDraft, recallDraft, tidyDrafts } from '../../site/browser/drafts.ts';

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
    const key = this.querySelector<HTMLInputElement>('input[name=key]');
    // A page that is the same for all has none of its own.
    if (key && key.value === '') key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    field.addEventListener('input', () => this.#changed());
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener('submit', () => this.#keep(true));
    addEventListener('pagehide', this.#keepNow);
    this.#showLength();
    const { find, choices = '' } = this.dataset;
    if (find) completeHandles(field, { label: choices, find: (typed, signal) => ask(find, typed, signal) });
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    removeEventListener('pagehide', this.#keepNow);
  }

  /** Put what somebody said before what is typed, as a quote. */
  quote(words: string): void {
    const field = this.#field;
    if (!field) return;
    const lines = words.trim().replaceAll(/\n{2,}/g, '\n\n');
    const quoted = lines.split('\n').map((line) => `> ${line}`.trimEnd());
    const before = field.value === '' ? '' : `${field.value.trimEnd()}\n\n`;
    field.value = `${before}${quoted.join('\n')}\n\n`;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    this.#changed();
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
    if (!field || this.#place === '' || field.value === field.defaultValue) return;
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
