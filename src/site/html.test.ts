import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { attributes, html, jsonScript, parseTemplate, raw, type Hole } from './html.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '`',
        '=',
        '/',
        ' ',
        '\n',
        '\0',
        '<!--',
        '-->',
        '</script>',
        '<script>',
        ']]>',

        'javascript:',
        'JaVaScRiPt\t:',
        'data:text/html,',
        'onerror=',
        '</title>',
        '</textarea>',
        '&#x3c;',
        '\u2028',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

/** What a parser that is not ours makes of markup. */
function read(markup: string): { tags: string[]; attributes: Record<string, string>[]; text: string } {
  const found = { tags: [] as string[], attributes: [] as Record<string, string>[], text: '' };
  const parser = new Parser({
    onopentag(name, attributes) {
      found.tags.push(name);
      found.attributes.push(attributes);
    },
    ontext: (text) => (found.text += text),
    oncomment: () => assert.fail('a comment'),
  });
  parser.end(markup);
  return found;
}

describe('html', () => {
  it('keeps text as text, whatever it holds', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const found = read(String(html`<p>${text}</p>`));
        assert.deepEqual(found.tags, ['p']);
        assert.equal(found.text, text);
      }),
    );
  });

  it('keeps an attribute within its quotes', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const markup of [html`<p title="${text}">x</p>`, html`<p title="${text}">x</p>`]) {
          const found = read(String(markup));
          assert.deepEqual(found.tags, ['p']);
          assert.deepEqual(Object.keys(found.attributes[0]!), ['title']);
          assert.equal(found.attributes[0]!.title, text);
        }
      }),
    );
  });

  it('lets no address run anything', () => {
    fc.assert(
      fc.property(nasty, (url) => {
        const { attributes } = read(String(html`<a href="${url}">x</a>`));
        const href = attributes[0]!.href!;
        const scheme = URL.canParse(href) ? new URL(href).protocol : 'none';
        assert.ok(['none', 'http:', 'https:', 'mailto:', 'tel:', 'sms:'].includes(scheme), href);
      }),
    );
    for (const url of [
      'javascript:alert(1)',
      ' java\nscript:x',
      '\u0001JAVASCRIPT:x',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      assert.equal(String(html`<a href="${url}">x</a>`), '<a href="#">x</a>');
    }
    const kept = 'https://a.example/x?y=1:2';
    assert.equal(read(String(html`<a href="${kept}">x</a>`)).attributes[0]!.href, kept);
  });

  it('keeps a data block from ending early', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const markup = String(jsonScript('application/ld+json', { text }));
        assert.equal(markup.match(/<\/?script/gi)!.length, 2);
        assert.ok(!markup.includes('<!--'));
        assert.equal(JSON.parse(markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('<'))).text, text);
      }),
    );
  });

  it('refuses a hole where nothing can make it safe', () => {
    const templates: ((hole: Hole) => unknown)[] = [
      (hole) =>
        html`<script>
          ${hole};
        </script>`,
      (hole) =>
        html`<style>
          ${hole}
        </style>`,
      (hole) => html`<${hole}>`,
      (hole) => html`<p ${hole}>x</p>`,
      (hole) => html`<p title=${hole}>x</p>`,
      (hole) => html`<p onclick="${hole}">x</p>`,
      (hole) => html`<p style="color: ${hole}">x</p>`,
      (hole) => html`<!-- ${hole} -->`,
      (hole) => html`<iframe srcdoc="${hole}"></iframe>`,
    ];
    for (const template of templates) assert.throws(() => template('x'), /cannot|must/);
  });

  it('takes markup as it is between tags, and never in an attribute', () => {
    assert.equal(
      String(html`<p>${raw('<b>x</b>')}${[1, null, false, undefined, 'a']}</p>`),
      '<p><b>x</b>1a</p>',
    );
    assert.throws(() => html`<p title="${raw('x')}">x</p>`, /Markup/);
  });

  it('takes attributes within a tag, each escaped by its name', () => {
    assert.equal(
      String(
        html`<a${attributes({ href: 'javascript:x', title: '"><b>', hidden: true, lang: undefined })}>x</a>`,
      ),
      '<a href="#" title="&quot;&gt;&lt;b&gt;" hidden>x</a>',
    );
    assert.throws(() => html`<p${'x'}>y</p>`, /cannot/);
    assert.throws(() => html`<p>${attributes({ lang: 'en' })}</p>`, /cannot/);
    assert.throws(() => attributes({ onclick: 'x' }), /cannot/);
    assert.throws(() => attributes({ 'a b': 'x' }), /cannot/);
    assert.throws(() => html`<p${attributes({ lang: 'en' })}x="y">z</p>`, /Attributes end/);
    fc.assert(
      fc.property(nasty, (text) => {
        const { tags, attributes: found } = read(String(html`<p${attributes({ title: text })}>x</p>`));
        assert.deepEqual(tags, ['p']);
        assert.equal(found[0]!.title, text);
      }),
    );
  });

  it('can parse every template in the source', () => {
    let count = 0;
    for (const file of globSync('src/**/*.ts')) {
      if (file.endsWith('html.test.ts')) continue;
      for (const strings of templatesIn(readFileSync(file, 'utf8'))) {
        assert.doesNotThrow(() => parseTemplate(strings), `${file}: ${strings[0]!.slice(0, 60)}`);
        count += 1;
      }
    }
    assert.ok(count > 20, `only ${count} templates found`);
  });
});

/** The static parts of each html`` in a source text, nested ones too. */
function templatesIn(source: string): string[][] {
  const found: string[][] = [];
  for (const match of source.matchAll(/\bhtml`/g)) found.push(readTemplate(source, match.index + 5).parts);
  return found;
}

function readTemplate(source: string, start: number): { parts: string[]; end: number } {
  const parts = [''];
  let at = start;
  while (source[at] !== '`') {
    if (source[at] === '\\') {
      parts.push(`${parts.pop()}${source[at + 1]}`);
      at += 2;
    } else if (source.startsWith('${', at)) {
      at = skipExpression(source, at + 2);
      parts.push('');
    } else {
      parts.push(`${parts.pop()}${source[at]}`);
      at += 1;
    }
  }
  return { parts, end: at + 1 };
}

function skipExpression(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0) {
    const letter = source[at]!;
    if (letter === '`') {
      at = readTemplate(source, at + 1).end;
      continue;
    }
    if (letter === "'" || letter === '"') {
      at += 1;
      while (source[at] !== letter) at += source[at] === '\\' ? 2 : 1;
    } else if (letter === '{') depth += 1;
    else if (letter === '}') depth -= 1;
    at += 1;
  }
  return at;
}
