import assert from 'node:assert/strict';
import { it } from 'node:test';
import { signedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { elements, wordsOf } from '../rig/dom.ts';
import { contentOf, forEachSite, fresh } from '../rig/site.ts';
import { mailsTo, Visitor, type Visited } from '../rig/visitor.ts';

const links = ({ doc }: Visited) => elements(doc, 'a').map(({ attribs }) => attribs.href ?? '');
const linkOf = (page: Visited, pattern: RegExp): string => {
  const found = links(page).find((href) => pattern.test(href));
  assert.ok(found, `${page.path} has no link like ${pattern}:\n${page.text.slice(-4000)}`);
  return found;
};

forEachSite('a reader without scripts', {}, (get) => {
  it('answers under a story, registers on the way, follows who answers, and finds the later replies', async () => {
    const site = get();
    await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const story = await site.publish(contentOf('The ferry is saved'));
    const host = await signedInReader(site.database, {
      origin: site.origin,
      name: 'Hanne Host',
      handle: 'hanne',
    });
    const answerer = new Visitor(site, { cookie: host.cookie });
    const asked = await answerer.press(await answerer.open(story.path), '/comments', {
      text: 'What do you all think?',
    });
    const first = /#comment-(\w+)/.exec(linkOf(asked, /#comment-/))![1]!;

    const reader = new Visitor(site);
    const page = await reader.open(story.path);
    const replyPage = await reader.open(linkOf(page, new RegExp(`/comments/new\\?.*${first}`)));
    const register = await reader.press(replyPage, '/comments', { text: 'I think *so*.' });
    const address = 'newcomer@readers.example';
    const code = await reader.press(register, '/sign-in', { email: address });
    const [mail] = await mailsTo(site, address);
    const named = await reader.press(code, '/sign-in/code', { code: mail!.code! });
    const done = await reader.press(named, '/welcome', {
      name: 'Nell Newcomer',
      handle: 'nellnew',
      guidelines: 'yes',
    });
    assert.equal(done.status, 200);
    assert.match(done.path, new RegExp(`^${story.path}/comments/`));
    assert.match(done.text, /I think <em>so<\/em>\./);
    assert.match(done.text, /Nell Newcomer/);
    // Posted once, and under the story for everyone.
    const anyone = await new Visitor(site).open(fresh(story.path));
    assert.equal(anyone.text.split('I think <em>so</em>.').length, 2);

    const profile = await reader.open('/readers/hanne');
    const followed = await reader.press(profile, '/following', { act: 'follow' });
    assert.equal(followed.status, 200);
    const other = await site.publish(contentOf('Another day at the quay'));
    const later = await answerer.press(await answerer.open(other.path), '/comments', {
      text: 'See you on board.',
    });
    assert.equal(later.status, 200);
    const following = await reader.open('/following');
    const words = wordsOf(elements(following.doc, 'main')[0]!);
    assert.match(words, /See you on board\./);
    assert.match(words, /Another day at the quay/);
    assert.match(words, /Hanne Host/);
  });
});
