import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import type { Request } from '../platform/http/route-table.ts';
import {
  findAuthor,
  findSection,
  findSeries,
  findTopic,
  listStories,
  type StoryCard,
  type StoryList,
} from '../stories/index.ts';
import type { Context } from './context.ts';
import { pagesText as words } from './text.ts';

/** A list of stories, ready to be shown in either edition. */
export interface ListView {
  readonly kind: 'section' | 'topic' | 'author' | 'series';
  readonly title: string;
  /** What it is, above its name. */
  readonly label: string | undefined;
  readonly description: string;
  /** Path of its first page. */
  readonly path: string;
  /** A person's role and picture. */
  readonly role?: string;
  readonly picture?: string;
  readonly cards: readonly StoryCard[];
  /** Cursor of the next page. */
  readonly next: string | undefined;
  /** Cursor with which this page was asked for. */
  readonly before: string | undefined;
  readonly tag: string;
}

interface Head {
  readonly title: string;
  readonly label?: string;
  readonly description: string;
  readonly role?: string;
  readonly picture?: string;
}

type Kind = ListView['kind'];

const onPage = 25;

const heads: Record<Kind, (db: Kysely<Tables>, slug: string) => Promise<Head | undefined>> = {
  async section(db, slug) {
    const found = await findSection(db, slug);
    return found && { title: found.name, description: found.description };
  },
  async topic(db, slug) {
    const found = await findTopic(db, slug);
    return found && { title: found.name, label: words.list.topic, description: found.description };
  },
  async author(db, slug) {
    const found = await findAuthor(db, slug);
    if (!found) return undefined;
    const { name, bio, role, picture } = found;
    return { title: name, label: words.list.author, description: bio, role, picture: picture ?? undefined };
  },
  async series(db, slug) {
    const found = await findSeries(db, slug);
    return found && { title: found.title, label: words.list.series, description: found.description };
  },
};

const folders: Record<Kind, string> = {
  section: '',
  topic: '/topics',
  author: '/authors',
  series: '/series',
};

/** @throws AppError `page.not-found`, `list.bad-cursor` */
export async function loadList(
  context: Context,
  kind: Kind,
  slug: string,
  request: Pick<Request, 'query'>,
): Promise<ListView> {
  const db = context.database.read;
  const head = await heads[kind](db, slug);
  if (!head) throw notFound();
  const before = request.query.get('before') ?? undefined;
  const list: StoryList = { [kind]: slug, before, limit: onPage, oldestFirst: kind === 'series' };
  const { items, next } = await listStories(db, list);
  // A name without a public story would still tell of one that was taken down. A section is there by itself.
  if (kind !== 'section' && items.length === 0 && before === undefined) throw notFound();
  return {
    kind,
    ...head,
    label: head.label,
    path: `${folders[kind]}/${slug}`,
    cards: items,
    next,
    before,
    tag: `${kind}:${slug}`,
  };
}

/** Nothing of ours is or was at an address. */
export function notFound(): AppError {
  return new AppError('page.not-found', words.error.notFound, { status: 404 });
}
