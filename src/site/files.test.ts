import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { loadConfig } from '../platform/config.ts';
import { FixedClock } from '../platform/clock.ts';
import { testNow } from '../platform/database/testing.ts';
import { PageStore } from '../platform/http/page-store.ts';
import { startTestServer, testOrigin, type TestServer } from '../platform/http/testing.ts';
import { quarters } from '../platform/media/testing.ts';
import { siteFileRoutes } from './files.ts';
import { houseAccent, housePaper, iconSvg } from './paper-icon.ts';
import { openSearch, robotsTxt, securityTxt, trustTxt, webManifest } from './plain-files.ts';
import { loadSite, type Site } from './site.ts';
import { assertXml, childrenOf, nasty, textIn } from './testing.ts';

const folder = await mkdtemp(join(tmpdir(), 'freesheet-site-'));
const servers: TestServer[] = [];
after(async () => {
  for (const { server } of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The files of a paper with these settings. */
async function serve(settings: Record<string, string> = {}) {
  const config = loadConfig({
    DATA_DIR: folder,
    ORIGIN: testOrigin,
    NAME: 'The Harbour Ledger',
    ...settings,
  });
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ assets: { stylesheet: '/a.css', font: '/a.woff2', islands: {} } }),
  );
  const site = loadSite(config, folder);
  const clock = new FixedClock(testNow);
  const store = new PageStore({ clock, bytes: 1_000_000 });
  const served = await startTestServer(siteFileRoutes({ config, site, clock }), { clock, store });
  servers.push(served);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const got = await served.ask(path, { headers });
    return { ...got, text: got.body.toString() };
  };
  return { ask, site, clock };
}

/** Whether robots.txt lets a path be fetched (RFC 9309, section 2.2.2: the longest rule wins, and allowing wins a tie). */
function isAllowed(robots: string, path: string): boolean {
  let [longest, allowed] = [-1, true];
  for (const line of robots.split('\n')) {
    const [, kind, pattern] = /^(Allow|Disallow): (\S+)$/.exec(line) ?? [];
    if (!pattern || pattern.length < longest) continue;
    const escaped = pattern.replaceAll(/[.+?^{}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    if (!new RegExp(`^${escaped}`).test(path)) continue;
    allowed = pattern.length === longest ? allowed || kind === 'Allow' : kind === 'Allow';
    longest = pattern.length;
  }
  return allowed;
}

describe('robots.txt', () => {
  it('lets crawlers read everything but answers to questions, the desk and the API', async () => {
    const { ask } = await serve();
    const { text, headers } = await ask('/robots.txt');
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    for (const path of [
      '/',
      '/2009/07/28/search',
      '/search-and-rescue',
      '/desktops',
      '/apiary',
      '/news/feed.xml',
    ])
      assert.ok(isAllowed(text, path), path);
    for (const path of [
      '/search',
      '/search?q=harbour',
      '/search/x',
      '/desk',
      '/desk/queue',
      '/api/v1/stories',
    ])
      assert.ok(!isAllowed(text, path), path);
    assert.match(text, /^Sitemap: http:\/\/paper\.example\/sitemap\.xml$/m);
    assert.match(text, /^Sitemap: http:\/\/paper\.example\/news-sitemap\.xml$/m);
  });
});

describe('trust.txt and security.txt', () => {
  it('name whom to write to', async () => {
    const { ask } = await serve({ CONTACT_MAIL: "o'neil+desk@paper.example", PUBLISHER: 'Ledger Press' });
    const trust = (await ask('/trust.txt')).text;
    assert.equal((await ask('/.well-known/trust.txt')).text, trust);
    assert.match(trust, /^contact=mailto:o'neil%2Bdesk@paper\.example$/m);
    assert.match(trust, /^disclosure=http:\/\/paper\.example\/about$/m);
    assert.match(trust, /^# .*Ledger Press/m);
    const { text, headers } = await ask('/.well-known/security.txt');
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    const fields = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/: (.*)/) as [string, string]),
    );
    assert.equal(fields.get('Contact'), "mailto:o'neil%2Bdesk@paper.example");
    assert.equal(fields.get('Canonical'), 'http://paper.example/.well-known/security.txt');
    assert.equal(fields.get('Preferred-Languages'), 'en');
    assert.equal(fields.get('Expires'), '2027-06-01T00:00:00Z');
  });

  it('never let it expire while the site runs', async () => {
    const { ask, clock } = await serve({ CONTACT_MAIL: 'desk@paper.example' });
    for (let month = 0; month < 30; month += 1) {
      const { text } = await ask('/.well-known/security.txt');
      const left = Date.parse(/^Expires: (.*)$/m.exec(text)![1]!) - clock.now();
      assert.ok(left > 180 * 86_400_000 && left < 365 * 86_400_000, String(left));
      clock.advance(17 * 86_400_000);
    }
  });

  it('are without an address where none is set', async () => {
    const { ask } = await serve();
    assert.match((await ask('/trust.txt')).text, /^contact=http:\/\/paper\.example\/about$/m);
    const got = await ask('/.well-known/security.txt');
    assert.equal(got.status, 404);
    assert.equal(JSON.parse(got.text).code, 'page.not-found');
  });
});

describe('manifest and search description', () => {
  it('describe the paper, with icons that are there', async () => {
    const { ask } = await serve({ TAGLINE: 'News of the coast', LANGUAGE: 'pt-PT' });
    const got = await ask('/manifest.webmanifest');
    assert.equal(got.headers['content-type'], 'application/manifest+json; charset=utf-8');
    const manifest = JSON.parse(got.text);
    assert.equal(manifest.name, 'The Harbour Ledger');
    assert.equal(manifest.start_url, '/');
    assert.equal(manifest.lang, 'pt-PT');
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await ask(src);
      assert.equal(icon.status, 200);
      assert.equal(icon.headers['content-type'], type);
      if (sizes === 'any') continue;
      const { width, height, format } = await sharp(icon.body).metadata();
      assert.deepEqual([`${width}x${height}`, `image/${format}`], [sizes, type]);
    }
  });

  it('tell browsers how to search', async () => {
    const { ask, site } = await serve({ NAME: 'The Advertiser & Harbour Ledger of the Southern Coasts' });
    const got = await ask('/opensearch.xml');
    assert.equal(got.headers['content-type'], 'application/opensearchdescription+xml; charset=utf-8');
    const root = assertXml(got.text);
    assert.equal(textIn(root, 'ShortName'), 'The Advertiser &');
    assert.ok(textIn(root, 'LongName')!.length <= 48);
    assert.ok(textIn(root, 'Description')!.includes(site.name));
    const search = childrenOf(root, 'Url').find(({ attributes }) => attributes.type === 'text/html');
    assert.equal(search!.attributes.template, 'http://paper.example/search?q={searchTerms}');
  });
});

