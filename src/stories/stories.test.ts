import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase, testNow } from '../platform/database/testing.ts';
import { migrations as jobMigrations } from '../platform/jobs/migrations.ts';
import { migrations as searchMigrations } from '../platform/search/migrations.ts';
import { findDocuments } from '../platform/search/search.ts';
import {
  addRedirect,
  correctStory,
  countByPeriod,
  createStory,
  embargoStory,
  findRedirect,
  findRevision,
  findStory,
  findStoryByPath,
  frontStories,
  importStory,
  killStory,
  listCorrections,
  listRevisions,
  listSections,
  listStories,
  listTopics,
  migrations,
  moveStory,
  publishScheduled,
  publishStory,
  relatedStories,
  removeImported,
  saveSection,
  scheduleStory,
  setFront,
  unpublishStory,
  updateStory,
  type Story,
  type StoryContentInput,
} from './index.ts';
import { fromLocal } from './time.ts';

const zone = 'Europe/London';
const actor = 'test';
const hour = 3_600_000;

function contentOf(headline: string, more: Partial<StoryContentInput> = {}): StoryContentInput {
  return {
    headline,
    section: 'news',
    body: [{ type: 'paragraph', text: [{ text: `The words of ${headline}.` }] }],
    ...more,
  };
}

const all = [...jobMigrations, ...searchMigrations, ...migrations];

