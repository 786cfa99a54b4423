import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/platform/database/database.ts';
import { newId, newShortCode } from '../../src/platform/ids.ts';
import { commentPosted, type CommentState } from '../../src/conversation/index.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import type { TestSite } from './site.ts';

export interface TestComment {
  readonly id: string;
  readonly code: string;
  readonly root: string;
}

/** A comment that stands there without having been judged. @param input.at milliseconds UTC; now when left out */
export async function addComment(
  database: Database,
  input: {
    readonly story: string;
    readonly author: string | null;
    readonly text: string;
    readonly parent?: TestComment | undefined;
    readonly state?: CommentState;
    readonly mentions?: readonly string[];
    readonly at?: number;
  },
): Promise<TestComment> {
  return database.write(async (tx) => {
    const id = newId(tx.now);
    const code = newShortCode();
    const root = input.parent?.root ?? id;
    const { last } = await tx.db
      .selectFrom('comment')
      .select((is) => is.fn.max('seq').as('last'))
      .where('root_id', '=', root)
      .executeTakeFirstOrThrow();
    const seq = input.parent ? Number(last ?? 0) + 1 : 0;
    const parent = input.parent
      ? await tx.db
          .selectFrom('comment')
          .select('author_id')
          .where('id', '=', input.parent.id)
          .executeTakeFirst()
      : undefined;
    await tx.db
      .insertInto('comment')
      .values({
        id,
        code,
        story_id: input.story,
        parent_id: input.parent?.id ?? null,
        root_id: root,
        path: input.parent ? String(seq).padStart(6, '0') : '',
        depth: input.parent ? 1 : 0,
        seq,
        arrived: 0,
        author_id: input.author,
        state: input.state ?? 'visible',
        source: input.text,
        html: `<p>${input.text}</p>`,
        text: input.text,
        created_at: input.at ?? tx.now,
        edited_at: null,
        version: 1,
        recommends: 0,
        replies: 0,
        branch: 0,
        best: 0,
        shown: 1,
        picked_at: null,
        origin: null,
        origin_id: null,
        origin_author: null,
        key: null,
      })
      .execute();
    for (const reader of input.mentions ?? [])
      await tx.db.insertInto('comment_mention').values({ comment_id: id, reader_id: reader }).execute();
    const facts = {
      comment: id,
      story: input.story,
      root,
      parent: input.parent?.id ?? null,
      author: input.author,
      parentAuthor: parent?.author_id ?? null,
    };
    tx.emit(commentPosted(facts, input.mentions));
    return { id, code, root };
  });
}

/** Take a comment away, or bring it back, without telling why. */
export async function setCommentState(database: Database, id: string, state: CommentState): Promise<void> {
  await database.write(async (tx) => {
    const { story_id, author_id } = await tx.db
      .updateTable('comment')
      .set({ state })
      .where('id', '=', id)
      .returning(['story_id', 'author_id'])
      .executeTakeFirstOrThrow();
    const tags = [`thread:${story_id}`, `reader:${author_id}`];
    tx.emit({ type: 'comment.test', payload: { comment: id }, tags, urgent: true });
  });
}

/** Send a form as a page of the site does, signed in. */
export function sendAs(
  { origin }: Pick<TestSite, 'origin'>,
  { headers }: SignedInReader,
  path: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(`${origin}${path}`, { method: 'POST', redirect: 'manual', headers, body });
}

/** Post a comment as a page of the site does. @returns its code */
export async function postAs(
  site: Pick<TestSite, 'origin'>,
  reader: SignedInReader,
  comment: { readonly story: string; readonly text: string; readonly parent?: string },
): Promise<string> {
  const response = await sendAs(site, reader, '/comments', { parent: '', ...comment, key: randomUUID() });
  assert.equal(response.status, 303, await response.text());
  return /\/comments\/([^#]+)#/.exec(response.headers.get('location')!)![1]!;
}
