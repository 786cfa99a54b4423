import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { until } from '../../src/platform/http/testing.ts';
import { listener } from '../../src/platform/live/testing.ts';
import { saveSection, setFront } from '../../src/stories/index.ts';
import { actor, contentOf, forEachSite, openTestSite } from '../rig/site.ts';

forEachSite('live events', {}, (get) => {
  before(() => get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' })));

  it('tell a reader that the story changed which stands open, and nothing of others or of its words', async (t) => {
    const { publish, update, correct, kill, port } = get();
    const story = await publish(contentOf('The harbour'));
    const other = await publish(contentOf('The market'));
    const reader = listener(t);
    await reader.open(port, `/live?topics=story:${story.id}`);
    await until(() => reader.lastId !== undefined);
    await update(other.id, { headline: 'The new market' });
    await update(story.id, { headline: 'The new harbour' });
    await correct(story.id, 'The harbour is older.');
    await kill(story.id);
    // That it was published may be told while the reader comes in.
    const heard = () => reader.events.filter(({ name }) => name !== 'story-published');
    await until(() => heard().length === 3);
    assert.deepEqual(
      heard().map(({ name }) => name),
      ['story-updated', 'story-corrected', 'story-killed'],
    );
    for (const { data } of heard()) {
      assert.deepEqual(Object.keys(data as object), ['story', 'at']);
      assert.equal((data as { story: string }).story, story.id);
    }
  });

  it('tell of the front page what is new on it', async (t) => {
    const { publish, create, write, port } = get();
    const reader = listener(t);
    await reader.open(port, '/live?topics=front,story:nonsense');
    await until(() => reader.lastId !== undefined);
    await create(contentOf('A draft'));
    const story = await publish(contentOf('The ferry'));
    await write((tx) => setFront(tx, { slots: [story.id], actor }));
    await until(() => reader.events.length === 2);
    assert.deepEqual(
      reader.events.map(({ name }) => name),
      ['story-published', 'front-changed'],
    );
    assert.equal((reader.events[0]!.data as { story: string }).story, story.id);
  });
});

it('a site that stops ends its live streams', { timeout: 20_000 }, async (t) => {
  const site = await openTestSite('sqlite');
  const reader = listener(t);
  await reader.open(site.port, '/live?topics=front');
  await site.close();
  await until(() => !reader.isOpen);
  assert.ok(reader.retry >= 1000);
});
