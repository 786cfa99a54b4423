import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import {
  blockText,
  fromLocal,
  importStory,
  saveSection,
  setFront,
  type Block,
  type Story,
} from '../../src/stories/index.ts';
import { elements, one, parse, structuredData, valuesOf, wordsOf, type Document } from '../rig/dom.ts';
import { addMedia, publishFull } from '../rig/full-story.ts';
import { actor, contentOf, forEachSite, paragraph, zone, type Got } from '../rig/site.ts';

/** Attributes whose address a browser asks for by itself. */
const loading: readonly (readonly [attribute: string, ...names: string[]])[] = [
  ['src', 'script', 'img', 'source', 'audio', 'video', 'track', 'iframe', 'embed', 'input'],
  ['srcset', 'img', 'source'],
  ['imagesrcset', 'link'],
  ['poster', 'video'],
  ['data', 'object'],
  ['href', 'use', 'image'],
  ['background', 'body', 'table'],
];
const loadingLinks =
  /stylesheet|icon|manifest|preload|prefetch|preconnect|dns-prefetch|prerender|modulepreload/;

function loads(doc: Document): string[] {
  const links = elements(doc, 'link').filter(({ attribs }) => loadingLinks.test(attribs.rel!));
  return [
    ...links.map(({ attribs }) => attribs.href!),
    ...loading.flatMap(([attribute, ...names]) =>
      valuesOf(doc, attribute, ...names).flatMap((value) =>
        attribute.endsWith('srcset') ? value.split(',').map((each) => each.trim().split(/\s+/)[0]!) : value,
      ),
    ),
  ];
}

const env = { ACCENT: '#7a1f4b', CONTACT_MAIL: 'desk@paper.example' };

forEachSite('the paper is open', { env }, (get) => {
  let stories: Story[];
  /** Every page that can be reached from the front by links, and what was answered. */
  const reached = new Map<string, Got>();

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const { story, other } = await publishFull(get(), await addMedia(get()));
    const long = Array.from({ length: 60 }, (_, index) =>
      paragraph(`Paragraph ${index} of a long read, with words that go on & on <for> a while.`),
    );
    const imported = await get().write((tx) =>
      importStory(tx, {
        source: 'csv:test',
        sourceId: '1',
        hash: 'a',
        content: contentOf('From an archive', { body: long, credit: 'Agencies' }),
        state: 'published',
        published: fromLocal({ year: 2009, month: 7, day: 28 }, zone),
      }),
    );
    stories = [
      story,
      other,
      imported.story,
      await get().publish(contentOf('A sensitive story', { sensitive: true, body: long })),
      await get().publish(contentOf('Another language', { language: 'pt', body: [paragraph('Palavras')] })),
    ];
    await get().write((tx) => setFront(tx, { slots: stories.map(({ id }) => id), actor }));
    await crawl();
  });

  async function crawl(): Promise<void> {
    const waiting = ['/'];
    for (const path of waiting) {
      const got = await get().get(path);
      reached.set(path, got);
      if (!got.headers['content-type']?.startsWith('text/html')) continue;
      const doc = parse(got.text);
      for (const href of [...valuesOf(doc, 'href', 'a', 'link'), ...loads(doc)]) {
        const url = new URL(href, `${get().origin}${path}`);
        const next = `${url.pathname}${url.search}`;
        if (url.origin === get().origin && !waiting.includes(next)) waiting.push(next);
      }
    }
  }

  const pages = () =>
    [...reached].filter(([, { headers }]) => headers['content-type']?.startsWith('text/html') === true);

  it('shows every story whole to whoever asks, and says that it costs nothing', async () => {
    const squeezed = (text: string) => text.replaceAll(/\s+/g, '');
    for (const story of stories) {
      for (const headers of [
        {},
        { cookie: 'session=nobody' },
        { 'user-agent': 'curl/8' },
        { 'save-data': 'on' },
      ] as const) {
        const got = await get().get(story.path!, headers as Record<string, string>);
        const doc = parse(got.text);
        const said = squeezed(wordsOf(one(doc, 'article', 'story')));
        const labels = squeezed(valuesOf(doc, 'aria-label').join(' '));
        for (const block of story.body as Block[]) {
          for (const line of blockText(block).split('\n')) {
            assert.ok(
              said.includes(squeezed(line)) || labels.includes(squeezed(line)),
              `${story.headline}: ${line}`,
            );
          }
        }
        assert.equal(structuredData(doc)[0]!.isAccessibleForFree, true);
      }
      const text = squeezed(wordsOf(parse((await get().get(`/text${story.path}`)).text)));
      for (const block of story.body as Block[]) {
        for (const line of blockText(block).split('\n')) assert.ok(text.includes(squeezed(line)), line);
      }
    }
  });

  it('leads nowhere that is not there', () => {
    assert.ok(pages().length > 40, String(pages().length));
    // A page of one's own leads whoever is not signed in to where that is done.
    const isOwn = ({ status, headers }: Got) =>
      status === 303 && (headers.location ?? '').startsWith('/sign-in?');
    const bad = [...reached].filter(([, got]) => got.status !== 200 && got.status !== 302 && !isOwn(got));
    assert.deepEqual(
      bad.map(([path, { status }]) => `${status} ${path}`),
      [],
    );
  });

  it('reaches every story from the front', () => {
    for (const path of stories.map((story) => story.path!)) {
      assert.ok(reached.has(path), path);
      assert.ok(reached.has(`/text${path}`), path);
    }
  });

  it('sets no cookie', async () => {
    for (const [path, { headers }] of reached) assert.equal(headers['set-cookie'], undefined, path);
    for (const path of ['/', stories[0]!.path!, '/nowhere', '/search?q=x']) {
      const { headers } = await get().get(path, { cookie: 'a=b; session=c' });
      assert.equal(headers['set-cookie'], undefined, path);
    }
  });

  it('loads nothing from anybody else, and runs nothing that stands in a page', async () => {
    for (const [path, { text }] of pages()) {
      const doc = parse(text);
      for (const address of loads(doc)) assert.match(address, /^\/(?![/\\])/, `${path} loads ${address}`);
      for (const { name, attribs } of elements(doc)) {
        assert.ok(
          !['iframe', 'object', 'embed', 'applet', 'base', 'style', 'frame'].includes(name),
          `${path}: ${name}`,
        );
        assert.ok(!('style' in attribs), `${path}: a style on ${name}`);
        assert.deepEqual(
          Object.keys(attribs).filter((each) => each.startsWith('on')),
          [],
          path,
        );
        if (name === 'script') {
          assert.ok(attribs.type === 'module' || attribs.type === 'application/ld+json', path);
          assert.equal('src' in attribs, attribs.type === 'module', path);
        }
        if (name === 'meta') assert.notEqual(attribs['http-equiv']?.toLowerCase(), 'refresh');
        if (name === 'form') assert.match(attribs.action!, /^\/(?!\/)/);
      }
    }
    for (const [path, { text, headers }] of reached) {
      if (!headers['content-type']?.startsWith('text/css')) continue;
      for (const [, address] of text.matchAll(/url\(\s*['"]?([^'")]+)/g))
        assert.match(address!, /^(\/|\.\/|data:)/, path);
      assert.doesNotMatch(text, /@import/);
    }
  });
});