forEachDatabase('stories', all, (get) => {
  const write = <T>(command: Parameters<ReturnType<typeof get>['database']['write']>[0]) =>
    get().database.write(command) as Promise<T>;
  const create = (headline: string, more?: Partial<StoryContentInput>) =>
    write<Story>((tx) => createStory(tx, { content: contentOf(headline, more), actor }));
  const publish = (id: string) => write<Story>((tx) => publishStory(tx, { id, actor, zone }));
  const published = async (headline: string, more?: Partial<StoryContentInput>) =>
    publish((await create(headline, more)).id);
  const read = () => get().database.read;

  it('needs a section that exists', async () => {
    await assert.rejects(create('Before there is a section'), { code: 'section.unknown' });
    await write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    await write((tx) => saveSection(tx, { slug: 'sport', name: 'Sport' }));
    assert.deepEqual(
      (await listSections(read())).map(({ slug }) => slug),
      ['news', 'sport'],
    );
    await assert.rejects(
      write((tx) => saveSection(tx, { slug: 'search', name: 'Search' })),
      {
        code: 'section.invalid',
      },
    );
    await assert.rejects(
      write((tx) => saveSection(tx, { slug: '2009', name: 'A year' })),
      {
        code: 'section.invalid',
      },
    );
  });

  it('names every field that is wrong', async () => {
    await assert.rejects(create('', { topics: ['Not A Slug'] }), (error: Error & { fields: object }) => {
      assert.deepEqual(Object.keys(error.fields).sort(), ['headline', 'topics.0']);
      return true;
    });
  });

  it('shows a draft to nobody and a published story everywhere', async () => {
    const draft = await create('The quiet harbour wakes', { topics: ['harbour'] });
    assert.equal(draft.state, 'draft');
    assert.equal(draft.path, undefined);
    assert.deepEqual((await listStories(read(), { limit: 10 })).items, []);
    const story = await publish(draft.id);
    assert.equal(story.path, '/2026/11/24/the-quiet-harbour-wakes');
    assert.equal((await findStoryByPath(read(), story.path!))!.id, story.id);
    for (const list of [{}, { section: 'news' }, { topic: 'harbour' }, { firstHere: true }]) {
      const { items } = await listStories(read(), { ...list, limit: 10 });
      assert.deepEqual(
        items.map(({ id }) => id),
        [story.id],
      );
    }
    assert.equal((await findDocuments(read(), { words: 'harbour', limit: 10 })).total, 1);
    assert.deepEqual(await countByPeriod(read(), { year: 2026, month: 11 }), [
      { period: '2026-11-24', count: 1 },
    ]);
    assert.equal(
      (await listTopics(read(), { limit: 10 })).find(({ slug }) => slug === 'harbour')!.name,
      'Harbour',
    );
  });

  it('keeps the address when the headline changes, and redirects when the slug does', async () => {
    const story = await published('First words of the day');
    const renamed = await write<Story>((tx) =>
      updateStory(tx, { id: story.id, content: { headline: 'Other words' }, actor }),
    );
    assert.equal(renamed.path, story.path);
    const moved = await write<Story>((tx) =>
      updateStory(tx, { id: story.id, content: { slug: 'second' }, actor }),
    );
    assert.equal(moved.path, '/2026/11/24/second');
    const again = await write<Story>((tx) =>
      updateStory(tx, { id: story.id, content: { slug: 'third' }, actor }),
    );
    for (const path of [story.path!, moved.path]) {
      assert.deepEqual(await findRedirect(read(), path!), { to: again.path!, gone: false });
    }
    const back = await write<Story>((tx) =>
      updateStory(tx, { id: story.id, content: { slug: 'second' }, actor }),
    );
    assert.equal(back.path, '/2026/11/24/second');
    assert.equal(await findRedirect(read(), back.path!), undefined);
    assert.deepEqual(await findRedirect(read(), again.path!), { to: back.path!, gone: false });
  });

  it('gives two stories of one name addresses of their own', async () => {
    const one = await published('Same name');
    const two = await published('Same name');
    assert.deepEqual([one.path, two.path], ['/2026/11/24/same-name', '/2026/11/24/same-name-2']);
  });

  it('refuses to save over what somebody else saved', async () => {
    const story = await create('Two editors');
    await write((tx) => updateStory(tx, { id: story.id, version: 1, content: { kicker: 'One' }, actor }));
    await assert.rejects(
      write((tx) => updateStory(tx, { id: story.id, version: 1, content: { kicker: 'Two' }, actor })),
      { code: 'story.changed-meanwhile', status: 409 },
    );
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((kicker) =>
        write((tx) => updateStory(tx, { id: story.id, version: 2, content: { kicker }, actor })),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await findStory(read(), story.id))!.version, 3);
    assert.equal((await listRevisions(read(), story.id)).length, 3);
    assert.equal((await findRevision(read(), story.id, 2))!.kicker, 'One');
  });

  it('keeps schedule and embargo apart, in the future, and clears both with a kill', async () => {
    const story = await create('Later');
    const at = get().clock.now() + hour;
    const id = story.id;
    await assert.rejects(
      write((tx) => scheduleStory(tx, { id, at: testNow - 1, actor })),
      {
        code: 'story.time-passed',
      },
    );
    await write((tx) => scheduleStory(tx, { id, at, actor }));
    await assert.rejects(
      write((tx) => embargoStory(tx, { id, until: at, actor })),
      {
        code: 'story.embargo-exclusive',
      },
    );
    await write((tx) => scheduleStory(tx, { id, at: null, actor }));
    await write((tx) => embargoStory(tx, { id, until: at, actor }));
    await assert.rejects(
      write((tx) => scheduleStory(tx, { id, at, actor })),
      {
        code: 'story.embargo-exclusive',
      },
    );
    await assert.rejects(publish(id), { code: 'story.embargoed' });
    const killed = await write<Story>((tx) => killStory(tx, { id, reason: 'Wrong from end to end', actor }));
    assert.equal(killed.embargoUntil, undefined);
    assert.equal(killed.scheduledAt, undefined);
    for (const attempt of [
      () => publish(id),
      () => write((tx) => moveStory(tx, { id, to: 'draft', actor })),
      () => write((tx) => updateStory(tx, { id, content: { kicker: 'x' }, actor })),
      () => write((tx) => killStory(tx, { id, reason: 'again', actor })),
    ]) {
      await assert.rejects(attempt, { code: 'story.killed' });
    }
    const open = await published('Out already');
    await assert.rejects(
      write((tx) => embargoStory(tx, { id: open.id, until: at, actor })),
      {
        code: 'story.embargo-after-publishing',
      },
    );
  });

  it('publishes at the hour, and not when it was put off', async () => {
    const clock = get().clock;
    const story = await create('On the hour');
    const at = clock.now() + hour;
    await write((tx) => scheduleStory(tx, { id: story.id, at, actor }));
    const due = (moment: number) =>
      write<Story | undefined>((tx) => publishScheduled(tx, { id: story.id, at: moment, zone }));
    assert.equal(await due(at), undefined);
    clock.advance(hour);
    assert.equal(await due(at - 1), undefined);
    assert.equal((await due(at))!.published!.at, at);
    assert.equal(await due(at), undefined);
    const jobs = await read().selectFrom('job').select('payload').execute();
    assert.ok(jobs.some(({ payload }) => payload.includes(story.id)));
  });

  it('takes a withdrawn or killed story out of every list, search and the front', async () => {
    for (const take of [
      (id: string) => write<Story>((tx) => unpublishStory(tx, { id, actor })),
      (id: string) => write<Story>((tx) => killStory(tx, { id, reason: 'Untrue', actor })),
    ]) {
      const story = await published('Zanzibarian zeppelin', { topics: ['zeppelins'] });
      await write((tx) => setFront(tx, { slots: [story.id], actor }));
      await write((tx) => correctStory(tx, { id: story.id, text: 'It was a balloon.', actor, zone }));
      assert.equal((await frontStories(read(), 3))[0]!.id, story.id);
      assert.equal((await listCorrections(read(), { limit: 5 })).items[0]!.card.id, story.id);
      const days = () => countByPeriod(read(), { year: 2026, month: 11 });
      const before = (await days())[0]!.count;
      await take(story.id);
      assert.equal((await days())[0]!.count, before - 1);
      assert.equal((await findDocuments(read(), { words: 'zanzibarian', limit: 5 })).total, 0);
      assert.deepEqual((await listStories(read(), { topic: 'zeppelins', limit: 5 })).items, []);
      assert.ok(!(await frontStories(read(), 100)).some(({ id }) => id === story.id));
      assert.deepEqual((await listCorrections(read(), { limit: 5 })).items, []);
    }
  });

  it('names the pages that a kill changes, as urgent, before it is acknowledged', async () => {
    const story = await published('Tagged', {
      topics: ['tags'],
      byline: [{ name: 'Ann Bell', author: 'ann-bell' }],
    });
    const seen: { tags: readonly string[]; urgent: boolean }[] = [];
    get().database.onCommit((events) => {
      for (const event of events) seen.push({ tags: event.tags ?? [], urgent: event.urgent ?? false });
    });
    await write((tx) => killStory(tx, { id: story.id, reason: 'Untrue', actor }));
    const kill = seen.at(-1)!;
    assert.equal(kill.urgent, true);
    for (const tag of [
      `story:${story.id}`,
      'front',
      'list',
      'section:news',
      'topic:tags',
      'author:ann-bell',
    ]) {
      assert.ok(kill.tags.includes(tag), tag);
    }
  });

  it('pages through a list without a gap or a double, with many stories in one millisecond', async () => {
    for (let index = 0; index < 23; index += 1) await published(`Match ${index}`, { section: 'sport' });
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page = await listStories(read(), { section: 'sport', limit: 5, before });
      ids.push(...page.items.map(({ id }) => id));
      before = page.next;
    } while (before);
    assert.equal(ids.length, 23);
    assert.equal(new Set(ids).size, 23);
    await assert.rejects(listStories(read(), { limit: 5, before: "1' or 1=1" }), { code: 'list.bad-cursor' });
  });

  it('suggests what shares most topics', async () => {
    const one = await published('One', { topics: ['tides', 'moon'] });
    const near = await published('Near', { topics: ['tides', 'moon'] });
    const far = await published('Far', { topics: ['tides'] });
    const related = await relatedStories(read(), one, 2);
    assert.deepEqual(
      related.map(({ id }) => id),
      [near.id, far.id],
    );
  });

  it('imports once, again without change, leaves edits alone, and never revives a killed one', async () => {
    const incoming = {
      source: 'csv:test',
      sourceId: '17',
      hash: 'h1',
      content: contentOf('From long ago'),
      state: 'published' as const,
      published: fromLocal({ year: 2009, month: 7, day: 28 }, zone),
      oldPaths: ['/article.php?id=17'],
    };
    const bring = (hash: string, more = {}) =>
      write<Awaited<ReturnType<typeof importStory>>>((tx) => importStory(tx, { ...incoming, hash, ...more }));
    const first = await bring('h1');
    assert.equal(first.outcome, 'created');
    assert.equal(first.story.path, '/2009/07/28/from-long-ago');
    assert.equal(first.story.published!.at, Date.UTC(2009, 6, 27, 23));
    assert.equal((await bring('h1')).outcome, 'unchanged');
    assert.equal((await bring('h2')).outcome, 'updated');
    assert.deepEqual(await findRedirect(read(), '/article.php?id=17'), {
      to: '/2009/07/28/from-long-ago',
      gone: false,
    });
    const { items } = await listStories(read(), { firstHere: true, limit: 1000 });
    assert.ok(!items.some(({ id }) => id === first.story.id));
    await write((tx) => updateStory(tx, { id: first.story.id, content: { kicker: 'Ours' }, actor }));
    assert.equal((await bring('h3')).outcome, 'edited-here');
    assert.equal((await findStory(read(), first.story.id))!.kicker, 'Ours');
    await write((tx) => killStory(tx, { id: first.story.id, reason: 'Libel', actor }));
    assert.equal((await bring('h4')).outcome, 'killed');
    assert.deepEqual(await findRedirect(read(), '/article.php?id=17'), {
      to: '/2009/07/28/from-long-ago',
      gone: true,
    });
    const held = await bring('h1', { sourceId: '18', held: 'Its embargo could not be read.' });
    assert.equal(held.story.state, 'draft');
  });

  it('removes what one source brought and nothing else', async () => {
    await write((tx) => saveSection(tx, { slug: 'samples', name: 'Samples', source: 'sample' }));
    const before = await countByPeriod(read(), { year: 2026 });
    await write((tx) =>
      importStory(tx, {
        source: 'sample',
        sourceId: 'a',
        hash: 'x',
        content: contentOf('A sample', { section: 'samples', topics: ['sampling', 'tides'] }),
        state: 'published',
        published: fromLocal({ year: 2026, month: 11, day: 20 }, zone),
      }),
    );
    assert.equal(await write<number>((tx) => removeImported(tx, 'sample')), 1);
    assert.ok(!(await listSections(read())).some(({ slug }) => slug === 'samples'));
    const topics = new Set((await listTopics(read(), { limit: 1000 })).map(({ slug }) => slug));
    assert.ok(topics.has('tides') && !topics.has('sampling'));
    assert.deepEqual(await countByPeriod(read(), { year: 2026 }), before);
    assert.equal((await findDocuments(read(), { words: 'sample', limit: 5 })).total, 0);
  });

  it('redirects in one hop and never in a circle', async () => {
    await write((tx) => addRedirect(tx, { from: '/a', to: '/b' }));
    await write((tx) => addRedirect(tx, { from: '/b', to: '/c' }));
    assert.deepEqual(await findRedirect(read(), '/a'), { to: '/c', gone: false });
    await assert.rejects(
      write((tx) => addRedirect(tx, { from: '/c', to: '/a' })),
      { code: 'redirect.loop' },
    );
    for (const to of ['javascript:alert(1)', '//evil.example', '/\\evil.example', 'https:///x']) {
      await assert.rejects(
        write((tx) => addRedirect(tx, { from: '/x', to })),
        { code: 'redirect.invalid' },
      );
    }
  });
});
