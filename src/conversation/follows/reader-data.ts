import type { ReaderData } from '../../readers/index.ts';
import { readersParted } from './events.ts';

/** Whom a reader follows, mutes and blocks, and who follows the reader. */
export const followsData: ReaderData = {
  name: 'following',
  async collect(db, { id }) {
    const [follows, muted, blocked, feed] = await Promise.all([
      db.selectFrom('follow').select(['kind', 'target', 'since']).where('reader_id', '=', id).execute(),
      db.selectFrom('reader_mute').select(['target_id', 'since']).where('reader_id', '=', id).execute(),
      db.selectFrom('reader_block').select(['target_id', 'since']).where('reader_id', '=', id).execute(),
      db.selectFrom('following_feed').select(['secret', 'since']).where('reader_id', '=', id).execute(),
    ]);
    if (follows.length + muted.length + blocked.length + feed.length === 0) return undefined;
    const named = (rows: typeof muted) =>
      rows.map(({ target_id, since }) => ({ reader: target_id, sinceAt: since }));
    return {
      follows: follows.map(({ kind, target, since }) => ({ kind, target, sinceAt: since })),
      muted: named(muted),
      blocked: named(blocked),
      feeds: feed.map(({ secret, since }) => ({ secret, sinceAt: since })),
    };
  },
  async erase(tx, { id }) {
    const { db } = tx;
    const parted = await db
      .deleteFrom('follow')
      .where((is) =>
        is.or([is('reader_id', '=', id), is.and([is('kind', '=', 'reader'), is('target', '=', id)])]),
      )
      .returning(['reader_id', 'kind', 'target'])
      .execute();
    for (const table of ['reader_mute', 'reader_block'] as const)
      await db
        .deleteFrom(table)
        .where((is) => is.or([is('reader_id', '=', id), is('target_id', '=', id)]))
        .execute();
    await db.deleteFrom('following_feed').where('reader_id', '=', id).execute();
    // The pages of those who were followed count one less.
    for (const { reader_id, kind, target } of parted)
      if (kind === 'reader') tx.emit(readersParted(reader_id, target));
  },
};
