import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import sharp from 'sharp';
import { signedInReader } from '../../src/readers/testing.ts';
import { elements, one, wordsOf } from '../rig/dom.ts';
import { forEachSite } from '../rig/site.ts';
import { mailsTo, Visitor, type Visited } from '../rig/visitor.ts';

forEachSite('the account', {}, (get) => {
  /** A browser in which a new reader has just signed in. */
  const join = async (email: string, headers: Readonly<Record<string, string>> = {}) => {
    const visitor = new Visitor(get(), headers);
    const count = (await mailsTo(get(), email, 0)).length + 1;
    const asked = await visitor.press(await visitor.open('/sign-in?to=/account'), '/sign-in', { email });
    const mail = (await mailsTo(get(), email, count)).at(-1)!;
    const page = await visitor.press(asked, '/sign-in/code', { code: mail.code! });
    return { visitor, page };
  };
  const problemOf = (page: Visited, field: string) =>
    wordsOf(
      one(page.doc, 'p', 'problem').parent &&
        elements(page.doc, 'p').find(({ attribs }) => attribs.id === `field-${field}-problem`)!,
    );

  it('asks for a name once, and shows what is wrong with it', async () => {
    const { visitor, page } = await join('nell@readers.example');
    assert.equal(page.path, '/account');
    const welcome = await visitor.open('/welcome');
    const refused = await visitor.press(welcome, '/welcome', { name: 'Editor', handle: 'a' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /field-name-problem/);
    assert.match(refused.text, /field-handle-problem/);
    assert.match(refused.text, /value="Editor"/);
    const named = await visitor.press(refused, '/welcome', { name: 'Nell  Ångström', handle: '' });
    assert.equal(named.path, '/account');
    assert.match(named.text, /value="Nell Ångström"/);
    assert.match(named.text, /value="nell-angstrom"/);
  });
  void problemOf;
});
