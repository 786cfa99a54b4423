import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { handlesIn, mostMentions, renderComment, tidy } from './markup.ts';

const nobody: ReadonlySet<string> = new Set();
const htmlOf = (source: string, handles = nobody) => renderComment(source, handles, 'Spoiler').html;

it('knows paragraphs, lines, emphasis, quotes, lists and code, and nothing else', () => {
  assert.equal(htmlOf('One\ntwo\n\nthree'), '<p>One<br>\ntwo</p>\n<p>three</p>');
  assert.equal(htmlOf('*a* **b** `c`'), '<p><em>a</em> <strong>b</strong> <code>c</code></p>');
  assert.equal(htmlOf('> said'), '<blockquote>\n<p>said</p>\n</blockquote>');
  assert.equal(htmlOf('- a\n- b'), '<ul>\n<li>a</li>\n<li>b</li>\n</ul>');
  assert.equal(htmlOf('```js\na < b\n```'), '<pre><code>a &lt; b\n</code></pre>');
  assert.equal(htmlOf('# no title'), '<p># no title</p>');
  assert.equal(htmlOf('<b>no</b> &amp;'), '<p>&lt;b&gt;no&lt;/b&gt; &amp;amp;</p>');
  assert.equal(htmlOf('a | b\n- | -'), '<p>a | b</p>\n<ul>\n<li>| -</li>\n</ul>');
});

it('shuts spoilers, whatever stands in them', () => {
  const { text, open } = renderComment('Open.\n\n>! Shut.\n\nOpen again.', nobody, 'Spoiler');
  assert.deepEqual([text, open], ['Open.\nShut.\nOpen again.', 'Open.\nOpen again.']);
  assert.equal(
    htmlOf('Before\n>! the *end*\n>! comes\nafter'),
    '<p>Before</p>\n<details class="spoiler"><summary>Spoiler</summary><p>the <em>end</em><br>\ncomes</p>\n</details><p>after</p>',
  );
  for (const deep of ['>! >! >! deep', `>! ${'> >! '.repeat(2000)}deep`, '>!'.repeat(5000)])
    assert.equal(htmlOf(deep).split('<details').length, 2, deep.slice(0, 20));
});

it('marks links as others’, and makes none that could run', () => {
  assert.equal(
    htmlOf('[here](https://a.example/?x=1&y=2) https://b.example'),
    '<p><a href="https://a.example/?x=1&amp;y=2" rel="ugc nofollow noopener">here</a> <a href="https://b.example" rel="ugc nofollow noopener">https://b.example</a></p>',
  );
  for (const address of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/sign-out',
    'ftp://a.example',
  ])
    assert.ok(!htmlOf(`[x](${address}) <${address}>`).includes('<a'), address);
  assert.ok(!htmlOf('![picture](https://a.example/x.png)').includes('<img'));
});

it('tells what is read of it, and which links it has', () => {
  const { text, links } = renderComment(
    'See [the log](https://a.example/log), https://b.example/x and *more*.\n\n- one\n- two',
    nobody,
    'Spoiler',
  );
  assert.equal(text, 'See the log, and more.\none\ntwo');
  assert.deepEqual(links, ['https://a.example/log', 'https://b.example/x']);
});

it('links the readers that it is told of, in words alone', () => {
  const known = new Set(['ann', 'ben-b']);
  assert.equal(
    htmlOf('@Ann, @ben-b!', known),
    '<p><a class="mention" href="/readers/ann">@Ann</a>, <a class="mention" href="/readers/ben-b">@ben-b</a>!</p>',
  );
  for (const words of [
    'a@ann.example',
    '`@ann`',
    '[@ann](https://a.example)',
    '@ann_x',
    '@@ann',
    '/@ann',
    '@annn',
  ])
    assert.ok(!htmlOf(words, known).includes('mention'), words);
  assert.deepEqual(handlesIn('@Ann @ann and @cat, mail@dan.example'), ['ann', 'cat']);
  const many = Array.from({ length: 30 }, (_, index) => `@reader${index}`).join(' ');
  assert.equal(handlesIn(many).length, mostMentions);
});

it('leaves out what turns the text around it, and what is not to be seen', () => {
  assert.equal(tidy('a\u202eb\u2066c\u0000d\r\n\r\n\r\n\r\ne\ud800'), 'abcd\n\ne\ufffd');
});

it('makes of anything only elements and attributes that it knows', () => {
  const allowed =
    /^(?:<\/?(?:p|em|strong|code|pre|blockquote|ul|ol|li|details|summary)>|<br>|<details class="spoiler">|<ol start="\d+">|<\/a>|<a href="[^"<>]*" rel="ugc nofollow noopener">|<a class="mention" href="\/readers\/[a-z0-9_-]+">|[^<>])*$/u;
  const pieces = fc.constantFrom(
    ...'*,**,_,`,```,>,>!,- ,1. ,[,](,),<,>,&,&lt;,"," onx=1,\\,\n,\n\n,    ,@ann,https://a.example/,javascript:x,<script>,<img src=x onerror=y>,![,|,~~,#'.split(
      ',',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 40 }),
      (parts) => {
        const { html, links } = renderComment(parts.join(''), new Set(['ann']), 'Spoiler');
        assert.match(html, allowed);
        for (const link of links) assert.match(link, /^(https?:\/\/|mailto:)/i);
      },
    ),
    { numRuns: 500 },
  );
});
