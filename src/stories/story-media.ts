import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { withholdMedia } from '../platform/media/withhold.ts';
import type { Block, Picture } from './blocks.ts';
import { isPublic } from './policy.ts';
import { storyMediaIds } from './stories.ts';
import type { Story } from './story.ts';

const storiesAtOnce = 500;

/** Keep which files a public story shows. @returns those that it did not show before */
export async function keepStoryMedia(
  db: Kysely<Tables>,
  before: Story | undefined,
  after: Story,
): Promise<readonly string[]> {
  const was = before && isPublic(before) ? storyMediaIds(before) : [];
  const is = isPublic(after) ? storyMediaIds(after) : [];
  const left = was.filter((id) => !is.includes(id));
  const added = is.filter((id) => !was.includes(id));
  if (left.length > 0)
    await db
      .deleteFrom('story_media')
      .where('story_id', '=', after.id)
      .where('media_id', 'in', left)
      .execute();
  if (added.length > 0)
    await db
      .insertInto('story_media')
      .values(added.map((media_id) => ({ media_id, story_id: after.id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return added;
}

/** Withhold the files of a story that was just killed, but for those that another story or an author's page shows. */
export async function withholdMediaOf(tx: Transaction, killed: Story): Promise<void> {
  const ids = storyMediaIds(killed);
  if (ids.length === 0) return;
  const shown = await tx.db
    .selectFrom('story_media')
    .select('media_id')
    .where('media_id', 'in', ids)
    .execute();
  const faces = await tx.db.selectFrom('author').select('picture').where('picture', 'in', ids).execute();
  const used = new Set([...shown.map(({ media_id }) => media_id), ...faces.map(({ picture }) => picture!)]);
  await withholdMedia(
    tx,
    ids.filter((id) => !used.has(id)),
  );
}

/** Fill the table from the stories that are public, once. */
export async function fillStoryMedia(db: Kysely<Tables>): Promise<void> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('story')
      .select(['id', 'state', 'lead', 'body'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(storiesAtOnce)
      .execute();
    const shown = rows.flatMap(({ id, state, lead, body }) => {
      if (state !== 'published') return [];
      const story = {
        lead: lead === null ? undefined : (JSON.parse(lead) as Picture),
        body: JSON.parse(body) as Block[],
      };
      return storyMediaIds(story).map((media_id) => ({ media_id, story_id: id }));
    });
    for (let at = 0; at < shown.length; at += storiesAtOnce)
      await db
        .insertInto('story_media')
        .values(shown.slice(at, at + storiesAtOnce))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    if (rows.length < storiesAtOnce) return;
    after = rows.at(-1)!.id;
  }
}
