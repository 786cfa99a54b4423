import type { Database } from '../../platform/database/database.ts';
import type { Migration } from '../../platform/database/migrate.ts';
import { migrations as jobs } from '../../platform/jobs/migrations.ts';
import { migrations as search } from '../../platform/search/migrations.ts';
import { migrations as moderation } from '../../moderation/index.ts';
import { migrations as readers, type Reader } from '../../readers/index.ts';
import { createStory, migrations as stories, publishStory, saveSection } from '../../stories/index.ts';
import { signedInReader } from '../../readers/testing.ts';
import { migrations } from '../migrations.ts';
import { postComment, type PostOutcome } from './post-comment.ts';
import { prepareComment } from './prepare-comment.ts';
import { findTalkStory, type TalkStory } from './talked-of.ts';

const zone = 'Europe/London';

/** All that a conversation stands on. */
export const talkMigrations: readonly Migration[] = [
  ...jobs,
  ...search,
  ...readers,
  ...stories,
  ...moderation,
  ...migrations,
];

/** A public story to talk about. */
export async function talkedOf(
  database: Database,
  content: { readonly headline?: string; readonly sensitive?: boolean } = {},
): Promise<TalkStory> {
  const id = await database.write(async (tx) => {
    await saveSection(tx, { slug: 'city', name: 'City' });
    const story = await createStory(tx, {
      content: {
        headline: content.headline ?? 'The ferry is late again',
        section: 'city',
        sensitive: content.sensitive ?? false,
        body: [{ type: 'paragraph', text: [{ text: 'It left an hour late.' }] }],
      },
      actor: 'test',
    });
    await publishStory(tx, { id: story.id, actor: 'test', zone });
    return story.id;
  });
  return findTalkStory(database.read, 'id', id);
}

/** A reader who has been here for long, so that what they write is not held as a newcomer's. */
export async function oldReader(database: Database, name: string): Promise<Reader> {
  const { reader } = await signedInReader(database, { handle: name.toLowerCase(), name });
  await database.write((tx) =>
    tx.db
      .updateTable('reader')
      .set({ created_at: tx.now - 400 * 86_400_000, days_active: 200 })
      .where('id', '=', reader.id)
      .execute(),
  );
  return { ...reader, createdAt: 0, daysActive: 200 };
}

/** Post as a reader does. */
export async function say(
  database: Database,
  story: TalkStory,
  reader: Reader,
  text: string,
  more: { readonly parent?: string; readonly key?: string; readonly isConfirmed?: boolean } = {},
): Promise<PostOutcome> {
  const prepared = await prepareComment(database.read, text, reader.id);
  return database.write((tx) =>
    postComment(tx, { story, reader, prepared, zone, isConfirmed: true, ...more }),
  );
}

/** Post what is taken. @returns its code */
export async function saySo(...given: Parameters<typeof say>): Promise<string> {
  const outcome = await say(...given);
  if (outcome.kind !== 'posted') throw new Error(`Not posted: ${JSON.stringify(outcome)}`);
  return outcome.code;
}
