import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { oldReader, say, talkedOf } from '../../src/conversation/threads/testing.ts';
import { recommendComment } from '../../src/conversation/threads/recommend-comment.ts';
import { setCommentState } from '../../src/conversation/threads/set-comment-state.ts';
import type { Reader } from '../../src/readers/index.ts';
import { elements, parse, structuredData, type Document } from '../rig/dom.ts';
import { forEachSite, fresh } from '../rig/site.ts';
import { addresses, payloads } from './payloads.ts';

const unsafeScheme = /^(?:javascript|vbscript|data|blob|filesystem|view-source|file|x):/i;
const addressAttributes = new Set('href src action formaction poster cite data background'.split(' '));

/** Ways in which words become something else in a comment. */
const marked = (words: string): string[] => [
  words,
  `[see](${words})`,
  `[${words}](https://example.org/)`,
  `<${words}>`,
  `> ${words}\n>! ${words}`,
  `- ${words}\n\n1. **${words}**`,
  `\`\`\`${words}\n${words}\n\`\`\`\n\`${words}\``,
  `https://example.org/${words} @${words}`,
];

const harmless = `Words with *emphasis*, **strength**, \`code\`, a [link](https://example.org/) and @writer

> a quote

- a list
1. another

\`\`\`
code
\`\`\`

>! a secret

two
lines`;

forEachSite('hostile words in comments', {}, (get, dialect) => {
  let story: Awaited<ReturnType<typeof talkedOf>>;
  let writer: Reader;
  let friend: Reader;
  let known: Set<string>;

  const shapes = (doc: Document) =>
    new Set(
      elements(doc).flatMap(({ name, attribs }) => [
        name,
        ...Object.keys(attribs).map((each) => `${name} ${each}`),
      ]),
    );

  async function post(text: string): Promise<string | undefined> {
    const { database, clock } = get();
    clock.advance(3 * 3_600_000);
    const outcome = await say(database, story, writer, text);
    if (!('code' in outcome)) return undefined;
    const { code, id } = outcome;
    if (outcome.kind === 'held')
      await database.write(async (tx) => {
        const row = await tx.db
          .selectFrom('comment')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        await setCommentState(tx, row, 'visible');
      });
    await database.write((tx) => recommendComment(tx, { code, reader: friend, isOn: true }));
    return code;
  }

  const pathsOf = (code: string) => [
    story.path,
    `${story.path}/comments?sort=best`,
    `${story.path}/comments/${code}`,
    `/comments/new?parent=${code}&quote=1`,
    `/comments/${code}/recommend`,
    '/',
    '/city',
    `/readers/${writer.handle}`,
  ];

  before(async () => {
    const { database } = get();
    story = await talkedOf(database, { headline: 'What is said' });
    writer = await oldReader(database, 'Writer');
    friend = await oldReader(database, 'Friend');
    const code = await post(harmless);
    known = new Set(['br']);
    for (const path of pathsOf(code!))
      for (const shape of shapes(parse((await get().get(fresh(path))).text))) known.add(shape);
    assert.ok(known.has('details') && known.has('a rel') && known.has('pre'));
  });

  it('stay words, on every page and to machines', async () => {
    const texts = payloads.flatMap((words, number) =>
      marked(words).filter((_, way) =>
        dialect === 'sqlite' ? (number + way) % 5 === 0 : (number + way) % 16 === 0,
      ),
    );
    let taken = 0;
    for (const [number, text] of texts.entries()) {
      const code = await post(text);
      if (code === undefined) continue;
      taken += 1;
      const paths = pathsOf(code);
      for (const path of number % 8 === 0 ? paths : paths.slice(2, 3)) {
        const got = await get().get(fresh(path));
        assert.ok(got.status === 200 || got.status === 404, `${got.status} ${path}: ${text}`);
        const doc = parse(got.text);
        const where = `${path}: ${text}`;
        assert.deepEqual(
          [...shapes(doc)].filter((shape) => !known.has(shape)),
          [],
          where,
        );
        for (const { attribs } of elements(doc))
          for (const [attribute, value] of Object.entries(attribs))
            if (addressAttributes.has(attribute))
              // oxlint-disable-next-line no-control-regex
              assert.doesNotMatch(value.replaceAll(/[\u0000-\u0020]/g, ''), unsafeScheme, where);
        for (const link of elements(doc, 'a'))
          if (link.attribs.rel?.includes('ugc'))
            assert.equal(link.attribs.rel, 'ugc nofollow noopener', where);
        assert.doesNotThrow(() => structuredData(doc), where);
      }
    }
    assert.ok(taken > texts.length * 0.7, `${taken} of ${texts.length}`);
  });

  it('lead nowhere that runs', async () => {
    for (const address of addresses) {
      const code = await post(`Look [here](${address}) and there <${address}> ${address}`);
      if (code === undefined) continue;
      const doc = parse((await get().get(`${story.path}/comments/${code}`)).text);
      for (const { attribs } of elements(doc, 'a'))
        // oxlint-disable-next-line no-control-regex
        assert.doesNotMatch((attribs.href ?? '').replaceAll(/[\u0000-\u0020]/g, ''), unsafeScheme, address);
    }
  });
});
