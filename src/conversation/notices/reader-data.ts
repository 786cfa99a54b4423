import type { ReaderData } from '../../readers/index.ts';

/** What a reader was told, and what others were told of the reader. */
export const noticesData: ReaderData = {
  name: 'inbox',
  async collect(db, { id }) {
    const rows = await db
      .selectFrom('notice')
      .select(['kind', 'actor_id', 'comment_id', 'story_id', 'decision_id', 'created_at', 'read_at'])
      .where('reader_id', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    if (rows.length === 0) return undefined;
    return rows.map((row) => ({
      kind: row.kind,
      reader: row.actor_id,
      comment: row.comment_id,
      story: row.story_id,
      decision: row.decision_id,
      createdAt: row.created_at,
      readAt: row.read_at,
    }));
  },
  async erase({ db }, { id }) {
    await db
      .deleteFrom('notice')
      .where((is) =>
        is.or([is('reader_id', '=', id), is.and([is('kind', '=', 'follower'), is('actor_id', '=', id)])]),
      )
      .execute();
  },
};
