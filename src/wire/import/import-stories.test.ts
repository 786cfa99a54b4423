import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { forEachDatabase } from '../../platform/database/testing.ts';
import { phoneVideo, quarters } from '../../platform/media/testing.ts';
import { findDocuments } from '../../platform/search/search.ts';
import { findRedirect, isoOf, listSections, listStories } from '../../stories/index.ts';
import type { ImportOptions } from './import-run.ts';
import { words } from '../testing/html.ts';
import { findIn, kept, reportOf } from '../testing/kept.ts';
import { importInto, importText, inFolder, wireMigrations } from '../testing.ts';

const table = (rows: readonly string[]) => ['id,title,date,text,section', ...rows].join('\n');

forEachDatabase('stories that come in', wireMigrations, (get) => {
  const importCsv = (name: string, text: string, more?: Partial<ImportOptions>) =>
    importText(get(), `${name}.csv`, text, more);
  const importNinjs = (items: unknown, more?: Partial<ImportOptions>) =>
    importText(get(), 'items.json', JSON.stringify(items), more);
  const find = (source: string, id: string) => findIn(get(), source, id);

  it('brings stories in with their dates, sections, authors and topics, and shows them', async () => {
    const result = await importCsv(
      'first',
      'id,title,date,text,section,tags,author\n1,A day in July,2009-07-28,"Some words.",World news,"Sea; Zażółć",Ann Lee\n2,A minute,2009-07-28 10:30,More words.,World news,sea,\n3,A year,2009,Words.,,,\n',
    );
    assert.deepEqual(result.counts, { outcomes: { created: 3 }, held: 0, notes: {} });
    const day = await find('csv:first', '1');
    assert.deepEqual(
      [day.state, day.path, isoOf(day.published!)],
      ['published', '/2009/07/28/a-day-in-july', '2009-07-28'],
    );
    assert.deepEqual(
      [day.section, day.topics, day.byline],
      ['world-news', ['sea', 'zazolc'], [{ author: 'ann-lee', name: 'Ann Lee' }]],
    );
    assert.equal(isoOf((await find('csv:first', '2')).published!), '2009-07-28T10:30:00+01:00');
    assert.equal(isoOf((await find('csv:first', '3')).published!), '2009');
    const { read } = get().database;
    assert.deepEqual(
      (await listSections(read)).map(({ slug, name }) => [slug, name]),
      [['world-news', 'World news']],
    );
    for (const list of [{}, { section: 'world-news' }, { topic: 'sea' }])
      assert.ok((await listStories(read, { ...list, limit: 10 })).items.some(({ id }) => id === day.id));
    assert.equal((await findDocuments(read, { words: 'July', limit: 5 })).total, 1);
  });

  it('gives a section another address where its own belongs to the site', async () => {
    const result = await importCsv(
      'sections',
      table(['1,A,2009-07-28,x,Search', '2,B,2009-07-28,x,2009', '3,C,2009-07-28,x,???']),
    );
    assert.deepEqual(result.counts.notes, { 'section.renamed': 2, 'section.no-name': 1 });
    assert.deepEqual(
      [
        (await find('csv:sections', '1')).section,
        (await find('csv:sections', '2')).section,
        (await find('csv:sections', '3')).section,
      ],
      ['search-news', '2009-news', undefined],
    );
  });

  it('sends old addresses here, and names the first place of a story unless it was ours', async () => {
    const text =
      'id,title,date,text,url,old_url\n1,A,2009-07-28,x,https://old.example/News/a.html?id=1,/a?x=1 https://old.example/b';
    await importCsv('moved', text);
    const story = await find('csv:moved', '1');
    assert.equal(story.canonical, 'https://old.example/News/a.html?id=1');
    for (const path of ['/News/a.html?id=1', '/a?x=1', '/b'])
      assert.deepEqual(await findRedirect(get().database.read, path), { to: story.path, gone: false }, path);
    const own = await importCsv(
      'own',
      text.replaceAll('old.example', 'ours.example').replaceAll('/a', '/c').replaceAll('/b', '/d'),
      { isOwn: true },
    );
    assert.deepEqual([(await find('csv:own', '1')).canonical, own.counts.notes], [undefined, {}]);
  });

  it('takes pictures from beside the file, and looks again for those that were missing', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'pictures.csv');
      await writeFile(
        file,
        'id,title,date,text,image,alt\n1,A,2009-07-28,"<p>x</p><img src=""https://old.example/up/2009/two.png"" alt=""Two""><img src=""bad.png""><img src=""art.svg"">",one.png,One\n2,B,2009-07-28,x,late.png,Late',
      );
      await mkdir(join(folder, 'images'));
      await writeFile(join(folder, 'one.png'), await quarters(40, 30));
      await writeFile(join(folder, 'images', 'two.png'), await quarters(60, 30));
      await writeFile(join(folder, 'bad.png'), 'no picture');
      await writeFile(join(folder, 'art.svg'), '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
      const first = await importInto(get(), file);
      assert.deepEqual(Object.keys(first.counts.notes).sort(), [
        'file.refused',
        'picture.by-name',
        'picture.missing',
        'picture.words',
      ]);
      assert.equal(
        (await reportOf(first.report)).filter(([, , , code]) => code === 'file.refused').length,
        2,
      );
      const one = await find('csv:pictures', '1');
      assert.deepEqual([one.lead?.alt, one.body.map(({ type }) => type)], ['One', ['paragraph', 'picture']]);
      assert.equal((await find('csv:pictures', '2')).lead, undefined);
      const before = await kept(get());
      assert.deepEqual((await importInto(get(), file)).counts.outcomes, { unchanged: 2 });
      assert.equal(await kept(get()), before);
      await writeFile(join(folder, 'late.png'), await quarters(20, 30));
      assert.deepEqual((await importInto(get(), file)).counts.outcomes, { unchanged: 1, updated: 1 });
      assert.equal((await find('csv:pictures', '2')).lead?.alt, 'Late');
    }));

  it('takes sound and film with their captions, and says what is not there', () =>
    inFolder(async (folder) => {
      const feed = (media: string) =>
        `<rss><channel><link>https://films.example/</link><item><guid>1</guid><title>A</title><pubDate>2009-07-28</pubDate><content:encoded><![CDATA[<p>x</p>${media}]]></content:encoded></item></channel></rss>`;
      const file = join(folder, 'films.xml');
      await writeFile(join(folder, 'phone.mp4'), phoneVideo());
      await writeFile(join(folder, 'en.vtt'), 'WEBVTT\n\n00:00.000 --> 00:01.000\nWaves\n');
      const film = (captions: string) =>
        `<video src="phone.mp4" title="A film" poster="late.png"><track src="${captions}"></video><audio src="https://films.example/a.mp3" title="Waves"></audio><audio src="b.mp3"></audio>`;
      await writeFile(file, feed(film('gone.vtt')));
      const first = await importInto(get(), file);
      assert.deepEqual(Object.keys(first.counts.notes).sort(), [
        'audio.elsewhere',
        'audio.missing',
        'captions.missing',
        'file.location-removed',
        'picture.missing',
      ]);
      const types = async () => (await find('feed:films.example', '1')).body.map(({ type }) => type);
      assert.deepEqual(await types(), ['paragraph', 'video', 'embed']);
      await writeFile(file, feed(film('en.vtt')));
      await writeFile(join(folder, 'late.png'), await quarters(20, 30));
      assert.deepEqual((await importInto(get(), file)).counts.outcomes, { updated: 1 });
      const video = (await find('feed:films.example', '1')).body.find((block) => block.type === 'video');
      assert.ok(video?.captions && video.poster);
    }));

  it('reads no file outside the folder of the import', () =>
    inFolder(async (outer) => {
      const folder = join(outer, 'inner');
      await mkdir(folder);
      await writeFile(join(outer, 'secret.png'), await quarters(40, 30));
      await symlink(join(outer, 'secret.png'), join(folder, 'link.png'));
      const addresses = [
        '../secret.png',
        '..%2Fsecret.png',
        '/../secret.png',
        join(outer, 'secret.png'),
        `file://${join(outer, 'secret.png')}`,
        'link.png',
        '..\\secret.png',
      ];
      const file = join(folder, 'outside.csv');
      await writeFile(
        file,
        ['id,title,date,text,image', ...addresses.map((image, id) => `${id},A,2009-07-28,x,${image}`)].join(
          '\n',
        ),
      );
      const result = await importInto(get(), file);
      assert.equal(result.counts.notes['picture.missing'], addresses.length);
      assert.equal(dirname(file), folder);
    }));

  it('keeps any JSON string in both databases, and finds it unchanged the next time', async () => {
    const strange = fc.oneof(
      words,
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('\0', 'a\0b', '\uD83C', '\uFFFF', '\u0085', '\\u0000', "'; drop table story; --"),
    );
    const item = fc.record({ a: strange, b: strange, c: strange, d: strange });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 10, maxLength: 10 }), async (found) => {
        const items = found.map(({ a, b, c, d }) => ({
          uri: `urn:${(number += 1)}${a}`,
          versioncreated: '2019-01-01T10:00:00Z',
          headlines: [{ value: `${b}.` }, { role: 'kicker', value: c }],
          bodies: [
            { contentType: 'text/html', value: `<p>${d}</p><p lang="${c}"><a href="/${a}">${b}</a></p>` },
          ],
          by: c,
          located: d,
          pubstatus: number % 2 === 0 ? 'usable' : d,
          language: 'en',
          infosources: [{ name: a }],
          subjects: [{ name: b, rel: 'section' }, { name: c }, { name: d }],
          altids: { url: a },
        }));
        const first = await importNinjs(items);
        assert.deepEqual(first.counts.outcomes, { created: 10 });
        assert.deepEqual((await importNinjs(items)).counts.outcomes, { unchanged: 10 });
      }),
      { numRuns: 6 },
    );
  });

  it('says which encoding it guessed', async () => {
    const text = Buffer.concat([
      Buffer.from('id,title,date,text\n1,Caf'),
      Buffer.from([0xe9, 0x2c]),
      Buffer.from('2009-07-28,x'),
    ]);
    const result = await importText(get(), 'latin.csv', text);
    assert.deepEqual([result.encoding, result.isEncodingGuess], ['windows-1252', true]);
    assert.equal((await find('csv:latin', '1')).headline, 'Café');
  });
});
