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

/**
 * Where an old address leads, in one hop.
 * @returns `gone` when it led to a story that was killed; undefined when it never was an address of ours
 */
export async function findRedirect(
  db: Kysely<Tables>,
  path: string,
): Promise<{ to: string; gone: boolean } | undefined> {
  const row = await db
    .selectFrom('redirect')
    .leftJoin('story', 'story.id', 'redirect.story_id')
    .select(['redirect.target', 'redirect.story_id', 'story.path', 'story.state'])
    .where('redirect.path', '=', path)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.story_id === null) return row.target === null ? undefined : { to: row.target, gone: false };
  if (row.state === 'killed') return { to: row.path ?? '/', gone: true };
  return row.state === 'published' && row.path ? { to: row.path, gone: false } : undefined;
}

function invalid(field: string, message: string): AppError {
  return new AppError('redirect.invalid', message, { fields: { [field]: message } });
}
