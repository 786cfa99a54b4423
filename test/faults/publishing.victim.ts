/**
 * A newsroom at work, to be killed: writers create, publish, change, correct and withdraw stories, and say what was
 * acknowledged, each line written before anything else is done.
 */
import { writeSync } from 'node:fs';
import { openNewsroom } from '../../src/cli/newsroom.ts';
import { loadConfig } from '../../src/platform/config.ts';
import {
  correctStory,
  createStory,
  publishStory,
  saveSection,
  setFront,
  unpublishStory,
  updateStory,
  type Story,
} from '../../src/stories/index.ts';

const zone = 'Europe/London';
const writers = 4;

const { database } = await openNewsroom(loadConfig());
const acknowledge = ({ id, version, state }: Story) => writeSync(1, `${id} ${version} ${state}\n`);

await database.write(async (tx) => {
  for (const slug of ['news', 'sport']) await saveSection(tx, { slug, name: slug });
});

async function work(actor: string): Promise<never> {
  for (let number = 0; ; number += 1) {
    const content = {
      headline: `${actor} number ${number % 3}`,
      section: number % 2 ? 'news' : 'sport',
      topics: [`topic-${number % 5}`],
      byline: [{ author: actor.toLowerCase(), name: actor }],
      body: [{ type: 'paragraph' as const, text: [{ text: `Words of the harbour, ${number}.` }] }],
    };
    const { id } = await database.write((tx) => createStory(tx, { content, actor }));
    acknowledge(await database.write((tx) => publishStory(tx, { id, actor, zone })));
    if (number % 2 === 0)
      acknowledge(
        await database.write((tx) =>
          updateStory(tx, { id, content: { topics: ['moved'], slug: `moved-${number}` }, actor, zone }),
        ),
      );
    if (number % 3 === 0)
      acknowledge(
        await database.write((tx) => correctStory(tx, { id, text: 'It was Friday.', actor, zone })),
      );
    if (number % 4 === 0) await database.write((tx) => setFront(tx, { slots: [id], actor }));
    if (number % 5 === 0) acknowledge(await database.write((tx) => unpublishStory(tx, { id, actor })));
  }
}

await Promise.all(Array.from({ length: writers }, (_, index) => work(`Writer${index}`)));
