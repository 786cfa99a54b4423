import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { saveSection } from '../../src/stories/index.ts';
import { wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { mailsTo, Visitor } from '../rig/visitor.ts';

const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

forEachSite('signing in', {}, (get) => {
  let story: PublishedStory;

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    story = await get().publish(contentOf('A quiet day'));
  });

  /** The page on which the code is asked for. */
  const askFor = async (visitor: Visitor, email: string, to = story.path) => {
    const first = await visitor.open(`/sign-in?to=${encodeURIComponent(to)}`);
    return visitor.press(first, '/sign-in', { email });
  };

  it('goes from the address to the code and back to where one was', async () => {
    const visitor = new Visitor(get(), agent);
    const asked = await askFor(visitor, 'Ann@Readers.example');
    assert.equal(asked.path, '/sign-in/code');
    assert.equal(asked.headers['cache-control'], 'no-store');
    assert.ok(wordsOf(asked.doc).includes('ann@readers.example'));
    const [mail] = await mailsTo(get(), 'ann@readers.example');
    const back = await visitor.press(asked, '/sign-in/code', { code: mail!.code! });
    assert.equal(back.status, 200);
    assert.equal(back.path, story.path);
    assert.match(wordsOf(back.doc), /Welcome, you are in\./);
    assert.deepEqual([...visitor.cookies.keys()], ['__Host-session']);
    const again = await visitor.open(story.path);
    assert.doesNotMatch(wordsOf(again.doc), /Welcome/);
    assert.match(wordsOf(again.doc), /Account/);
  });
});
