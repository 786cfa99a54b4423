import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { forEachDatabase } from '../database/testing.ts';
import { highlight } from './highlight.ts';
import { migrations } from './migrations.ts';
import { parseQuery } from './query.ts';
import { findDocuments, putDocument, rebuildSearch, removeDocument, type SearchDocument } from './search.ts';
import { fold, tokensOf, wordsOf } from './tokens.ts';

const day = 86_400_000;

function document(
  id: string,
  title: string,
  summary: string,
  text: string,
  more: Partial<SearchDocument> = {},
) {
  return {
    id,
    path: `/${id}`,
    title,
    summary,
    text,
    authors: [],
    topics: [],
    language: 'en',
    at: 1000 * day,
    ...more,
  };
}

const corpus: SearchDocument[] = [
  document('lake', 'Regatta on the lake of Genève', 'Sails and sun', 'A hundred boats went out at dawn.'),
  document('bank', 'A bank mends its ways', 'From Geneva', 'The regatta was not mentioned once by the bank.'),
  document(
    'harbour',
    'Harbour wall to be raised',
    'Council votes on the sea wall',
    'The harbour wall protects the old town.',
    {
      section: 'news',
      authors: ['ann-bell', 'cy-moor'],
      at: 1010 * day,
    },
  ),
  document('wall', 'A painted wall', 'Street art', 'Nobody goes near the harbour at night.', {
    section: 'culture',
    authors: ['ann-bellamy'],
    at: 1020 * day,
  }),
  document('tokyo', '東京都の新しい図書館', '開館', '図書館は朝九時に開きます。', { language: 'ja' }),
  document('thai', 'ข่าววันนี้', 'ภาษาไทย', 'กรุงเทพมหานครเปิดสวนใหม่', { language: 'th' }),
  document('strasse', 'Die Straße nach Łódź', 'Reise', 'Æbler og øl i København.', { language: 'de' }),
  document('greek', 'Ο Οδυσσέας στην Ιθάκη', 'Έπος', 'Τέλος του ταξιδιού.', { language: 'el' }),
  document('arabic', 'مَدِينَة البحر', 'خبر', 'افتتح الميناء الجديد', { language: 'ar' }),
  document('owner', "The council's new clock", 'Time', "O'Neill wound it."),
  document('old', 'Ferry timetable', 'Winter', 'Boats twice daily.', { at: 10 * day }),
  document('new', 'Ferry timetable', 'Winter', 'Boats twice daily.', { at: 1030 * day }),
];

/** What a reader types, and what must come first; the same on both databases. */
const relevance: readonly [words: string, first: string[], all?: boolean][] = [
  ['regatta', ['lake', 'bank'], true],
  ['harbour', ['harbour', 'wall'], true],
  ['harbour wall', ['harbour', 'wall']],
  ['"harbour wall"', ['harbour'], true],
  ['wall -harbour', [], true],
  ['wall -council', ['wall'], true],
  ['geneve', ['lake'], true],
  ['GENÈVE', ['lake'], true],
  ['gene', ['lake', 'bank'], true],
  ['gene regatta', [], true],
  ['東京', ['tokyo'], true],
  ['図書館', ['tokyo'], true],
  ['กรุงเทพ', ['thai'], true],
  ['strasse lodz', ['strasse'], true],
  ['aebler kobenhavn', ['strasse'], true],
  ['ΙΘΑΚΗ', ['greek'], true],
  ['τελος', ['greek'], true],
  ['مدينة', ['arabic'], true],
  ['council', ['owner', 'harbour'], true],
  ["o'neill", ['owner'], true],
  ['ferry', ['new', 'old'], true],
  ['nothinglikethis', [], true],
];

const nastyParts = `" ' * : ( ) & | ! <-> AND OR NOT NEAR \\ % _ ; - a wall é 東京 title: ^ { } + ǅ ﬁ 𝔸`
  .split(' ')
  .concat(' ', '', '\0', '\u200f', '\ud800', '\u200b');

