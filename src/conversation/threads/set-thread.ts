import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { noThread } from './counters.ts';
import { threadChanged, threadDefaultsChanged } from './events.ts';
import { threadDefaults, type ThreadDefaults, type ThreadSettings } from './thread-state.ts';

/**
 * Decide how the conversation under one story stands. What is left out stays; null goes by the defaults.
 * @throws AppError `thread.no-story`
 */
export async function setThread(
  tx: Transaction,
  story: string,
  wanted: Partial<ThreadSettings>,
): Promise<void> {
  const known = await tx.db.selectFrom('story').select('id').where('id', '=', story).executeTakeFirst();
  if (!known) throw new AppError('thread.no-story', `There is no story ${story}.`, { status: 404 });
  const { state, closesAt, slowSeconds, note } = wanted;
  const set = {
    ...(state !== undefined && { state }),
    ...(closesAt !== undefined && { closes_at: closesAt }),
    ...(slowSeconds !== undefined && { slow_seconds: slowSeconds }),
    ...(note !== undefined && { note }),
  };
  if (Object.keys(set).length === 0) return;
  await tx.db
    .insertInto('story_thread')
    .values({ ...noThread(story), ...set })
    .onConflict((conflict) => conflict.column('story_id').doUpdateSet(set))
    .execute();
  tx.emit(threadChanged(story));
}

/**
 * Change the defaults of the site or a section. What is undefined in `change` goes by what is above it from now on.
 * @param scope `site` or `section:{slug}`
 * @throws AppError `thread.bad-setting`, `thread.no-section`
 */
export async function setThreadDefaults(
  tx: Transaction,
  scope: string,
  change: ThreadDefaults,
): Promise<ThreadDefaults> {
  if (scope !== 'site') {
    const slug = scope.replace(/^section:/, '');
    const known = await tx.db
      .selectFrom('section')
      .select('slug')
      .where('slug', '=', slug)
      .executeTakeFirst();
    if (!known || scope === slug)
      throw new AppError('thread.no-section', `There is no section ${slug}.`, { status: 404 });
    if ('depth' in change)
      throw new AppError('thread.bad-setting', 'The depth of replies is set for the whole site.');
  }
  const before = await tx.db
    .selectFrom('thread_settings')
    .select('settings')
    .where('scope', '=', scope)
    .executeTakeFirst();
  const checked = threadDefaults.safeParse({
    ...(before && (JSON.parse(before.settings) as ThreadDefaults)),
    ...change,
  });
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!;
    throw new AppError('thread.bad-setting', `${path.join('.')}: ${message}`);
  }
  const settings = JSON.stringify(checked.data);
  await tx.db
    .insertInto('thread_settings')
    .values({ scope, settings })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet({ settings }))
    .execute();
  tx.emit(threadDefaultsChanged(scope));
  return checked.data;
}
