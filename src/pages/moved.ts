import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { redirect } from '../platform/http/answers.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import { findAuthor, findRedirect, findSection, findStoryByPath, findTopic } from '../stories/index.ts';
import type { Context } from './context.ts';
import { gone } from './story-view.ts';

/**
 * Where an address that shows nothing leads, in one hop: an old address of a story, or one of ours written otherwise
 * (capitals, a slash at the end, index.html). The query goes along, but for one that named the old address.
 * @returns undefined when it leads nowhere
 * @throws AppError `story.gone` when its story was killed
 */
export async function movedTo({ database }: Context, { url }: Request): Promise<Answer | undefined> {
  const db = database.read;
  const path = decodePath(url.pathname);
  const plain = plainPath(path);
  for (const [from, query] of [
    [`${path}${url.search}`, ''],
    [path, url.search],
    [plain, url.search],
  ] as const) {
    const found = await findRedirect(db, from);
    if (found?.gone) throw gone();
    if (found) return redirect(withQuery(found.to, query), 301, { noStore: true });
  }
  return plain !== path && (await isPage(db, plain))
    ? redirect(`${plain}${url.search}`, 301, { noStore: true })
    : undefined;
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
  '/ /about /accessibility /archive /authors /corrections /privacy /search /series /text /topics'.split(' '),
);

async function isPage(db: Kysely<Tables>, path: string): Promise<boolean> {
  if (fixed.has(path) || /^\/\d{4}(\/\d{2}){0,2}$/.test(path)) return true;
  const story = await findStoryByPath(db, path.replace(/^\/text(?=\/)/, ''));
  if (story) return story.state === 'published';
  const [, folder, slug] = /^\/(?:(topics|authors)\/)?([^/]+)$/.exec(path) ?? [];
  if (slug === undefined) return false;
  const find = { topics: findTopic, authors: findAuthor }[folder ?? ''] ?? findSection;
  return (await find(db, slug)) !== undefined;
}

function withQuery(to: string, query: string): string {
  if (query === '') return to;
  return to.includes('?') ? `${to}&${query.slice(1)}` : `${to}${query}`;
}
