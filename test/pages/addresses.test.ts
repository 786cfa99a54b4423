import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { addRedirect, saveSection } from '../../src/stories/index.ts';
import { contentOf, forEachSite, type PublishedStory } from '../rig/site.ts';

forEachSite('addresses', {}, (get) => {
  let story: PublishedStory;
  let arabic: PublishedStory;
  let accented: PublishedStory;
  /** The first address and the second one of the story. */
  let old: string[];

  before(async () => {
    await get().write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
    const first = await get().publish(
      contentOf('First name', {
        topics: ['harbour'],
        byline: [{ author: 'ann-bell', name: 'Ann Bell' }],
        series: { slug: 'tides' },
      }),
    );
    await get().update(first.id, { slug: 'second-name' });
    story = (await get().update(first.id, { slug: 'last-name' })) as PublishedStory;
    old = [first.path, first.path.replace('first-name', 'second-name')];
    arabic = await get().publish(contentOf('الميناء يستيقظ', { language: 'ar', direction: 'rtl' }));
    accented = await get().publish(contentOf('Пристань élan'));
    for (const [from, to] of [
      ['/article.php?id=17', story.path],
      ['/archive/old-piece.html', story.path],
      ['/WP/2009/Some-Piece/', story.path],
      ['/media/2009/old-piece', story.path],
      ['/sports-pages', '/news'],
      ['/partner', 'https://partner.example/paper?from=us'],
    ] as const) {
      await get().write((tx) => addRedirect(tx, { from, to }));
    }
  });

  /** Leads there for good, in one hop: what is there answers. */
  async function leads(from: string, to: string): Promise<void> {
    const got = await get().get(from);
    assert.deepEqual([got.status, got.headers.location], [301, to], from);
    assert.equal((await get().get(to)).status, 200, to);
  }

  /** One address in the ways in which people and programs write it. */
  const written = (path: string) =>
    [
      `${path}/`,
      `${path}//`,
      `${path}.html`,
      `${path}.htm`,
      `${path}/index.html`,
      `${path}/amp`,
      path.toUpperCase(),
      `${path.toUpperCase()}.HTML`,
      `/${path}`,
      `//${path}/`,
      path.replaceAll('/', '//'),
      `/.${path}/`,
      `/x/..${path}`,
    ].filter((other) => other !== path);

  it('lead from each former slug to the story, with the query, in one hop', async () => {
    for (const path of old) {
      await leads(path, story.path);
      await leads(`${path}?utm_source=mail&page=2`, `${story.path}?utm_source=mail&page=2`);
      for (const other of written(path)) await leads(other, story.path);
      await leads(`/text${path}`, `/text${story.path}`);
      await leads(`/TEXT${path}/?a=1`, `/text${story.path}?a=1`);
    }
    await leads(old[0]!.replace('first', '%66%69rst'), story.path);
  });

  it('lead from every other way to write one to the way that we write it', async () => {
    for (const path of [
      story.path,
      `/text${story.path}`,
      '/news',
      '/topics/harbour',
      '/authors/ann-bell',
      '/series/tides',
      '/about',
      '/archive',
      '/topics',
      '/text',
      '/text/news',
      '/text/topics/harbour',
      '/text/archive',
      '/2026/11/24',
      '/text/2026/11',
      '/2026',
    ]) {
      assert.equal((await get().get(path)).status, 200, path);
      for (const other of written(path)) {
        await leads(other, path);
        await leads(`${other}?q=1`, `${path}?q=1`);
      }
    }
    await leads('/index.html', '/');
    await leads('/index.php?x=1', '/?x=1');
    const short = await get().get(`/s/${story.code}/`);
    assert.deepEqual([short.status, short.headers.location], [301, `/s/${story.code}`]);
  });

  it('hold letters of every script, encoded in whatever way', async () => {
    for (const { path } of [arabic, accented]) {
      const encoded = encodeURI(path);
      assert.equal((await get().get(encoded)).status, 200);
      assert.equal((await get().get(encoded.toLowerCase())).status, 200, 'small hexadecimal digits');
      for (const other of [`${encoded}/`, `${encoded}.html`, `/${encoded}`, encodeURI(path.toUpperCase())]) {
        if (other !== encoded) await leads(other, encoded);
      }
      await leads(`/text${encoded}/`, `/text${encoded}`);
    }
    assert.match(accented.path, /пристань-elan$/);
    await get().update(arabic.id, { slug: 'العودة' });
    const now = encodeURI(arabic.path.replace(/[^/]+$/, 'العودة'));
    await leads(`${encodeURI(arabic.path)}?x=%C3%A9`, `${now}?x=%C3%A9`);
    await leads(`${encodeURI(arabic.path)}/`, now);
  });

  it('lead from addresses of a former site, whose query was part of the name', async () => {
    await leads('/article.php?id=17', story.path);
    await leads('/article.php?id=17&utm_source=x', story.path);
    await leads('/Article.PHP?id=17', story.path);
    await leads('//article.php?id=17', story.path);
    await leads('/archive/old-piece.html', story.path);
    await leads('/archive/OLD-piece.html?from=feed', `${story.path}?from=feed`);
    await leads('/media/2009/old-piece', story.path);
    await leads('/WP/2009/Some-Piece/', story.path);
    await leads('/WP/2009/Some-Piece/?x=1', `${story.path}?x=1`);
    await leads('/sports-pages/', '/news');
    assert.equal((await get().get('/article.php?id=18')).status, 404);
    assert.equal((await get().get('/article.php')).status, 404);
    const partner = await get().get('/partner?a=b');
    assert.equal(partner.headers.location, 'https://partner.example/paper?from=us&a=b');
  });

  it('lead nowhere when nothing is or was there', async () => {
    for (const path of [
      '/2026/11/24/never',
      '/nothing',
      '/topics/nothing',
      '/authors/nobody',
      '/series/none',
      '/s/none',
    ]) {
      assert.equal((await get().get(path)).status, 404, path);
      for (const other of written(path)) assert.equal((await get().get(other)).status, 404, other);
    }
    const gone = await get().publish(contentOf('Withdrawn', { slug: 'one' }));
    await get().update(gone.id, { slug: 'two' });
    await get().unpublish(gone.id);
    const one = gone.path;
    const two = gone.path.replace(/one$/, 'two');
    for (const path of [one, two, ...written(one), ...written(two)]) {
      assert.equal((await get().get(path)).status, 404, path);
    }
    const killed = await get().publish(contentOf('Killed', { slug: 'three' }));
    await get().update(killed.id, { slug: 'four' });
    await get().kill(killed.id);
    for (const path of [killed.path, ...written(killed.path)]) {
      for (const each of [path, path.replace(/three/i, 'four')]) {
        const got = await get().get(each);
        assert.deepEqual([got.status, got.headers.location], [410, undefined], each);
      }
    }
  });

  it('never lead to another site', async () => {
    const evil = [
      '//evil.example',
      '//evil.example/',
      '///evil.example//',
      '/%2f/evil.example',
      '/%5cevil.example/',
      '/%5c%5cevil.example',
      '//evil.example/%2e%2e',
      '/.//evil.example/',
      '//evil.example/index.html',
      '//evil.example%2f%2e%2e/NEWS',
      '/https://evil.example/',
      '/HTTPS:/evil.example',
      '/%09/evil.example/',
      '/%0d%0aLocation:%20https://evil.example/',
      `${story.path}%0d%0aSet-Cookie:%20a=b/`,
      `${story.path}/?next=//evil.example%0d%0aSet-Cookie:a=b`,
      '/;@evil.example/',
      '/@evil.example/',
      '//news@evil.example/NEWS',
      '/search/?q=//evil.example',
      '/NEWS?//evil.example',
    ];
    const raw = [
      '/\\evil.example/',
      '\\\\evil.example\\NEWS',
      'http://evil.example/NEWS',
      'https://evil.example//',
      'http://evil.example/news/',
      '//evil.example\\@paper.example/NEWS',
    ];
    const heads = [
      ...(await Promise.all(evil.map(async (path) => [path, await get().get(path)] as const))).map(
        ([path, { status, headers }]) => ({
          path,
          status,
          location: headers.location,
          cookie: headers['set-cookie'],
        }),
      ),
      ...(await Promise.all(
        raw.map(async (path) => {
          const answer = await get().say(
            `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
          );
          const head = answer.split('\r\n\r\n')[0]!;
          return {
            path,
            status: Number(head.split(' ')[1]),
            location: /^location: (.*)$/im.exec(head)?.[1],
            cookie: /^set-cookie/im.exec(head)?.[0],
          };
        }),
      )),
    ];
    for (const { path, status, location, cookie } of heads) {
      assert.ok(status < 500, path);
      assert.equal(cookie, undefined, path);
      if (location === undefined) continue;
      assert.equal(new URL(location, get().origin).origin, get().origin, `${path} -> ${location}`);
      assert.match(location, /^\/(?![/\\])/, path);
    }
  });
});
