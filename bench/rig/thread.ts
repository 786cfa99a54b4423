import { reckonComments, replyPath, type CommentRow } from '../../src/conversation/index.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { newId, newShortCode } from '../../src/platform/ids.ts';
import { createStory, publishStory, saveSection } from '../../src/stories/index.ts';
import { makeStory } from './paper.ts';

const zone = 'Europe/London';
const chunk = 200;

/** Readers who have been here for long. @returns their ids */
export async function makeReaders(database: Database, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    await database.write(async ({ db, now }) => {
      const rows = Array.from({ length: Math.min(chunk, count - ids.length) }, (_, index) => {
        const id = newId(now);
        const handle = `reader-${ids.length + index}`;
        return {
          id,
          email: `${handle}@readers.example`,
          handle,
          handle_look: handle,
          name: `Reader ${ids.length + index}`,
          bio: '',
          picture: null,
          roles: '[]',
          state: 'active',
          suspended_until: null,
          settings: '{}',
          guidelines_at: now,
          leaving_at: null,
          leaving_comments: null,
          days_active: 200,
          last_active_day: null,
          created_at: now - 400 * 86_400_000,
        };
      });
      await db.insertInto('reader').values(rows).execute();
      ids.push(...rows.map(({ id }) => id));
    });
  }
  return ids;
}

/** A public story to talk about. @returns its id */
export async function makeTalkStory(database: Database, index: number): Promise<string> {
  return database.write(async (tx) => {
    const { content } = makeStory(index, 10, tx.now);
    if (content.section) await saveSection(tx, { slug: content.section, name: content.section });
    const { id } = await createStory(tx, { content: { ...content, topics: [], byline: [] }, actor: 'bench' });
    await publishStory(tx, { id, actor: 'bench', zone });
    return id;
  });
}

/**
 * A conversation of the shape that they have: two in five begin anew, the others answer one of the last twenty, some
 * down to great depth; a third is recommended.
 */
export async function makeThread(
  database: Database,
  story: string,
  count: number,
  authors: readonly string[],
): Promise<void> {
  const began = Date.now() - count * 1000;
  const rows: CommentRow[] = [];
  const replies = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const at = began + index * 1000;
    const id = newId(at);
    const parent = index % 5 < 2 ? undefined : rows[Math.max(0, index - 1 - ((index * 7) % 20))];
    const root = parent?.root_id ?? id;
    const seq = parent ? (replies.get(root) ?? 0) + 1 : 0;
    if (parent) replies.set(root, seq);
    const words = makeStory(index, count, 0).paragraphs[0]!.slice(0, 120 + ((index * 37) % 400));
    rows.push({
      id,
      code: newShortCode(),
      story_id: story,
      parent_id: parent?.id ?? null,
      root_id: root,
      path: parent ? replyPath(parent.path, seq) : '',
      depth: parent ? parent.depth + 1 : 0,
      seq,
      arrived: 0,
      author_id: authors[(index * 13) % authors.length]!,
      state: 'visible',
      source: words,
      html: `<p>${words}</p>`,
      text: words,
      created_at: at,
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
    });
  }
  const recommends = new Map(rows.map(({ id }, index) => [id, index % 3 === 0 ? (index * 11) % 40 : 0]));
  const counts = reckonComments(rows, recommends);
  const made = rows.map((row) => ({
    ...row,
    ...counts.get(row.id)!,
    arrived: replies.get(row.id) ?? 0,
  }));
  for (let at = 0; at < made.length; at += chunk)
    await database.write(({ db }) =>
      db
        .insertInto('comment')
        .values(made.slice(at, at + chunk))
        .execute(),
    );
  await database.write(({ db }) =>
    db
      .insertInto('story_thread')
      .values({
        story_id: story,
        state: null,
        closes_at: null,
        slow_seconds: null,
        note: '',
        comments: count,
        recommends: [...recommends.values()].reduce((sum, each) => sum + each, 0),
        last_at: made.at(-1)!.created_at,
      })
      .execute(),
  );
}
