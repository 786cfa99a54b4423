import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { sql } from 'kysely';
import { tablesHere } from '../../src/platform/database/schema.ts';
import type { Route } from '../../src/platform/http/route-table.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { forEachSite, type Got, type PublishedStory } from '../rig/site.ts';
import { member, openCast, sayUnder, sendRaw, storyOf, type SaidComment } from './cast.ts';

/** What a browser tells of a request that another site had it make; `''` where it tells nothing. */
const foreign: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'cross-site', origin: 'https://paper.example' },
  { 'sec-fetch-site': 'Same-Origin' },
  { 'sec-fetch-site': 'same-origin, cross-site' },
  { 'sec-fetch-site': '', origin: 'https://paper.example' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'https://paper.example.evil.example' },
  { origin: 'https://paper.example:444' },
  { origin: 'http://paper.example' },
  { origin: 'https://paper.example/' },
  { origin: 'HTTPS://PAPER.EXAMPLE' },
  {},
  { referer: 'https://paper.example/account' },
  { host: 'evil.example', origin: 'https://evil.example' },
  { host: 'evil.example', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
];

interface Body {
  readonly type: string;
  readonly body: string;
}

/** The same fields in every encoding that a form or a script of another site can send. */
function bodiesOf(fields: Readonly<Record<string, string>>): readonly Body[] {
  const boundary = 'boundary-of-the-parts-of-a-form';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return [
    { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() },
    { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` },
    { type: 'application/json', body: JSON.stringify(fields) },
    { type: 'text/plain', body: JSON.stringify(fields) },
  ];
}

forEachSite('forms of other sites', { env: { WRITE_LIMIT: '1000000' } }, (get) => {
  let victim: SignedInReader;
  let said: SaidComment;
  let other: SaidComment;
  let story: PublishedStory;

  before(async () => {
    const cast = await openCast(get());
    victim = await member(get(), 'Victim', ['staff']);
    story = await storyOf(get(), 'What is talked of');
    said = await sayUnder(get(), story, victim, 'What the victim has said.');
    other = await sayUnder(get(), story, cast.other, 'What somebody else has said.');
    // The first visit of a day is noted.
    await get().get('/account', { cookie: victim.cookie });
  });

  const writes = () => get().site.routes.filter(({ method }) => method !== 'GET');

  /** All that any of these routes takes, so that each would do something. */
  function fieldsFor({ path }: Route): Readonly<Record<string, string>> {
    const common = {
      story: story.code,
      text: 'Words that another site has put here.',
      act: act(path),
      kind: path === '/following' ? 'story' : 'comment',
      target: path === '/following' ? story.id : victim.reader.id,
      id: other.id,
      category: 'abuse',
      name: 'Another Name',
      handle: 'another-name',
      bio: 'Another bio',
      email: 'thief@evil.example',
      to: '/',
      comments: 'delete',
      followers: 'public',
    };
    return common;
  }

  const act = (path: string) =>
    path.endsWith('/recommend')
      ? 'recommend'
      : path.endsWith('/pick')
        ? 'pick'
        : path === '/inbox'
          ? 'read'
          : 'follow';

  function addressOf({ path }: Route): string {
    const code = path.endsWith('/recommend') || path.endsWith('/pick') ? other.code : said.code;
    return path.replace(':code', code).replaceAll(/:\w+/g, 'none');
  }

  const send = (
    route: Route,
    { type, body }: Body,
    headers: Readonly<Record<string, string>>,
  ): Promise<Got> =>
    sendRaw(get(), addressOf(route), {
      method: route.method,
      body,
      headers: { cookie: victim.cookie, 'content-type': type, ...headers },
    });

  /** Every row of every table. */
  async function allRows(): Promise<Record<string, unknown>> {
    const { read } = get().database;
    // Jobs and notices are made of what happened before, at any time.
    const names = [...(await tablesHere(read)).keys()];
    const tables = names.filter(
      (name) => !/search|migration|job|notice|event|outbox|_index|_document/.test(name),
    );
    const rows = await Promise.all(
      tables.map(async (name) => {
        const found = await sql<object>`select * from ${sql.table(name)}`.execute(read);
        return [name, found.rows.map((row) => JSON.stringify(row)).toSorted()];
      }),
    );
    return Object.fromEntries(rows) as Record<string, unknown>;
  }

  it('are refused by every write, in every encoding, and change nothing', async () => {
    const before = await allRows();
    assert.match(JSON.stringify(before), /What the victim has said\./);
    const taken: string[] = [];
    for (const route of writes()) {
      if (route.proof !== 'same-origin') continue;
      const bodies = bodiesOf(fieldsFor(route));
      for (const [number, headers] of foreign.entries()) {
        for (const [index, body] of bodies.entries()) {
          // Each lie is told in one encoding, and the plain truth in all of them.
          if (number > 0 && index !== number % bodies.length) continue;
          const { status, text, headers: answered } = await send(route, body, headers);
          if (status !== 403 || !text.includes('request.foreign') || answered['set-cookie'])
            taken.push(`${status} ${route.method} ${route.path} ${JSON.stringify(headers)} ${body.type}`);
        }
      }
    }
    assert.deepEqual(taken, []);
    assert.deepEqual(await allRows(), before);
    assert.equal((await get().get('/account', { cookie: victim.cookie })).status, 200);
  });

  it('that bear a proof of their own are refused without it, and change nothing', async () => {
    const before = await allRows();
    const others = writes().filter(({ proof }) => proof !== 'same-origin');
    assert.ok(others.length > 0);
    for (const route of others) {
      assert.ok(route.prove !== undefined, route.path);
      for (const body of bodiesOf({ ...fieldsFor(route), state: 'x'.repeat(43), code: 'y' })) {
        const got = await send(route, body, { 'sec-fetch-site': 'cross-site' });
        assert.ok(got.status >= 400 && got.status < 500, `${got.status} ${route.path}`);
        assert.equal(got.headers['set-cookie'], undefined, route.path);
      }
    }
    assert.deepEqual(await allRows(), before);
  });

  it('are no other method in disguise', async () => {
    const before = await allRows();
    for (const route of writes()) {
      const path = addressOf(route);
      const isPage = get().site.routes.some(
        ({ method, path: each }) => method === 'GET' && each === route.path,
      );
      for (const [how, headers] of [
        ['', {}],
        ['?_method=POST', {}],
        ['', { 'x-http-method-override': 'POST' }],
      ] as const) {
        const fields = new URLSearchParams(fieldsFor(route)).toString();
        const got = await get().get(`${path}${how}${how ? '&' : '?'}${fields}`, {
          cookie: victim.cookie,
          ...headers,
        });
        if (!isPage) assert.ok([404, 405].includes(got.status), `${got.status} ${path}`);
      }
    }
    assert.deepEqual(await allRows(), before);
  });

  it('would be taken from our own pages', async () => {
    const refused: string[] = [];
    for (const route of writes()) {
      if (route.proof !== 'same-origin' || /sign-out|leave|end|delete/.test(route.path)) continue;
      const [body] = bodiesOf(fieldsFor(route));
      const ours: Record<string, string>[] = [
        { 'sec-fetch-site': 'same-origin' },
        { origin: 'https://paper.example' },
      ];
      for (const headers of ours) {
        const { text } = await send(route, body!, headers);
        if (text.includes('request.foreign')) refused.push(route.path);
      }
    }
    assert.deepEqual(refused, []);
    assert.match(JSON.stringify(await allRows()), /Words that another site has put here\./);
  });
});
