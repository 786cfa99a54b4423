import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { saveProfile } from '../../src/readers/index.ts';
import type { Route } from '../../src/platform/http/route-table.ts';
import type { SignedInReader } from '../../src/readers/testing.ts';
import { elements, parse } from '../rig/dom.ts';
import { forEachSite, type Got, type PublishedStory } from '../rig/site.ts';
import { member, openCast, sayUnder, sendRaw, storyOf, type SaidComment } from './cast.ts';

const outside = [
  'https://evil.example/',
  '//evil.example/',
  '///evil.example/',
  '/\\evil.example/',
  '\\\\evil.example/',
  '/\t/evil.example/',
  '/%09/evil.example/',
  '/\r\n/evil.example/',
  '/%0d%0aLocation:%20https://evil.example/',
  'javascript:alert(1)//evil.example',
  'data:text/html,evil.example',
  ' https://evil.example/',
  'https:evil.example/',
  '/.//evil.example/',
  '/x/..//evil.example/',
  '/%2e%2e//evil.example/',
  'https://paper.example@evil.example/',
  'https://paper.example.evil.example/',
  '@evil.example/',
  '/\u2028/evil.example/',
  '\u0000//evil.example/',
];
/** What addresses to go back to are called, here and in other places. */
const names = 'to next return returnTo return_to redirect redirect_uri url continue back goto dest'.split(
  ' ',
);

forEachSite('addresses of other sites', { env: { WRITE_LIMIT: '1000000' } }, (get, dialect) => {
  let reader: SignedInReader;
  let story: PublishedStory;
  let said: SaidComment;
  let other: string;

  before(async () => {
    const cast = await openCast(get());
    reader = await member(get(), 'Reader');
    story = await storyOf(get(), 'What is talked of');
    said = await sayUnder(get(), story, cast.other, 'What somebody else has said.');
    other = cast.other.reader.id;
  });

  /** Whether a browser would leave this site by an answer. */
  function leaves(got: Got): string | undefined {
    const isOutside = (address: string) => {
      try {
        const { origin, protocol } = new URL(address, 'https://paper.example/a/b');
        return origin !== 'https://paper.example' && (/evil/.test(address) || !/^https?:/.test(protocol));
      } catch {
        return true;
      }
    };
    const { location, refresh, link } = got.headers;
    if (location !== undefined && isOutside(location)) return `location ${location}`;
    if (refresh !== undefined || /evil/.test(String(link ?? ''))) return `refresh ${String(refresh)}`;
    const doc = parse(String(got.headers['content-type']).startsWith('text/html') ? got.text : '');
    for (const { name, attribs } of elements(doc))
      for (const attribute of ['href', 'action', 'formaction', 'src', 'data-url', 'data-to'] as const) {
        const value = attribs[attribute];
        if (value?.includes('evil') && isOutside(value)) return `${name} ${attribute} ${value}`;
        if (/^\s*(?:javascript|data|vbscript):/i.test(value ?? '')) return `${name} ${attribute} ${value}`;
      }
    for (const { attribs } of elements(doc, 'meta'))
      if (/refresh/i.test(attribs['http-equiv'] ?? '')) return 'meta refresh';
    return undefined;
  }

  const addressOf = ({ path }: Route) =>
    path
      .replace(/\/:year.*:slug/, story.path)
      .replace(/\/:year.*$/, '/2026/11/24')
      .replace('/readers/:handle', '/readers/reader')
      .replace('/s/:code', `/s/${story.code}`)
      .replace(':code', said.code)
      .replaceAll(/:\w+(?:\([^)]*\))?/g, 'news');

  const fieldsFor = ({ path }: Route) => ({
    kind: path.startsWith('/following') ? 'story' : 'comment',
    target: path === '/following' ? story.id : other,
    id: said.id,
    act: path.endsWith('/recommend') ? 'recommend' : path === '/following' ? 'follow' : 'unmute',
    email: 'somebody@readers.example',
    category: 'abuse',
    text: 'Words that are long enough.',
    story: story.code,
  });

  it('are nowhere where a route leads, whatever it is told to go back to', async () => {
    const led: string[] = [];
    for (const [number, route] of get().site.routes.entries()) {
      if (/^\/(?:assets|media|live|health|ready|sign-out|account\/leave)/.test(route.path)) continue;
      for (const [index, to] of outside.entries()) {
        if (index % (dialect === 'postgres' ? 7 : 2) !== number % (dialect === 'postgres' ? 7 : 2)) continue;
        const given = new URLSearchParams({
          ...fieldsFor(route),
          ...Object.fromEntries(names.map((name) => [name, to])),
        });
        for (const cookie of ['', reader.cookie]) {
          const headers = { referer: to.replaceAll(/[^\u0021-\u007e]/g, ''), ...(cookie && { cookie }) };
          const got =
            route.method === 'GET'
              ? await get().get(`${addressOf(route)}?${given}`, headers)
              : await sendRaw(get(), addressOf(route), {
                  headers: {
                    ...headers,
                    'sec-fetch-site': 'same-origin',
                    'content-type': 'application/x-www-form-urlencoded',
                  },
                  body: given.toString(),
                });
          assert.ok(got.status < 500, `${got.status} ${route.path} ${to}`);
          const where = leaves(got);
          if (where !== undefined) led.push(`${route.method} ${route.path} ${JSON.stringify(to)}: ${where}`);
        }
      }
    }
    assert.deepEqual(led, []);
  });

  it('are not reached by a path that begins like one', async () => {
    const moved = await member(get(), 'Mover');
    await get().write((tx) =>
      saveProfile(
        tx,
        { reader: moved.reader.id, name: 'Mover', handle: 'moved-on' },
        { paper: 'Paper', takenNames: [], dayOf: String },
      ),
    );
    for (const path of [
      '//evil.example/',
      '//evil.example/..',
      '/\\evil.example/',
      '//evil.example/news/',
      '/news//evil.example',
      '/%2f%2fevil.example/',
      '/readers/mover',
      '/readers/mover//evil.example',
      '/readers/mover/followers?to=//evil.example',
      '/readers/mover?//evil.example',
      '/comments//evil.example',
      '/s//evil.example',
      'https://evil.example/readers/mover',
    ]) {
      const got = await get().get(path);
      assert.ok(got.status < 500, path);
      const { location } = got.headers;
      if (location === undefined) continue;
      assert.equal(new URL(location, 'https://paper.example').origin, 'https://paper.example', path);
      assert.doesNotMatch(location, /^\/[/\\]/, path);
    }
    assert.equal((await get().get('/readers/mover')).headers.location, '/readers/moved-on');
  });
});
