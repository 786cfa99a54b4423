import type { Kysely } from 'kysely';
import type { Database } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { EventLog } from '../../platform/events/event-log.ts';
import type { JobRunner } from '../../platform/jobs/job-runner.ts';
import {
  findDocuments,
  putDocument,
  removeDocument,
  type Piece,
  type SearchRequest,
} from '../../platform/search/search.ts';
import { loadEntries, type Entry } from '../entries/entries.ts';
import type { Relations } from '../follows/follow.ts';

const events = ['comment.posted', 'comment.shown', 'comment.edited', 'comment.removed'];
const atOnce = 200;

/**
 * Keep what readers write findable: after it was posted, as nobody waits for that; what goes is taken out in the
 * transaction that takes it away.
 */
export function watchCommentSearch(parts: {
  readonly database: Database;
  readonly events: Pick<EventLog, 'subscribe'>;
  readonly jobs: Pick<JobRunner, 'define' | 'schedule'>;
}): void {
  const { database, jobs } = parts;
  parts.events.subscribe(
    'comments.search',
    async (recorded) => {
      const ids = [...new Set(recorded.map(({ payload }) => String(payload.comment)))];
      await database.write(({ db }) => indexComments(db, ids));
    },
    { types: events },
  );
  // After a restore, and whatever else may have left one out.
  jobs.define('comments.index', { handle: () => indexMissing(database).then(() => undefined) });
  jobs.schedule('comments.index', '23 4 * * *', 'UTC');
}

/** Bring the index up to what comments say now. @param ids of comments in any state */
export async function indexComments(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .select(['comment.id', 'comment.text', 'comment.author_id', 'comment.created_at', 'comment.state'])
    .select(['story.section', 'story.language'])
    .where('comment.id', 'in', ids)
    .execute();
  for (const row of rows) {
    if (row.state !== 'visible') await unindexComment(db, row.id);
    else
      await putDocument(
        db,
        {
          id: row.id,
          path: '',
          title: '',
          summary: '',
          text: row.text,
          section: row.section ?? undefined,
          authors: row.author_id === null ? [] : [row.author_id],
          topics: [],
          language: row.language,
          at: row.created_at,
        },
        'comments',
      );
  }
}

/** Take a comment out of the index, in the transaction that takes it away. */
export function unindexComment(db: Kysely<Tables>, id: string): Promise<void> {
  return removeDocument(db, id, 'comments');
}

/** Put into the index what is visible and not in it. @returns how many */
export async function indexMissing(database: Database): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await database.read
      .selectFrom('comment')
      .leftJoin('comment_document', 'comment_document.id', 'comment.id')
      .innerJoin('story', 'story.id', 'comment.story_id')
      .select('comment.id')
      .where('comment.state', '=', 'visible')
      .where('comment_document.id', 'is', null)
      .limit(atOnce)
      .execute();
    if (rows.length === 0) return count;
    await database.write(({ db }) =>
      indexComments(
        db,
        rows.map(({ id }) => id),
      ),
    );
    count += rows.length;
  }
}

/** A comment that was found, with what was looked for marked. */
export interface FoundComment {
  readonly entry: Entry;
  readonly excerpt: readonly Piece[];
}

/** Find comments that everyone can see, without those of readers whom the one who asks does not see. */
export async function findCommentsByWords(
  db: Kysely<Tables>,
  request: SearchRequest,
  relations: Relations,
): Promise<{ items: readonly FoundComment[]; total: number; next: string | undefined }> {
  const { items, total, next } = await findDocuments(db, request, 'comments');
  const entries = await loadEntries(
    db,
    items.map(({ id }) => id),
    relations,
  );
  return {
    items: items.flatMap(({ id, excerpt }) => {
      const entry = entries.get(id);
      return entry ? [{ entry, excerpt }] : [];
    }),
    total,
    next,
  };
}
