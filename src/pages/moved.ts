import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { redirect } from '../platform/http/answers.ts';
import { withoutTracking } from '../platform/http/page-key.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import {
  findRedirects,
  findSection,
  findStoryByCode,
  findStoryByPath,
  listStories,
} from '../stories/index.ts';
import type { Context } from './context.ts';
import { gone } from './story-view.ts';

type Asked = Pick<Request, 'url' | 'target'>;

/**
 * Where an address that shows nothing leads, in one hop: an old address of a story, or one of ours written otherwise
 * (capitals, a slash at the end, doubled slashes, .html). The query goes along, but for one that named the old address.
 * @returns undefined when it leads nowhere
 * @throws AppError `story.gone` when its story was killed
 */
export async function movedTo({ database }: Context, { url, target }: Asked): Promise<Answer | undefined> {
  const db = database.read;
  const path = decodePath(url.pathname);
  const plain = plainPath(path);
  const to =
    (await oldAddress(db, path, plain, url.search)) ?? (await ownAddress(db, plain, url.search, target));
  return to === undefined ? undefined : redirect(to, 301, { noStore: true });
}

/** Under which an old address may be known, and the query that goes along; the likeliest first. */
async function oldAddress(
  db: Kysely<Tables>,
  path: string,
  plain: string,
  search: string,
): Promise<string | undefined> {
  const inText = /^\/text(?=\/)/i;
  const tries = new Map<string, string>();
  for (const each of new Set([path, path.toLowerCase(), plain, `${plain}/`])) {
    for (const known of new Set([each, each.replace(inText, '')])) {
      if (search !== '') {
        tries.set(`${known}${search}`, '');
        tries.set(withoutTracking(`${known}${search}`), '');
      }
      tries.set(known, search);
    }
  }
  const found = await findRedirects(db, [...tries.keys()]);
  for (const [from, query] of tries) {
    const known = found.get(from);
    if (!known) continue;
    if (known.gone) throw gone();
    const isInText = inText.test(path) && !inText.test(from) && storyPath.test(known.to);
    return withQuery(isInText ? `/text${known.to}` : known.to, query);
  }
  return undefined;
}

const storyPath = /^\/\d{4}\/\d{2}\/\d{2}\/[^/]+$/;

/** One of our addresses, where it was not written as we write it: else it would lead back to itself. */
async function ownAddress(
  db: Kysely<Tables>,
  plain: string,
  search: string,
  target: string,
): Promise<string | undefined> {
  const isWrittenSo = plain === decodePath(target.replace(/\?.*$/s, ''));
  return !isWrittenSo && (await isPage(db, plain)) ? `${plain}${search}` : undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The address as we write it. */
function plainPath(path: string): string {
  const bare = path
    .normalize('NFC')
    .toLowerCase()
    .replace(/\/{2,}/g, '/')
    .replace(/\/index\.(?:html?|php)$/, '/')
    .replace(/\.(?:html?|php|aspx?)$/, '')
    .replace(/\/amp\/?$/, '')
    .replace(/\/+$/, '');
  return bare === '' ? '/' : bare;
}

const fixed = new Set(
  '/ /about /accessibility /archive /authors /corrections /privacy /search /series /text /text/archive /text/search /topics'.split(
    ' ',
  ),
);
const kinds: Readonly<Record<string, 'topic' | 'author' | 'series'>> = {
  topics: 'topic',
  authors: 'author',
  series: 'series',
};

/** @throws AppError `story.gone` */
async function isPage(db: Kysely<Tables>, path: string): Promise<boolean> {
  if (fixed.has(path) || /^(\/text)?\/\d{4}(\/\d{2}){0,2}$/.test(path)) return true;
  const full = path.replace(/^\/text(?=\/)/, '');
  const [, folder = '', slug] = /^\/(?:(\w+)\/)?([^/]+)$/.exec(full) ?? [];
  const story = storyPath.test(full)
    ? await findStoryByPath(db, full)
    : folder === 's' && full === path
      ? await findStoryByCode(db, slug!)
      : undefined;
  if (story?.state === 'killed') throw gone();
  if (story || slug === undefined) return story?.state === 'published';
  if (folder === '') return (await findSection(db, slug)) !== undefined;
  const kind = kinds[folder];
  return kind !== undefined && (await listStories(db, { [kind]: slug, limit: 1 })).items.length > 0;
}

function withQuery(to: string, query: string): string {
  if (query === '') return to;
  return to.includes('?') ? `${to}&${query.slice(1)}` : `${to}${query}`;
}
