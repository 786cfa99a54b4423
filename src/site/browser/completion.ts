/** One that may be named: what is put into the text, and what is shown of it. */
export interface Choice {
  readonly handle: string;
  readonly name: string;
}

/** An @ that begins a word, and what was typed of the handle, before the caret. */
const begun = /(?:^|[^\p{L}\p{N}_@/.-])@([a-z0-9_-]{1,30})$/iu;
const pause = 150;

let count = 0;

interface Options {
  /** What the list is, for those who hear it. */
  readonly label: string;
  /** What may be meant by what was typed; a later question aborts an earlier one. */
  find(typed: string, signal: AbortSignal): Promise<readonly Choice[]>;
}

/**
 * Offer handles while somebody types one: a list under the field, which keeps the focus. A field of several lines may not
 * be called a combobox (ARIA in HTML), and is one in all else: `aria-autocomplete`, `aria-activedescendant`.
 */
export function completeHandles(field: HTMLTextAreaElement, options: Options): void {
  completions.set(field, new Completion(field, options));
}

const completions = new WeakMap<HTMLTextAreaElement, Completion>();

class Completion {
  readonly #field: HTMLTextAreaElement;
  readonly #find: Options['find'];
  readonly #list = document.createElement('ul');
  #choices: readonly Choice[] = [];
  #at = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = new AbortController();

  constructor(field: HTMLTextAreaElement, options: Options) {
    this.#field = field;
    this.#find = options.find;
    count += 1;
    const list = this.#list;
    list.id = `choices-${count}`;
    list.className = 'choices';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', options.label);
    field.after(list);
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);
    field.autocomplete = 'off';
    field.addEventListener('input', () => this.#look());
    field.addEventListener('keydown', (event) => this.#press(event));
    field.addEventListener('blur', () => this.#close());
    list.addEventListener('pointerdown', (event) => {
      // The field keeps the focus.
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.#take([...list.children].indexOf(option));
    });
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#asked.abort();
    const typed = this.#typed();
    if (typed === undefined) return this.#close();
    this.#timer = setTimeout(() => void this.#ask(typed), pause);
  }

  #typed(): string | undefined {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== selectionEnd) return undefined;
    return begun.exec(value.slice(Math.max(0, selectionStart - 40), selectionStart))?.[1];
  }

  async #ask(typed: string): Promise<void> {
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const found = await this.#find(typed, signal);
      if (!signal.aborted && this.#typed() === typed) this.#show(found);
    } catch {
      this.#close();
    }
  }

  #show(choices: readonly Choice[]): void {
    if (choices.length === 0) return this.#close();
    this.#choices = choices;
    this.#list.replaceChildren(
      ...choices.map(({ handle, name }, index) => {
        const option = document.createElement('li');
        option.id = `${this.#list.id}-${index}`;
        option.setAttribute('role', 'option');
        const said = document.createElement('b');
        said.textContent = name;
        option.append(said, ` @${handle}`);
        return option;
      }),
    );
    this.#list.hidden = false;
    this.#mark(0);
  }

  #mark(at: number): void {
    this.#at = (at + this.#choices.length) % this.#choices.length;
    for (const [index, option] of [...this.#list.children].entries())
      option.setAttribute('aria-selected', String(index === this.#at));
    const current = this.#list.children[this.#at]!;
    this.#field.setAttribute('aria-activedescendant', current.id);
    current.scrollIntoView({ block: 'nearest' });
  }

  #press(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') this.#mark(this.#at + 1);
    else if (key === 'ArrowUp') this.#mark(this.#at - 1);
    else if (key === 'Enter' || key === 'Tab') this.#take(this.#at);
    else if (key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }

  #take(at: number): void {
    const field = this.#field;
    const typed = this.#typed();
    const choice = this.#choices[at];
    this.#close();
    if (typed === undefined || !choice) return;
    const end = field.selectionStart;
    field.setRangeText(`${choice.handle} `, end - typed.length, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#choices = [];
    this.#field.removeAttribute('aria-activedescendant');
  }
}
