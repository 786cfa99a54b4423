import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { AppError } from '../../src/platform/errors.ts';
import { page } from '../../src/platform/http/answers.ts';
import { route } from '../../src/platform/http/testing.ts';
import { askForName, askToSignIn, type Intent, type IntentHandler } from '../../src/readers/index.ts';
import { wordsOf } from '../rig/dom.ts';
import { lastCode, startReadersServer } from '../rig/readers-server.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

forEachDatabase('what waits for a sign-in', allMigrations, (get) => {
  let count = 0;
  const newAddress = () => `waiting${(count += 1)}@readers.example`;

  /** A site where people note things; `done` is what was noted, and by whom. */
  async function open(t: TestContext, more: { intent?: Partial<Intent>; handle?: IntentHandler } = {}) {
    const done: string[] = [];
    const noteIntent: IntentHandler = async (request, identity, intent) => {
      if (more.handle) return more.handle(request, identity, intent);
      done.push(`${identity.reader.name || 'nobody yet'}: ${String(intent.data.words)}`);
      return { to: '/notes?done=1' };
    };
    const server = await startReadersServer(t, get(), { intents: { note: noteIntent } }, (context) => [
      route('/notes', () => page('<h1>Notes</h1>')),
      route(
        '/notes',
        (request) => {
          const { words } = request.body as { words: string };
          const intent: Intent = { kind: 'note', data: { words }, ...more.intent };
          return askToSignIn(context, request, { intent, to: '/notes' });
        },
        { method: 'POST' },
      ),
      route(
        '/named-notes',
        (request) => {
          const intent: Intent = { kind: 'note', data: { words: 'named' } };
          return askForName(context, request, { intent, to: '/notes' });
        },
        { method: 'POST', who: 'reader' },
      ),
    ]);
    const visitor = new Visitor(server);
    return { ...server, visitor, done };
  }

  /** Go on from the first step to where the code leads. */
  async function signIn(visitor: Visitor, first: Visited, email = newAddress()): Promise<Visited> {
    const asked = await visitor.press(first, '/sign-in', { email });
    return visitor.press(asked, '/sign-in/code', { code: await lastCode(get(), email) });
  }

  it('is done once, when one is signed in', async (t) => {
    const { visitor, done } = await open(t);
    const first = await visitor.send('/notes', { fields: { words: 'kept' } });
    assert.equal(first.path, '/sign-in');
    assert.match(wordsOf(first.doc), /is done as soon as you are signed in/);
    assert.deepEqual(done, []);
    const last = await signIn(visitor, first);
    assert.equal(last.path, '/notes?done=1');
    assert.deepEqual(done, ['nobody yet: kept']);
    assert.ok(!visitor.cookies.has('__Host-sign-in'));
    const again = await visitor.send('/sign-in/waiting', { fields: {} });
    assert.equal(again.status, 404);
    assert.deepEqual(done, ['nobody yet: kept']);
    const rows = await get().database.read.selectFrom('sign_in').select('id').execute();
    assert.deepEqual(rows, []);
  });

  it('waits for the name where others will see it', async (t) => {
    const { visitor, done } = await open(t, { intent: { needsName: true } });
    const welcome = await signIn(visitor, await visitor.send('/notes', { fields: { words: 'mine' } }));
    assert.equal(welcome.path, '/welcome');
    assert.deepEqual(done, []);
    const refused = await visitor.press(welcome, '/welcome', { name: '' });
    assert.equal(refused.status, 422);
    assert.deepEqual(done, []);
    const last = await visitor.press(refused, '/welcome', { name: 'Ada Quill' });
    assert.equal(last.path, '/notes?done=1');
    assert.deepEqual(done, ['Ada Quill: mine']);
  });

  it('is kept for a reader who is signed in and lacks a name', async (t) => {
    const { visitor, done } = await open(t);
    await signIn(visitor, await visitor.open('/sign-in?to=/notes'));
    const welcome = await visitor.send('/named-notes', { fields: {} });
    assert.equal(welcome.path, '/welcome');
    await visitor.press(welcome, '/welcome', { name: 'Bo Quill' });
    assert.deepEqual(done, ['Bo Quill: named']);
  });

  it('is kept when it fails, and can be tried again or left', async (t) => {
    let fails = true;
    const done: string[] = [];
    const { visitor } = await open(t, {
      handle: async (_request, _identity, { data }) => {
        if (fails) throw new AppError('note.closed', 'Notes are closed just now.', { status: 409 });
        done.push(String(data.words));
        return { to: '/notes' };
      },
    });
    const failed = await signIn(visitor, await visitor.send('/notes', { fields: { words: 'late' } }));
    assert.equal(failed.status, 409);
    assert.match(wordsOf(failed.doc), /Notes are closed just now\./);
    assert.ok(visitor.cookies.has('__Host-session'), 'signed in all the same');
    const back = await visitor.open('/sign-in');
    assert.match(wordsOf(back.doc), /Try again/);
    fails = false;
    await visitor.press(back, '/sign-in/waiting');
    assert.deepEqual(done, ['late']);
  });

  it('is forgotten when one leaves it', async (t) => {
    const { visitor, done } = await open(t);
    const first = await visitor.send('/notes', { fields: { words: 'left' } });
    const left = await visitor.press(first, '/sign-in/leave');
    assert.equal(left.path, '/notes');
    await signIn(visitor, await visitor.open('/sign-in?to=/notes'));
    assert.deepEqual(done, []);
  });

  it('is restored with the place and the step when the tab was dropped', async (t) => {
    const { visitor, done } = await open(t);
    const email = newAddress();
    const first = await visitor.send('/notes', { fields: { words: 'phone' } });
    await visitor.press(first, '/sign-in', { email });
    // Another tab, another way in.
    const restored = await visitor.open('/sign-in?to=/elsewhere');
    assert.equal(restored.path, '/sign-in/code');
    assert.ok(wordsOf(restored.doc).includes(email));
    const last = await visitor.press(restored, '/sign-in/code', { code: await lastCode(get(), email) });
    assert.equal(last.path, '/notes?done=1');
    assert.deepEqual(done, ['nobody yet: phone']);
  });

  it('is not run by somebody else who signs in later, nor when it is too large', async (t) => {
    const { visitor, done, port, origin } = await open(t);
    const welcome = await visitor.send('/notes', { fields: { words: 'x'.repeat(17_000) } });
    assert.equal(welcome.status, 413);
    const first = await visitor.send('/notes', { fields: { words: 'mine alone' } });
    const other = new Visitor({ port, origin });
    await signIn(other, await other.open('/sign-in?to=/notes'));
    assert.deepEqual(done, []);
    get().clock.advance(7 * 3_600_000);
    await signIn(visitor, first);
    assert.deepEqual(done, [], 'what waited for too long is not done');
  });
});
