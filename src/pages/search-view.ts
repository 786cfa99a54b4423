import { findCommentsByWords, relationsOf, type FoundComment } from '../conversation/index.ts';
import type { Request } from '../platform/http/route-table.ts';
import { findDocuments, type Piece } from '../platform/search/search.ts';
import {
  endOf,
  fromLocal,
  listAuthors,
  listSections,
  storiesByIds,
  type Author,
  type Section,
  type StoryCard,
} from '../stories/index.ts';
import type { Context } from './context.ts';
import { pagesText } from './text.ts';

const onPage = 20;
/** Choosing among more authors than this is not choosing; their pages are found by name. */
const mostAuthors = 200;

/** What a reader asked for, as typed. */
export interface SearchForm {
  readonly q: string;
  readonly section: string;
  readonly author: string;
  readonly from: string;
  readonly to: string;
  /** `comments`, or '' for stories. */
  readonly in: '' | 'comments';
}

export interface SearchView {
  readonly form: SearchForm;
  /** Messages by field. */
  readonly problems: Partial<Record<keyof SearchForm, string>>;
  readonly sections: readonly Section[];
  readonly authors: readonly Author[];
  readonly isAsked: boolean;
  /** Comments that were found, where these were asked for. */
  readonly comments: readonly FoundComment[];
  readonly hits: readonly { card: StoryCard; title: readonly Piece[]; excerpt: readonly Piece[] }[];
  readonly total: number;
  /** Path of the next page. */
  readonly next: string | undefined;
}

/** Whatever was typed is an answer; a date that is none is said so, and the rest is searched. */
export async function loadSearch(
  { database, site }: Context,
  { query, url, identity }: Request,
): Promise<SearchView> {
  const db = database.read;
  const field = (name: string, most: number) => (query.get(name) ?? '').slice(0, most).trim();
  const form: SearchForm = {
    q: field('q', 400),
    section: field('section', 120),
    author: field('author', 120),
    from: field('from', 40),
    to: field('to', 40),
    in: query.get('in') === 'comments' ? 'comments' : '',
  };
  const from = readDay(form.from, site.zone);
  const to = readDay(form.to, site.zone);
  const problems = {
    ...(from === 'wrong' && { from: pagesText.search.badDate(form.from) }),
    ...(to === 'wrong' && { to: pagesText.search.badDate(form.to) }),
  };
  const asked = {
    words: form.q,
    section: form.section || undefined,
    from: typeof from === 'object' ? from.start : undefined,
    to: typeof to === 'object' ? to.end : undefined,
    limit: onPage,
    after: query.get('after') ?? undefined,
  };
  const isAsked = Object.entries(form).some(([name, value]) => name !== 'in' && value !== '');
  if (form.in === 'comments') {
    const [sections, found] = await Promise.all([
      listSections(db),
      relationsOf(db, identity?.id).then((relations) => findCommentsByWords(db, asked, relations)),
    ]);
    return {
      form,
      problems,
      sections,
      authors: [],
      isAsked,
      comments: found.items,
      hits: [],
      total: found.total,
      next: found.next === undefined ? undefined : nextPath(url, found.next),
    };
  }
  const [sections, authors, found] = await Promise.all([
    listSections(db),
    listAuthors(db, { limit: mostAuthors, withStories: true }),
    findDocuments(db, { ...asked, author: form.author || undefined }),
  ]);
  const cards = new Map(
    (
      await storiesByIds(
        db,
        found.items.map(({ id }) => id),
      )
    ).map((card) => [card.id, card]),
  );
  return {
    form,
    problems,
    sections,
    authors,
    isAsked,
    comments: [],
    hits: found.items.flatMap(({ id, title, excerpt }) => {
      const card = cards.get(id);
      return card ? [{ card, title, excerpt }] : [];
    }),
    total: found.total,
    next: found.next === undefined ? undefined : nextPath(url, found.next),
  };
}

function nextPath(url: URL, after: string): string {
  const next = new URL(url);
  next.searchParams.set('after', after);
  return `${next.pathname}${next.search}`;
}

function readDay(value: string, zone: string): { start: number; end: number } | 'wrong' | undefined {
  if (value === '') return undefined;
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(value);
  if (!match) return 'wrong';
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  try {
    const time = fromLocal({ year: year!, month, day }, zone);
    return { start: time.at, end: endOf(time) };
  } catch {
    return 'wrong';
  }
}