describe('icons', () => {
  it('show the first letter on the accent', async () => {
    const { ask } = await serve({ ACCENT: '#aa1122' });
    const { body, headers } = await ask('/icon-512.png');
    const { data, info } = await sharp(body).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
    ];
    assert.deepEqual(at(2, 2), [0xaa, 0x11, 0x22]);
    // The letter is all within the circle that launchers leave whole, and it is white.
    let white = 0;
    for (let y = 0; y < 512; y += 1)
      for (let x = 0; x < 512; x += 1)
        if (at(x, y)[1]! > 200) {
          white += 1;
          assert.ok(Math.hypot(x - 256, y - 256) < 206, `${x} ${y}`);
        }
    assert.ok(white > 5000, String(white));
    const again = await ask('/icon-512.png', { 'if-none-match': headers.etag! });
    assert.equal(again.status, 304);
    const { text } = await ask('/favicon.svg');
    assertXml(text);
    assert.match(text, /fill="#aa1122"/);
    // Its letters are drawn: a style or a font would not load under the policy of every answer.
    assert.doesNotMatch(text, /<text|style|font/);
  });

  it('come as an .ico of three sizes', async () => {
    const { ask } = await serve();
    const { body, headers } = await ask('/favicon.ico');
    assert.equal(headers['content-type'], 'image/x-icon');
    assert.deepEqual([body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt16LE(4)], [0, 1, 3]);
    for (const [index, size] of [16, 32, 48].entries()) {
      const at = 6 + index * 16;
      const offset = body.readUInt32LE(at + 12);
      const picture = body.subarray(offset, offset + body.readUInt32LE(at + 8));
      const { width, height, format } = await sharp(picture).metadata();
      assert.deepEqual([body[at], width, height, format], [size, size, size, 'png']);
    }
  });

  it('take the letter from names in any script, and draw a sheet where there is no outline', async () => {
    const draw = (name: string, language = 'en') =>
      iconSvg({ name, language, accent: houseAccent, logo: undefined });
    const same = async (one: string, other: string) => assert.equal(await draw(one), await draw(other));
    await same('The Ledger', 'Ledger');
    await same('the  ledger', '“Ledger”');
    await same('Árbol', 'A');
    await same('O\u0308l', 'Öl');
    await same('istanbul', 'Istanbul');
    await same('Журнал', '日本');
    assert.notEqual(await draw('The'), await draw('Ledger'));
    assert.notEqual(await draw('Öl'), await draw('Ol'));
    assert.match(await draw('Журнал'), /stroke=/);
    assert.match(await iconSvg({ name: 'A', language: 'en', accent: '#ffee00', logo: undefined }), /#17191d/);
    await same('', '🌊');
  });

  it('are in the colours of the stylesheet', () => {
    const tokens = readFileSync(new URL('theme/tokens.css', import.meta.url), 'utf8');
    assert.ok(tokens.includes(`--accent: ${houseAccent};`) && tokens.includes(`--paper: ${housePaper};`));
  });
});

