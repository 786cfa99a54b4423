import { addNotices } from '../../conversation/index.ts';
import type { Database } from '../../platform/database/database.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import { listenersOf } from '../preferences/listeners.ts';

/** Events by which readers first see a comment. */
export const seenEvents = ['comment.posted', 'comment.shown'] as const;

interface Seen {
  readonly comment: string;
  readonly author: string;
  readonly at: number;
}

/**
 * Put new comments into the inboxes of those who follow their authors. Whoever is answered or named by one is told of it
 * as that, and not twice. The same events may come again.
 */
export async function putComments(database: Database, events: readonly RecordedEvent[]): Promise<void> {
  const seen = events.flatMap(({ type, payload, createdAt: at }): Seen[] => {
    const { comment, author, isFirst } = payload;
    const isNew = type === 'comment.posted' || isFirst === true;
    return isNew && typeof author === 'string' ? [{ comment: String(comment), author, at }] : [];
  });
  const heard = await authorsHeard(database, [...new Set(seen.map(({ author }) => author))]);
  for (const each of seen) if (heard.has(each.author)) await putComment(database, each);
}

/** Of authors those of whom anybody wants to hear: most comments are of others. */
async function authorsHeard({ read }: Database, authors: readonly string[]): Promise<ReadonlySet<string>> {
  if (authors.length === 0) return new Set();
  const rows = await read
    .selectFrom('follow')
    .select('target')
    .where('kind', '=', 'reader')
    .where('target', 'in', authors)
    .union(
      read
        .selectFrom('alert_choice')
        .select('target')
        .where('kind', '=', 'reader')
        .where('target', 'in', authors),
    )
    .execute();
  return new Set(rows.map(({ target }) => target));
}

async function putComment(database: Database, { comment: id, author, at }: Seen): Promise<void> {
  let after: string | undefined;
  do {
    const batch = await listenersOf(
      database.read,
      [{ kind: 'reader', target: author }],
      after === undefined ? {} : { after },
    );
    after = batch.next;
    if (batch.items.length === 0) continue;
    await database.write(async (tx) => {
      const comment = await tx.db
        .selectFrom('comment')
        .innerJoin('story', 'story.id', 'comment.story_id')
        .leftJoin('comment as parent', 'parent.id', 'comment.parent_id')
        .select(['comment.story_id', 'parent.author_id as answered'])
        .where('comment.id', '=', id)
        .where('comment.author_id', '=', author)
        .where('comment.state', '=', 'visible')
        .where('story.state', '=', 'published')
        .executeTakeFirst();
      if (!comment) return;
      const named = await tx.db
        .selectFrom('comment_mention')
        .select('reader_id')
        .where('comment_id', '=', id)
        .execute();
      // Who begins to follow hears of what comes from then on; events may be told of long after they happened.
      const later = await tx.db
        .selectFrom('follow')
        .select('reader_id')
        .where('kind', '=', 'reader')
        .where('target', '=', author)
        .where(
          'reader_id',
          'in',
          batch.items.map(({ reader }) => reader),
        )
        .where('since', '>', at)
        .execute();
      const told = new Set([comment.answered, ...[...named, ...later].map(({ reader_id }) => reader_id)]);
      const listeners = batch.items.filter(({ reader }) => !told.has(reader));
      await addNotices(tx, {
        kind: 'follow',
        comment: id,
        story: comment.story_id,
        actor: author,
        at,
        readers: listeners.map(({ reader }) => reader),
        ringing: new Set(
          listeners.flatMap(({ reader, channels }) =>
            channels.includes('push') || channels.includes('mail') ? [reader] : [],
          ),
        ),
      });
    });
  } while (after !== undefined);
}
