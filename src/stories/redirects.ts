import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';

/**
 * Send an old address somewhere else, for good.
 * @param input.from path, or path and query, as it was: /article.php?id=17
 * @param input.to path on this site, or an http(s) address
 * @throws AppError `redirect.invalid`, `redirect.taken`, `redirect.loop`
 */
export async function addRedirect(tx: Transaction, input: { from: string; to: string }): Promise<void> {
  const { from, to } = input;
  if (!/^\/(?!\/)[^\s#\\]*$/.test(from) || from.length > 2048) {
    throw invalid(
      'from',
      'The old address must begin with a slash and hold no spaces, such as /news/old-name.',
    );
  }
  if (!(/^\/(?!\/)[^\s\\]*$/.test(to) || /^https?:\/\/[^\s/\\]+/.test(to)) || to.length > 2048) {
    throw invalid('to', 'The new address must be a path such as /2026/11/24/name, or begin with https://.');
  }
  if (await tx.db.selectFrom('story').select('id').where('path', '=', from).executeTakeFirst()) {
    throw new AppError('redirect.taken', `A story stands at ${from}; it cannot redirect.`, { status: 409 });
  }
  const story = await tx.db.selectFrom('story').select('id').where('path', '=', to).executeTakeFirst();
  const onwards = story ? undefined : await findRedirect(tx.db, to);
  if (from === to || onwards?.to === from) {
    throw new AppError('redirect.loop', `${from} and ${to} would send readers back and forth.`);
  }
  const values = { story_id: story?.id ?? null, target: story ? null : (onwards?.to ?? to) };
  await tx.db
    .insertInto('redirect')
    .values({ path: from, ...values })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(values))
    .execute();
  // Whatever came here before goes on in one hop.
  await tx.db.updateTable('redirect').set(values).where('target', '=', from).execute();
}

/** Where an old address leads; `gone` when it led to a story that was killed. */
export interface Redirect {
  readonly to: string;
  readonly gone: boolean;
}

/**
 * Where an old address leads, in one hop.
 * @returns undefined when it never was an address of ours, or its story is withdrawn
 */
export async function findRedirect(db: Kysely<Tables>, path: string): Promise<Redirect | undefined> {
  return (await findRedirects(db, [path])).get(path);
}

/** As `findRedirect`, for several addresses at once; those that lead nowhere are not in the map. */
export async function findRedirects(
  db: Kysely<Tables>,
  paths: readonly string[],
): Promise<Map<string, Redirect>> {
  if (paths.length === 0) return new Map();
  const rows = await db
    .selectFrom('redirect')
    .leftJoin('story', 'story.id', 'redirect.story_id')
    .select([
      'redirect.path as from',
      'redirect.target',
      'redirect.story_id',
      'story.path as path',
      'story.state',
    ])
    .where('redirect.path', 'in', paths)
    .execute();
  const found = new Map<string, Redirect>();
  for (const { from, target, story_id, path, state } of rows) {
    if (story_id === null) {
      if (target !== null) found.set(from, { to: target, gone: false });
    } else if (state === 'killed') found.set(from, { to: path ?? '/', gone: true });
    else if (state === 'published' && path) found.set(from, { to: path, gone: false });
  }
  return found;
}

function invalid(field: string, message: string): AppError {
  return new AppError('redirect.invalid', message, { fields: { [field]: message } });
}