describe('the logo', () => {
  const logo = async (name: string, body: Buffer) => {
    const path = join(folder, name);
    await writeFile(path, body);
    return serve({ LOGO: path });
  };

  it('is served as it is, and stands in the icons', async () => {
    const file = await quarters(200, 200);
    const { ask, site } = await logo('logo.png', file);
    assert.equal(site.logoHref, '/logo');
    const got = await ask('/logo');
    assert.equal(got.headers['content-type'], 'image/png');
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.deepEqual(got.body, file);
    const { data } = await sharp((await ask('/icon-192.png')).body)
      .extract({ left: 60, top: 60, width: 1, height: 1 })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([...data], [255, 0, 0]);
    const svg = assertXml((await ask('/favicon.svg')).text);
    assert.match(svg.children[0]!.attributes.href!, /^data:image\/png;base64,/);
  });

  it('stands in no icon when it is a long line of letters', async () => {
    const wide = await logo(
      'wide.webp',
      await sharp(await quarters(600, 100))
        .webp()
        .toBuffer(),
    );
    const none = await serve();
    assert.equal((await wide.ask('/logo')).headers['content-type'], 'image/webp');
    assert.deepEqual((await wide.ask('/icon-192.png')).body, (await none.ask('/icon-192.png')).body);
  });

  it('is refused when it is something else, saying what to do', async () => {
    const drawn = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const cut = (await quarters(200, 200)).subarray(0, 300);
    for (const [name, body] of [
      ['drawn.png', Buffer.from(drawn)],
      ['text.png', Buffer.from('hello')],
      ['cut.png', cut],
      ['large.png', Buffer.concat([await quarters(20, 20), Buffer.alloc(3_000_000)])],
    ] as const) {
      const { ask } = await logo(name, body);
      const got = await ask('/logo');
      assert.equal(got.status, 500, name);
      assert.equal(JSON.parse(got.text).code, 'site.logo-unreadable');
      assert.match(JSON.parse(got.text).message, /Set LOGO to a PNG, JPEG or WebP file/);
    }
    const { ask } = await serve({ LOGO: join(folder, 'missing.png') });
    assert.equal((await ask('/logo')).status, 500);
    // Put in place, it is there without a restart.
    await writeFile(join(folder, 'missing.png'), await quarters(20, 20));
    assert.equal((await ask('/logo')).status, 200);
  });

  it('is not there when none is set', async () => {
    const { ask } = await serve();
    assert.equal((await ask('/logo')).status, 404);
  });
});

describe('the stylesheet of the accent', () => {
  it('is kept for ever under the name of its content, and else asked for anew', async () => {
    const { ask, site } = await serve({ ACCENT: '#aa1122' });
    const named = await ask(site.themeHref!);
    assert.equal(named.headers['content-type'], 'text/css; charset=utf-8');
    assert.equal(named.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.match(named.text, /--accent:#aa1122/);
    for (const path of ['/theme.css', '/theme.css?v=00000000'])
      assert.equal((await ask(path)).headers['cache-control'], 'no-cache', path);
    assert.equal((await (await serve()).ask('/theme.css')).status, 404);
  });
});

describe('the formats of the site’s files', () => {
  it('hold whatever the paper is called', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, publisher) => {
        const site = { name, publisher, tagline: name, origin: testOrigin, language: 'en' } as Site;
        assertXml(openSearch(site));
        assert.ok(JSON.stringify(webManifest(site, { paper: housePaper })).isWellFormed());
        assert.match(trustTxt(site), /^# [^\r\n\u2028]*\n# [^\r\n\u2028]*\ndisclosure=\S+\ncontact=\S+\n$/);
        assert.match(securityTxt(site, 'a@b.example', testNow), /^Contact: \S+\nExpires: \S+\n/);
        assert.ok(robotsTxt(site).startsWith('User-agent: *\n'));
      }),
      { numRuns: 500 },
    );
  });
});
