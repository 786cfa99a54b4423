import { keptWords } from '../../stories/index.ts';

/**
 * One way to look at ninjs 1.x, 2.x and 3.x: names in small letters, arrays where 1.x has objects by name or keys
 * with a suffix. https://iptc.org/std/ninjs/
 */
export interface NinjsText {
  readonly role: string;
  readonly type: string;
  readonly value: string;
}

export interface NinjsRendition {
  readonly name: string;
  readonly href: string;
  readonly type: string;
  readonly width: number;
}

/** Keys of ninjs that name the same thing in its versions. */
const aliases: Readonly<Record<string, string>> = {
  byline: 'by',
  person: 'people',
  organisation: 'organisations',
  place: 'places',
  subject: 'subjects',
  event: 'events',
  object: 'objects',
  infosource: 'infosources',
  genre: 'genres',
  trustindicator: 'trustindicators',
  $standard: 'standard',
};

export class NinjsView {
  readonly #fields = new Map<string, unknown>();
  readonly #used = new Set<string>();

  constructor(item: Readonly<Record<string, unknown>>) {
    for (const [key, value] of Object.entries(item)) {
      const name = key.toLowerCase();
      this.#fields.set(Object.hasOwn(aliases, name) ? aliases[name]! : name, value);
    }
  }

  /** A text, or a number as text; undefined when it is missing or empty. */
  text(name: string): string | undefined {
    this.#used.add(name);
    const value = this.#fields.get(name);
    if (typeof value === 'number') return String(value);
    return (typeof value === 'string' && keptWords(value).trim()) || undefined;
  }

  /** As `text`, but what is neither text nor number comes as it is written: something stands there, if unreadable. */
  written(name: string): string | undefined {
    const value = this.#fields.get(name);
    if (typeof value === 'object' && value !== null) {
      this.#used.add(name);
      return JSON.stringify(value);
    }
    return typeof value === 'boolean' ? String(value) : this.text(name);
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** Headlines, descriptions or bodies: 1.x writes `headline`, `headline_main`, `body_xhtml` for one kind. */
  texts(name: 'headline' | 'description' | 'body'): NinjsText[] {
    const found: NinjsText[] = [];
    const plural = name === 'body' ? 'bodies' : `${name}s`;
    for (const [key, value] of this.#fields) {
      if (key === plural) {
        this.#used.add(key);
        for (const entry of Array.isArray(value) ? value : []) {
          const view = viewOf(entry);
          const words = view?.text('value');
          if (words)
            found.push({
              role: view!.text('role') ?? '',
              type: view!.text('contenttype') ?? '',
              value: words,
            });
        }
      } else if (key === name || key.startsWith(`${name}_`)) {
        this.#used.add(key);
        const role = key.slice(name.length + 1);
        const words = typeof value === 'string' ? keptWords(value).trim() : '';
        if (words !== '') found.push({ role, type: /html/.test(role) ? 'text/html' : '', value: words });
      }
    }
    return found;
  }

  /** Names of people, subjects and so on; entries without a name are left out. */
  names(name: string): string[] {
    return this.named(name).map((entry) => entry.name);
  }

  named(name: string): { name: string; rel: string }[] {
    this.#used.add(name);
    return this.#entries(name).flatMap(([, entry]) => {
      const given = entry.text('name');
      return given ? [{ name: given, rel: entry.text('rel') ?? '' }] : [];
    });
  }

  /** Another name of the item, by its role: 1.x has them by key. */
  altId(role: string): string | undefined {
    this.#used.add('altids');
    const value = this.#fields.get('altids');
    if (Array.isArray(value)) {
      const views = value.map(viewOf).filter((view) => view !== undefined);
      return views.find((view) => view.text('role') === role)?.text('value');
    }
    return viewOf(value)?.text(role.toLowerCase());
  }

  associations(): { name: string; item: NinjsView }[] {
    this.#used.add('associations');
    return this.#entries('associations').map(([key, item]) => ({ name: item.text('name') ?? key, item }));
  }

  renditions(): NinjsRendition[] {
    this.#used.add('renditions');
    return this.#entries('renditions').flatMap(([key, entry]) => {
      const href = entry.text('href');
      if (!href) return [];
      return [
        {
          name: entry.text('name') ?? key,
          href,
          type: entry.text('contenttype') ?? entry.text('mimetype') ?? '',
          width: Number(entry.text('width') ?? 0) || 0,
        },
      ];
    });
  }

  /** Fields that hold something and that nobody asked for. */
  unused(): string[] {
    return [...this.#fields]
      .filter(([key, value]) => !this.#used.has(key) && !isEmpty(value))
      .map(([key]) => key);
  }

  /** Count fields as known, so that they are not reported. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#used.add(name);
  }

  /** Count a field as not used, though it was asked for. */
  forget(name: string): void {
    this.#used.delete(name);
  }

  #entries(name: string): [string, NinjsView][] {
    const value = this.#fields.get(name);
    const pairs: [string, unknown][] = Array.isArray(value)
      ? value.map((entry, index) => [String(index), entry])
      : value !== null && typeof value === 'object'
        ? Object.entries(value)
        : [];
    return pairs.flatMap(([key, entry]): [string, NinjsView][] => {
      const view = viewOf(entry);
      return view ? [[key, view]] : [];
    });
  }
}

function viewOf(value: unknown): NinjsView | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? new NinjsView(value as Record<string, unknown>)
    : undefined;
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0)
  );
}
