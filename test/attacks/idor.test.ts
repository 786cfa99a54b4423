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

/** One of those things that an address or a form may name, and all by which it is named. */
interface Thing {
  readonly id: string;
  readonly code: string;
  /** Of the story that it stands under, or its own. */
  readonly path: string;
}

interface Asked {
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a route is asked for, and by whom it may be told from what does not exist. */
interface Entry {
  readonly of: Kind;
  readonly ask: (thing: Thing) => Asked | readonly Asked[];
  /** Whether this one may learn that this thing is there; nobody may when left out. */
  readonly may?: (actor: Actor, name: string) => boolean;
}

type Kind = 'comments' | 'readers' | 'stories' | 'belongings';

const isVisible = (_: Actor, name: string) => name === 'visible';
const isOwners = (actor: Actor) => actor === 'owner';
const ownComment = (actor: Actor, name: string) =>
  actor === 'owner' && (name === 'visible' || name === 'held');
const isThere = (_: Actor, name: string) => name === 'there' || name === 'private';
const isPublic = (_: Actor, name: string) => name === 'published';
const text = 'Words that are long enough to be said.';

/** Nothing that belongs to somebody is named in these. */
const nameless = new Set(
  `GET / | GET /:section | GET /topics | GET /topics/:slug | GET /text/topics/:slug | GET /authors |
  GET /authors/:slug | GET /text/authors/:slug | GET /series | GET /series/:slug | GET /text/series/:slug |
  GET /archive | GET /:year(^\\d{4}$) | GET /:year(^\\d{4}$)/:month(^\\d{2}$) |
  GET /:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$) | GET /search | GET /about | GET /privacy |
  GET /accessibility | GET /corrections | GET /text | GET /text/:section | GET /text/archive |
  GET /text/:year(^\\d{4}$) | GET /text/:year(^\\d{4}$)/:month(^\\d{2}$) |
  GET /text/:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$) | GET /text/search | GET /feed.xml | GET /feed.json |
  GET /:slug/feed.xml | GET /:slug/feed.json | GET /topics/:slug/feed.xml | GET /topics/:slug/feed.json |
  GET /authors/:slug/feed.xml | GET /authors/:slug/feed.json | GET /series/:slug/feed.xml |
  GET /series/:slug/feed.json | GET /sitemap.xml | GET /sitemaps/:file | GET /news-sitemap.xml |
  GET /guidelines | GET /robots.txt | GET /trust.txt | GET /.well-known/trust.txt |
  GET /.well-known/security.txt | GET /manifest.webmanifest | GET /opensearch.xml | GET /favicon.svg |
  GET /favicon.ico | GET /icon-192.png | GET /icon-512.png | GET /logo | GET /theme.css | GET /media/:id/:name |
  GET /assets/:name | GET /health | GET /ready |
  GET /comments/mentions | GET /following | GET /following/all | GET /following/muted | POST /following/feed |
  GET /inbox | GET /sign-in | POST /sign-in | GET /sign-in/code | POST /sign-in/code | POST /sign-in/extend |
  POST /sign-in/again | POST /sign-in/leave | POST /sign-in/waiting | POST /sign-out | GET /welcome |
  POST /welcome | GET /account | POST /account/profile | POST /account/picture | POST /account/picture/remove |
  POST /account/settings | POST /account/sessions/end-others | POST /sign-in/passkey/challenge |
  POST /sign-in/passkey | POST /account/passkeys/challenge | POST /account/passkeys | POST /sign-in/with/:way |
  GET /sign-in/with/:way/back | POST /sign-in/with/:way/back | POST /account/connect/:way | GET /account/email |
  POST /account/email | POST /account/email/confirm | POST /account/email/drop | GET /account/data |
  POST /account/data | GET /account/leave | POST /account/leave | POST /account/stay | GET /account/decisions`
    .split('|')
    .map((each) => each.trim()),
);

/** Whoever has these long secrets may see what they lead to: they are tried in tests of their own. */
const secrets = new Set([
  'GET /notices/:code',
  'GET /following/feed/:file',
  'GET /sign-in/link/:token',
  'POST /sign-in/link/:token',
  'GET /reader-pictures/:file',
]);

const story = '/:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$)/:slug';

const entries: Readonly<Record<string, readonly Entry[]>> = {
  [`GET ${story}`]: [{ of: 'stories', ask: ({ path }) => ({ path }), may: isPublic }],
  [`GET /text${story}`]: [{ of: 'stories', ask: ({ path }) => ({ path: `/text${path}` }), may: isPublic }],
  'GET /s/:code': [{ of: 'stories', ask: ({ code }) => ({ path: `/s/${code}` }), may: isPublic }],
  [`GET ${story}/comments`]: [
    { of: 'stories', ask: ({ path }) => ({ path: `${path}/comments` }), may: isPublic },
  ],
  [`GET ${story}/comments/:code`]: [
    {
      of: 'comments',
      ask: ({ path, code }) => ({ path: `${path}/comments/${code}` }),
      may: (actor, name) => isVisible(actor, name) || ownComment(actor, name),
    },
  ],
  'GET /comments/:code': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}` }), may: isVisible },
  ],
  'GET /comments/new': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/new?parent=${code}&quote=1` }), may: isVisible },
    { of: 'stories', ask: ({ code }) => ({ path: `/comments/new?story=${code}` }), may: isPublic },
  ],
  'POST /comments': [
    {
      of: 'comments',
      ask: ({ code, path }) => ({
        path: '/comments',
        fields: { story: known.get(path) ?? 'none1', parent: code, text, key: '' },
      }),
      may: isVisible,
    },
    {
      of: 'stories',
      ask: ({ code }) => ({ path: '/comments', fields: { story: code, text, key: '' } }),
      may: isPublic,
    },
  ],
  'POST /comments/preview': [
    {
      of: 'comments',
      ask: ({ code, path }) => ({
        path: '/comments/preview',
        fields: { story: known.get(path) ?? 'none1', parent: code, text, key: 'k' },
      }),
      may: isVisible,
    },
    {
      of: 'comments',
      ask: ({ code }) => ({ path: '/comments/preview', fields: { edits: code, text, key: 'k' } }),
      may: ownComment,
    },
    {
      of: 'stories',
      ask: ({ code }) => ({ path: '/comments/preview', fields: { story: code, text, key: 'k' } }),
      may: isPublic,
    },
  ],
  'GET /comments/:code/edit': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/edit` }), may: ownComment },
  ],
  'POST /comments/:code/edit': [
    {
      of: 'comments',
      ask: ({ code }) => ({ path: `/comments/${code}/edit`, fields: { text } }),
      may: ownComment,
    },
  ],
  'GET /comments/:code/delete': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/delete` }), may: ownComment },
  ],
  'POST /comments/:code/delete': [
    {
      of: 'comments',
      ask: ({ code }) => ({ path: `/comments/${code}/delete`, fields: {} }),
      may: ownComment,
    },
  ],
  'GET /comments/:code/recommend': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/recommend` }), may: isVisible },
  ],
  'POST /comments/:code/recommend': [
    {
      of: 'comments',
      ask: ({ code }) =>
        ['recommend', 'withdraw'].map((act) => ({ path: `/comments/${code}/recommend`, fields: { act } })),
      may: isVisible,
    },
  ],
  'POST /comments/:code/pick': [
    {
      of: 'comments',
      ask: ({ code }) =>
        ['pick', 'unpick'].map((act) => ({ path: `/comments/${code}/pick`, fields: { act } })),
      may: (actor, name) => actor === 'staff' && name === 'visible',
    },
  ],
  'GET /following/one': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: `/following/one?kind=thread&target=${id}` }),
      may: isVisible,
    },
    { of: 'readers', ask: ({ id }) => ({ path: `/following/one?kind=reader&target=${id}` }), may: isThere },
    { of: 'stories', ask: ({ id }) => ({ path: `/following/one?kind=story&target=${id}` }), may: isPublic },
  ],
  'POST /following': [
    {
      of: 'comments',
      ask: ({ id }) =>
        ['unfollow', 'follow'].map((act) => ({
          path: '/following',
          fields: { kind: 'thread', target: id, act, to: '/' },
        })),
      may: isVisible,
    },
    {
      of: 'readers',
      ask: ({ id }) =>
        ['unfollow', 'follow'].map((act) => ({
          path: '/following',
          fields: { kind: 'reader', target: id, act, to: '/' },
        })),
      may: isThere,
    },
    {
      of: 'stories',
      ask: ({ id }) => ({
        path: '/following',
        fields: { kind: 'story', target: id, act: 'follow', to: '/' },
      }),
      may: isPublic,
    },
  ],
  'POST /following/relations': [
    {
      of: 'readers',
      ask: ({ id }) =>
        ['mute', 'unmute', 'block', 'unblock'].map((act) => ({
          path: '/following/relations',
          fields: { target: id, act, to: '/' },
        })),
      may: isThere,
    },
  ],
  'GET /readers/:handle': [
    { of: 'readers', ask: ({ code }) => ({ path: `/readers/${code}` }), may: isThere },
  ],
  ...Object.fromEntries(
    ['followers', 'following'].map((side) => [
      `GET /readers/:handle/${side}`,
      [
        {
          of: 'readers',
          ask: ({ code }) => ({ path: `/readers/${code}/${side}` }),
          may: (_, name) => name === 'there',
        } satisfies Entry,
      ],
    ]),
  ),
  'GET /report': [
    { of: 'comments', ask: ({ id }) => ({ path: `/report?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/report?kind=profile&id=${id}` }), may: isThere },
    { of: 'readers', ask: ({ id }) => ({ path: `/report?kind=reader&id=${id}` }) },
  ],
  'GET /report/sent': [
    { of: 'comments', ask: ({ id }) => ({ path: `/report/sent?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/report/sent?kind=profile&id=${id}` }), may: isThere },
  ],
  'POST /report': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: '/report', fields: { kind: 'comment', id, category: 'abuse', text: 'x' } }),
      may: isVisible,
    },
    {
      of: 'readers',
      ask: ({ id }) => ({ path: '/report', fields: { kind: 'profile', id, category: 'abuse', text: 'x' } }),
      may: isThere,
    },
  ],
  'GET /notices': [
    { of: 'comments', ask: ({ id }) => ({ path: `/notices?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/notices?kind=profile&id=${id}` }), may: isThere },
  ],
  'POST /notices': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: '/notices', fields: { kind: 'comment', id, address: '' } }),
      may: isVisible,
    },
  ],
  'GET /live': [
    {
      of: 'readers',
      ask: ({ id }) =>
        ['reader', 'session', 'account'].map((kind) => ({ path: `/live?topics=${kind}:${id}` })),
    },
  ],
  'GET /inbox/:id': [
    { of: 'belongings', ask: ({ id }) => ({ path: `/inbox/${id}` }), may: (_, name) => name === 'notice' },
  ],
  'POST /inbox': [
    { of: 'belongings', ask: ({ id }) => ({ path: '/inbox', fields: { act: 'read', id } }) },
    { of: 'belongings', ask: ({ id }) => ({ path: '/inbox', fields: { act: 'unread', id } }) },
  ],
  'GET /account/data/:id/:file': [
    {
      of: 'belongings',
      ask: ({ id }) => ['data.json', 'data.html'].map((file) => ({ path: `/account/data/${id}/${file}` })),
      may: (_, name) => name === 'export',
    },
  ],
  'GET /account/decisions/:id': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/decisions/${id}` }),
      may: (_, name) => name === 'decision',
    },
  ],
  'POST /account/decisions/:id/look': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/decisions/${id}/look`, fields: { text: 'Please look again.' } }),
      may: (_, name) => name === 'decision',
    },
  ],
  'POST /account/passkeys/:id/rename': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/passkeys/${id}/rename`, fields: { name: 'Stolen' } }),
      may: (_, name) => name === 'passkey',
    },
  ],
  'POST /account/passkeys/:id/remove': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/passkeys/${id}/remove`, fields: {} }),
      may: (_, name) => name === 'passkey',
    },
  ],
  'POST /account/logins/:id/remove': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/logins/${id}/remove`, fields: {} }),
      may: (_, name) => name === 'login',
    },
  ],
  'POST /account/sessions/end': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: '/account/sessions/end', fields: { session: id } }),
      may: (_, name) => name === 'session',
    },
  ],
};

/** Codes of stories by their paths. */
const known = new Map<string, string>();

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