forEachDatabase('search', migrations, (get) => {
  const find = (words: string, more = {}) =>
    findDocuments(get().database.read, { words, limit: 10, ...more });
  const ids = async (words: string, more = {}) => (await find(words, more)).items.map(({ id }) => id);

  it('puts what fits best first, as one table for both databases says', async () => {
    await get().database.write(async ({ db }) => {
      for (const each of corpus) await putDocument(db, each);
    });
    for (const [words, first, isAll] of relevance) {
      const found = await ids(words);
      assert.deepEqual(found.slice(0, first.length), first, words);
      if (isAll) assert.equal(found.length, first.length, words);
    }
  });

  it('filters by section, author and dates, alone or with words', async () => {
    assert.deepEqual(await ids('wall', { section: 'culture' }), ['wall']);
    assert.deepEqual(await ids('wall', { author: 'ann-bell' }), ['harbour']);
    assert.deepEqual(await ids('', { author: 'ann-bell' }), ['harbour']);
    assert.deepEqual(await ids('ferry', { from: 1000 * day }), ['new']);
    assert.deepEqual(await ids('ferry', { to: 1030 * day }), ['old']);
    assert.deepEqual(await ids('', {}), []);
  });

  it('marks what was found, in the words as they were written', async () => {
    const [item] = (await find('geneve')).items;
    assert.deepEqual(
      item!.title.filter(({ hit }) => hit).map(({ text }) => text),
      ['Genève'],
    );
    assert.equal(item!.title.map(({ text }) => text).join(''), 'Regatta on the lake of Genève');
  });

  it('finds a changed text by its new words alone, and a removed one not at all', async () => {
    const { database } = get();
    await database.write(({ db }) => putDocument(db, document('x', 'Quagga seen', '', 'In the park.')));
    assert.deepEqual(await ids('quagga'), ['x']);
    await database.write(({ db }) => putDocument(db, document('x', 'Zebra seen', '', 'In the park.')));
    assert.deepEqual(await ids('quagga'), []);
    assert.deepEqual(await ids('zebra'), ['x']);
    await database.write(({ db }) => removeDocument(db, 'x'));
    assert.deepEqual(await ids('zebra'), []);
    await database.write(({ db }) => removeDocument(db, 'x'));
  });

  it('goes on writing after much was removed at once', async () => {
    const { database } = get();
    const many = Array.from({ length: 20 }, (_, at) =>
      document(`gone-${at}`, `Okapi ${at}`, '', 'In the wood.'),
    );
    await database.write(async ({ db }) => {
      for (const each of many) await putDocument(db, each);
    });
    await database.write(async ({ db }) => {
      for (const { id } of many) await removeDocument(db, id);
    });
    assert.deepEqual(await ids('okapi'), []);
    await database.write(({ db }) => putDocument(db, document('x', 'Okapi seen', '', 'In the wood.')));
    assert.deepEqual(await ids('okapi'), ['x']);
    await database.write(({ db }) => removeDocument(db, 'x'));
  });

  it('pages to the end without a gap', async () => {
    const { database } = get();
    await database.write(async ({ db }) => {
      for (let index = 0; index < 25; index += 1) {
        await putDocument(db, document(`page-${index}`, 'Paging along', '', 'Same words.', { at: index }));
      }
    });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await find('paging', { after });
      assert.equal(page.total, 25);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    assert.equal(new Set(seen).size, 25);
  });

  it('takes whatever is typed', async () => {
    const nasty = fc.array(
      fc.oneof(fc.constantFrom(...nastyParts), fc.string({ unit: 'binary', maxLength: 5 })),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(nasty, async (parts) => {
        const { items, total } = await find(parts.join(''));
        assert.ok(items.length <= total);
      }),
      { numRuns: 300 },
    );
  });

  it('stores whatever a story may hold', async () => {
    const { database } = get();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (text) => {
        const clean = text.replaceAll('\0', '').toWellFormed();
        await database.write(({ db }) => putDocument(db, document('fuzz', clean, clean, clean)));
        const word = tokensOf(clean)[0];
        if (word) assert.ok((await ids(`"${word}"`, { limit: 50 })).length > 0, word);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same after it was built anew', async () => {
    const { database } = get();
    await database.write(({ db }) => rebuildSearch(db, corpus));
    assert.deepEqual(await ids('harbour'), ['harbour', 'wall']);
    assert.deepEqual(await ids('paging'), []);
  });
});

describe('search words', () => {
  it('folds to the same whatever way a letter is composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.equal(fold(text.normalize('NFD')), fold(text.normalize('NFC')));
        assert.equal(fold(fold(text)), fold(text));
      }),
    );
  });

  it('keeps the marks that make another word', () => {
    assert.notEqual(fold('की'), fold('का'));
    assert.deepEqual(tokensOf('हिन्दी'), ['हिन्दी'.normalize('NFKD').normalize('NFC')]);
  });

  it('keeps every letter of a text when it marks it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 10 }), (text, words) => {
        const pieces = highlight(text, parseQuery(words).must);
        assert.equal(pieces.map((piece) => piece.text).join(''), text);
        for (const word of wordsOf(text)) assert.ok(word.start < word.end && word.end <= text.length);
      }),
    );
  });
});
