import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { askForExport, listExports } from '../../src/readers/privacy/exports.ts';
import { renewFeed } from '../../src/conversation/follows/following-feed.ts';
import { applyToComment, findCommentTarget } from '../../src/conversation/index.ts';
import { decide, moderationHandlers } from '../../src/moderation/index.ts';
import { until } from '../../src/platform/http/testing.ts';
import { newId, newShortCode } from '../../src/platform/ids.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';
import { Visitor } from '../rig/visitor.ts';
import {
  actors,
  become,
  fates,
  meetFates,
  openCast,
  sayUnder,
  storyOf,
  type Actor,
  type Cast,
} from './cast.ts';
import {
  entries,
  isOwners,
  known,
  nameless,
  secrets,
  type Asked,
  type Kind,
  type Thing,
} from './idor-routes.ts';

const handlers = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });

forEachSite('what is another’s, or not to be seen', { env: { WRITE_LIMIT: '1000000' } }, (get, dialect) => {
  let cast: Cast;
  const things: Record<Kind, Record<string, Thing>> = {
    comments: {},
    readers: {},
    stories: {},
    belongings: {},
  };
  const none = (thing: Thing): Thing => ({ ...thing, id: newId(Date.now()), code: newShortCode() });

  before(async () => {
    const site = get();
    cast = await openCast(site);
    const { read } = site.database;
    const place = await storyOf(site, 'What is talked of');
    const buried = await storyOf(site, 'What is withdrawn');
    const killed = await storyOf(site, 'What was untrue');
    for (const each of [place, buried, killed]) known.set(each.path, each.code);
    for (const fate of fates) {
      const said = await sayUnder(site, place, cast.owner, `These words are ${fate} to everybody.`);
      await become(site, said, fate);
      things.comments[fate] = { ...said, path: place.path };
    }
    const below = await sayUnder(site, buried, cast.owner, 'These words are under what is withdrawn.');
    things.comments.buried = { ...below, path: buried.path };
    await site.unpublish(buried.id);
    await site.kill(killed.id);
    const draft = await site.create(contentOf('What nobody knows yet'));
    const asThing = ({ id, code, path }: { id: string; code: string; path?: string | undefined }) => ({
      id,
      code,
      path: path ?? '/2026/11/24/what-nobody-knows-yet',
    });
    things.stories = {
      published: asThing(place),
      withdrawn: asThing(buried),
      draft: asThing(draft as PublishedStory),
    };

    await meetFates(site, cast, 'delete');
    const privately = JSON.stringify({ followers: 'nobody', following: 'nobody' });
    const openly = JSON.stringify({ followers: 'public', following: 'public' });
    await site.write(async ({ db }) => {
      await db.updateTable('reader').set({ settings: openly }).execute();
      await db
        .updateTable('reader')
        .set({ settings: privately })
        .where('id', '=', cast.muted.reader.id)
        .execute();
    });
    const asReader = ({ reader }: SignedInReader) => ({ id: reader.id, code: reader.handle!, path: '/' });
    things.readers = {
      there: asReader(cast.other),
      private: asReader(cast.muted),
      leaving: asReader(cast.leaving),
      former: asReader(cast.former),
    };

    const owner = cast.owner.reader.id;
    await site.write((tx) =>
      decide(
        tx,
        {
          target: { kind: 'comment', id: things.comments.removed!.id },
          action: 'remove',
          reason: 'abuse',
          note: 'A note to the owner alone',
          actor: { kind: 'moderator', name: 'mo' },
        },
        handlers,
      ),
    );
    await site.write((tx) => askForExport(tx, owner));
    await until(async () => (await listExports(read, owner, site.clock.now()))[0]?.readyAt !== undefined);
    const [file] = await listExports(read, owner, site.clock.now());
    const decision = await read
      .selectFrom('moderation_decision')
      .select('id')
      .where('owner_id', '=', owner)
      .executeTakeFirstOrThrow();
    await sayUnder(site, place, cast.other, 'This answers the owner in many words.', things.comments.visible);
    const notice = () =>
      read
        .selectFrom('notice')
        .select('id')
        .where('reader_id', '=', owner)
        .where('kind', '=', 'reply')
        .executeTakeFirst();
    await until(async () => (await notice()) !== undefined);
    const session = await read
      .selectFrom('reader_session')
      .select('id')
      .where('reader_id', '=', owner)
      .executeTakeFirstOrThrow();
    const [passkey, login] = [newId(site.clock.now()), newId(site.clock.now())];
    await site.write(async ({ db, now }) => {
      await db
        .insertInto('passkey')
        .values({
          id: passkey,
          reader_id: owner,
          credential_id: 'c',
          public_key: 'k',
          algorithm: 'ES256',
          transports: '[]',
          counter: 0,
          is_synced: 0,
          name: 'Phone of the owner',
          created_at: now,
          used_at: null,
        })
        .execute();
      await db
        .insertInto('reader_login')
        .values({ id: login, issuer: 'i', subject: 's', reader_id: owner, created_at: now, used_at: now })
        .execute();
    });
    const ids = {
      notice: (await notice())!.id,
      export: file!.id,
      decision: decision.id,
      session: session.id,
      passkey,
      login,
    };
    things.belongings = Object.fromEntries(
      Object.entries(ids).map(([name, id]) => [name, { id, code: id, path: '/' }]),
    );
  });

  const headersOf = (actor: Actor): Record<string, string> =>
    actor === 'anonymous' ? {} : { cookie: cast[actor].cookie };

  /** The answer without what it repeats of the question, and without what is new each time. */
  async function answerTo(actor: Actor, asked: Asked, { id, code, path }: Thing): Promise<string> {
    const visitor = new Visitor(get());
    const got = await visitor.send(asked.path, {
      ...(asked.fields && { fields: asked.fields }),
      headers: headersOf(actor),
      follows: false,
    });
    const bare = (value: string) =>
      value
        .replaceAll(id, '(it)')
        .replaceAll(path === '/' ? '(none)' : path, '(path)')
        .replaceAll(encodeURIComponent(path), '(path)')
        .replaceAll(code, '(it)')
        // Of what is not there the page offers to search for its words.
        .replaceAll(/(name="q" value=|data-account=)"[^"]*"/g, '$1""')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '(id)');
    const { location, 'content-type': type, 'cache-control': cache } = got.headers;
    return [got.status, bare(location ?? ''), type, cache, bare(got.text)].join('\n');
  }

  it('is in the list of this test, whatever route there is', () => {
    const routes = get().site.routes.map(({ method, path }) => `${method} ${path}`);
    const missing = routes.filter(
      (route) => !nameless.has(route) && !secrets.has(route) && entries[route] === undefined,
    );
    assert.deepEqual(missing, [], 'say in this test what may be named in these');
    const gone = [...nameless, ...secrets, ...Object.keys(entries)].filter((each) => !routes.includes(each));
    assert.deepEqual(gone, [], 'there are no such routes');
  });

  it('is the same as what does not exist, for whoever may not see it', async () => {
    const told = new Set<string>();
    for (const [route, list] of Object.entries(entries)) {
      for (const { of, ask, may } of list) {
        for (const [name, thing] of Object.entries(things[of])) {
          const nothing = none(thing);
          if (of === 'stories') Object.assign(nothing, { path: '/2026/11/24/no-such-story' });
          for (const [number, actor] of actors.entries()) {
            // Who may what is decided above the database: a half of them is enough to see that both answer alike.
            if (dialect === 'postgres' && number % 2 === 1) continue;
            const isMine = of !== 'belongings' || isOwners(actor);
            if (may && isMine && may(actor, name)) continue;
            if (of === 'readers' && name === actor) continue;
            for (const [index, question] of [ask(thing)].flat().entries()) {
              const real = await answerTo(actor, question, thing);
              const same = await answerTo(actor, [ask(nothing)].flat()[index]!, nothing);
              if (real !== same) told.add(`${route} ${of}.${name}: ${differing(real, same)}`);
            }
          }
        }
      }
    }
    assert.deepEqual([...told], []);
  });

  it('is not touched by those whose it is not', async () => {
    const { read } = get().database;
    const owner = cast.owner.reader.id;
    assert.equal((await get().get('/account', { cookie: cast.owner.cookie })).status, 200);
    const { name } = await read.selectFrom('passkey').select('name').executeTakeFirstOrThrow();
    assert.equal(name, 'Phone of the owner');
    assert.equal((await read.selectFrom('reader_login').selectAll().execute()).length, 1);
    assert.deepEqual(await read.selectFrom('moderation_look').selectAll().execute(), []);
    const states = await read
      .selectFrom('comment')
      .select(['id', 'state', 'source', 'picked_at', 'recommends'])
      .where('author_id', '=', owner)
      .execute();
    for (const fate of fates) {
      const row = states.find(({ id }) => id === things.comments[fate]!.id)!;
      assert.equal(row.state, fate);
      if (fate !== 'visible') assert.deepEqual([row.picked_at, row.recommends], [null, 0], fate);
      assert.equal(row.source, `These words are ${fate} to everybody.`);
    }
    const notice = await read
      .selectFrom('notice')
      .select('read_at')
      .where('id', '=', things.belongings.notice!.id)
      .executeTakeFirstOrThrow();
    assert.equal(notice.read_at, null);
  });

  it('is there for whose it is, and what is public for all', async () => {
    const empty: string[] = [];
    for (const [route, list] of Object.entries(entries)) {
      if (!route.startsWith('GET')) continue;
      for (const { of, ask, may } of list) {
        if (!may) continue;
        for (const [name, thing] of Object.entries(things[of])) {
          const nothing = none(thing);
          if (of === 'stories') Object.assign(nothing, { path: '/2026/11/24/no-such-story' });
          const actor = actors.find(
            (each) => (of === 'belongings' ? isOwners(each) : each !== 'anonymous') && may(each, name),
          );
          if (!actor) continue;
          const [question, other] = [[ask(thing)].flat()[0]!, [ask(nothing)].flat()[0]!];
          const real = await answerTo(actor, question, thing);
          if (real === (await answerTo(actor, other, nothing)) || Number(real.slice(0, 3)) >= 410)
            empty.push(`${route} ${of}.${name} to ${actor}`);
        }
      }
    }
    assert.deepEqual(empty, []);
  });

  it('is not found by a secret that is not whole, or belongs to what has ended', async () => {
    const secret = await get().write((tx) => renewFeed(tx, cast.owner.reader.id));
    const wrong = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    const fetch = async (path: string) => {
      const { status, text } = await get().get(path);
      return `${status} ${text.replaceAll(/[\w-]{32}\.xml|(?<=name="q" value=")[^"]*/g, '')}`;
    };
    assert.match(await fetch(`/following/feed/${secret}.xml`), /^200/);
    const nothing = await fetch(`/following/feed/${'x'.repeat(32)}.xml`);
    assert.match(nothing, /^404/);
    assert.equal(await fetch(`/following/feed/${wrong}.xml`), nothing);
    await get().write((tx) => renewFeed(tx, cast.owner.reader.id));
    assert.equal(await fetch(`/following/feed/${secret}.xml`), nothing);
    const leaving = await get().write((tx) => renewFeed(tx, cast.leaving.reader.id));
    assert.equal(await fetch(`/following/feed/${leaving}.xml`), nothing);
  });
});

function differing(one: string, other: string): string {
  const [left, right] = [one.split('\n'), other.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  const [a, b] = [left[at] ?? '', right[at] ?? ''];
  const from = Math.max(0, [...a].findIndex((char, index) => char !== b[index]) - 60);
  return `${a.slice(from, from + 160)} / ${b.slice(from, from + 160)}`;
}
