import { forEachDatabase, type TestDatabase } from '../platform/database/testing.ts';
import type { Database } from '../platform/database/database.ts';
import { migrations as jobs } from '../platform/jobs/migrations.ts';
import { createReader, findReader, migrations as readers, type Reader, type Role } from '../readers/index.ts';
import type { Decision, Target } from './decisions/decision.ts';
import { migrations } from './migrations.ts';
import { moderationHandlers } from './targets.ts';

/** A comment in memory, instead of those of the domain that holds them. */
export interface FakeComment {
  readonly id: string;
  readonly owner: string | undefined;
  readonly text: string;
  state: 'visible' | 'held' | 'hidden' | 'removed';
}

const states: Partial<Record<Decision['action'], FakeComment['state']>> = {
  approve: 'visible',
  restore: 'visible',
  hide: 'hidden',
  remove: 'removed',
};

/** Comments to decide about, and what carries decisions out on them. */
export function fakeComments() {
  const comments = new Map<string, FakeComment>();
  const handlers = moderationHandlers({
    findComment: async (_db, id): Promise<Target | undefined> => {
      const comment = comments.get(id);
      return (
        comment && {
          kind: 'comment',
          id,
          owner: comment.owner,
          story: 'story-1',
          title: `Comment ${id}`,
          text: comment.text,
          path: `/2026/11/24/story/comments/${id}`,
          isVisible: comment.state === 'visible',
        }
      );
    },
    applyDecision: async (_tx, { target, action }) => {
      const comment = comments.get(target.id)!;
      comment.state = states[action] ?? comment.state;
    },
  });
  let count = 0;
  return {
    comments,
    handlers,
    add(owner: string | undefined, state: FakeComment['state'] = 'visible'): FakeComment {
      count += 1;
      const comment: FakeComment = { id: `comment-${count}`, owner, text: 'Its words.', state };
      comments.set(comment.id, comment);
      return comment;
    },
  };
}

/** Tests of moderation on both databases. */
export function forEachModeration(title: string, define: (get: () => TestDatabase) => void): void {
  forEachDatabase(title, [...jobs, ...readers, ...migrations], define);
}

let readersMade = 0;

/** A reader who is known: of a year, with enough accepted comments. */
export async function knownReader(
  database: Database,
  more: {
    readonly accepted?: number;
    readonly email?: string;
    readonly handle?: string;
    readonly name?: string;
    readonly roles?: readonly Role[];
  } = {},
): Promise<Reader> {
  readersMade += 1;
  const { accepted = 10, handle = `reader${readersMade}` } = more;
  const id = await database.write(async (tx) => {
    const reader = await createReader(tx, { email: more.email ?? `${handle}@readers.example` });
    await tx.db
      .updateTable('reader')
      .set({
        handle,
        handle_look: handle,
        name: more.name ?? `Reader ${readersMade}`,
        roles: JSON.stringify(more.roles ?? []),
        created_at: tx.now - 365 * 86_400_000,
        days_active: 10,
      })
      .where('id', '=', reader.id)
      .execute();
    await tx.db
      .insertInto('moderation_standing')
      .values({
        reader_id: reader.id,
        tries: accepted,
        accepted,
        removed: 0,
        rejected: 0,
        removed_at: null,
        upheld: 0,
        dismissed: 0,
      })
      .execute();
    return reader.id;
  });
  return (await findReader(database.read, id))!;
}
