import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from '../../stories/index.ts';
import { htmlToBlocks, type HtmlOptions } from './html-to-blocks.ts';
import type { LooseBlock } from './loose-blocks.ts';
import { assertAllowed } from '../testing/html.ts';
import { codesOf, linesOf } from '../testing.ts';

const convert = (html: string, options?: HtmlOptions) => htmlToBlocks(html, options);
/** Type and words of each block, one a line. */
const shape = (html: string, options?: HtmlOptions) => {
  const { blocks } = convert(html, options);
  const lines = linesOf({ blocks });
  return blocks.map(({ type }, index) => `${type}: ${lines[index]!}`);
};
const only = (html: string, options?: HtmlOptions): LooseBlock => {
  const { blocks } = convert(html, options);
  assert.equal(blocks.length, 1, JSON.stringify(blocks));
  return blocks[0]!;
};

const cases: [name: string, html: string, expected: string[]][] = [
  [
    'paragraphs',
    '<p>One <b>two</b>\n  three</p><p>Four</p>',
    ['paragraph: One two three', 'paragraph: Four'],
  ],
  ['text without any element', 'Just words', ['paragraph: Just words']],
  [
    'two breaks part paragraphs, one is kept',
    'One<br>two<br/><br>three',
    ['paragraph: One\ntwo', 'paragraph: three'],
  ],
  [
    'unclosed and crossed elements',
    '<p>One<p><b>two<i>three</b>four',
    ['paragraph: One', 'paragraph: twothreefour'],
  ],
  [
    'non-breaking space and entities',
    '<p>25&nbsp;000 &lt;b&gt; &amp;amp; &#x1F30A;</p>',
    ['paragraph: 25\u00A0000 <b> &amp; 🌊'],
  ],
  [
    'headings',
    '<h1>A</h1><h2>B</h2><h3>C</h3><h6>D</h6>',
    ['subheading: A', 'subheading: B', 'subheading: C', 'subheading: D'],
  ],
  ['lists', '<ul><li>One</li><li><p>Two</p><p>more</p></li></ul>', ['list: One / Two\nmore']],
  [
    'list items that forgot their element',
    '<ul>One<li>Two</li><p>Three</p></ul>',
    ['list: One / Two / Three'],
  ],
  ['nested lists', '<ol><li>One<ul><li>Two</li></ul></li></ol>', ['list: One / Two']],
  [
    'quote with its source',
    '<blockquote><p>So it is.</p><footer>— Ann Lee</footer></blockquote>',
    ['quote: So it is.'],
  ],
  ['code keeps its lines', '<pre><code class="language-js">a\n  b &lt; c\n</code></pre>', ['code: (code)']],
  ['divider', '<p>a</p><hr><p>b</p>', ['paragraph: a', 'divider: (divider)', 'paragraph: b']],
  [
    'definition list',
    '<dl><dt>Term</dt><dd>What it is</dd></dl>',
    ['paragraph: Term', 'paragraph: What it is'],
  ],
  [
    'what a form holds stays, its fields go',
    '<form><p>Words</p><input value="x"><button>Send</button></form>',
    ['paragraph: Words'],
  ],
  [
    'text that stands in a table but in no cell',
    '<table>stray<tr>more<td>a</td><td>b</td></tr></table>',
    ['table: (table)', 'paragraph: stray', 'paragraph: more'],
  ],
  [
    'a table that only places things',
    '<table><tr><td><p>One</p><p>Two</p></td></tr></table>',
    ['paragraph: One', 'paragraph: Two'],
  ],
  ['an element nobody knows', '<p>One <blink>two</blink> <o:p>three</o:p></p>', ['paragraph: One two three']],
  ['quotation marks of q', '<p><q>Yes</q></p>', ['paragraph: “Yes”']],
  [
    'comments, processing instructions, doctype',
    '<!doctype html><?php echo 1 ?><!-- no --><p>Words</p>',
    ['paragraph: Words'],
  ],
];

describe('HTML into blocks', () => {
  for (const [name, html, expected] of cases) it(name, () => assert.deepEqual(shape(html), expected));

  it('keeps marks, links and languages, and puts equal neighbours together', () => {
    const block = only(
      '<p>A <em>b</em><i>c</i> <strong><a href="https://example.com/x?a=1&amp;b=2">d</a></strong> <span lang="fr">é</span></p>',
    );
    assert.deepEqual('text' in block && block.text, [
      { text: 'A ' },
      { text: 'bc', marks: ['em'] },
      { text: ' ' },
      { text: 'd', marks: ['strong'], href: 'https://example.com/x?a=1&b=2' },
      { text: ' ' },
      { text: 'é', lang: 'fr' },
    ]);
  });

  it('keeps a link around blocks', () => {
    for (const inside of [
      '<h2>Words</h2>',
      '<p>Words</p>',
      '<ul><li>Words</li></ul>',
      '<blockquote>Words</blockquote>',
    ])
      assert.match(
        JSON.stringify(only(`<a href="https://example.com/">${inside}</a>`)),
        /"href":"https:\/\/example.com\/"/,
      );
  });

  it('lets no script through, in whatever dress', () => {
    const dresses = [
      '<script>alert(1)</script>',
      '<SCRIPT SRC="//evil.example/x.js"></SCRIPT >',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><script>alert(1)</script></svg>',
      '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
      '<a href="javascript:alert(1)">x</a>',
      '<a href=" java\nscript:alert(1)">x</a>',
      '<a href="&#106;avascript:alert(1)">x</a>',
      '<a href="vbscript:x">x</a>',
      '<a href="data:text/html,<script>alert(1)</script>">x</a>',
      '<a href="//evil.example">x</a>',
      '<a href="/\\evil.example">x</a>',
      '<iframe src="javascript:alert(1)"></iframe>',
      '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
      '<object data="data:text/html,x"></object>',
      '<embed src="javascript:alert(1)">',
      '<style>@import "x"; p { background: url(javascript:alert(1)) }</style>',
      '<template><script>alert(1)</script></template>',
      '<math><mtext><script>alert(1)</script></mtext></math>',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
      '<blockquote cite="javascript:alert(1)">x</blockquote>',
      '<video src="javascript:alert(1)"></video>',
      '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    ];
    for (const dress of dresses) {
      const { blocks } = convert(dress);
      assertAllowed(blocks);
      const links = JSON.stringify(blocks, (key, value: unknown) => (key === 'src' ? undefined : value));
      assert.doesNotMatch(links, /"(href|url|source)":"(?!https?:\/\/(?!evil))/, dress);
      assert.doesNotMatch(links, /alert|evil|import/, dress);
    }
  });

  it('takes what only looks like a script for words', () => {
    assert.deepEqual(convert('<scr<script>ipt>alert(1)</script>').blocks, [
      { type: 'paragraph', text: [{ text: 'ipt>alert(1)' }] },
    ]);
  });

  it('leaves no code behind where elements stand too deep to be looked at', () => {
    const deep = `${'<div>'.repeat(400)}Words<script>alert(1)</script>${'</div>'.repeat(400)}`;
    assert.deepEqual(shape(deep), ['paragraph: Words']);
    assert.deepEqual(codesOf(convert(deep)), ['html.too-deep']);
  });

  it('lists what it leaves out, and what it changes', () => {
    const notes = (html: string) => convert(html).notes.map(({ code, detail }) => `${code} ${detail}`);
    assert.deepEqual(notes('<script>x</script><button>Send it</button>'), [
      'html.dropped <script>',
      'html.dropped <button>: Send it',
    ]);
    assert.deepEqual(notes('<a href="javascript:x">y</a>'), ['link.dropped javascript:x']);
    assert.deepEqual(notes('<h5>a</h5><u>b</u><blink>c</blink>'), [
      'html.heading-level <h5>',
      'html.underline b',
      'html.unknown-element <blink>',
    ]);
    assert.deepEqual(notes('<img><img src="p.gif" width="1" height="1">'), [
      'picture.without-address ',
      'picture.tracker p.gif',
    ]);
    assert.deepEqual(notes('<iframe></iframe><iframe src="http://example.com/x"></iframe>'), [
      'embed.dropped ',
      'embed.made-https http://example.com/x',
    ]);
    assert.deepEqual(notes('<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'), [
      'table.spans a',
    ]);
    assert.deepEqual(notes('<ul><li>a<ul><li>b</li></ul></li></ul>'), ['list.flattened b']);
    assert.deepEqual(notes('<a href="https://example.com/report"><img src="a.jpg" alt=""></a>'), [
      'picture.link https://example.com/report',
    ]);
    assert.deepEqual(notes('<noscript>Please switch it on</noscript>'), [
      'html.dropped <noscript>: Please switch it on',
    ]);
    assert.deepEqual(notes('<p>Nothing is lost here</p>'), []);
  });

  it('puts a caption and a credit with their picture', () => {
    const figures = [
      '<figure><img src="a.jpg" alt="Boats"><figcaption>The <i>harbour</i> <span class="photo-credit">Bo Ek</span></figcaption></figure>',
      '<figure><img src="a.jpg" alt="Boats"><div class="byline">Bo Ek</div><figcaption>The <i>harbour</i></figcaption></figure>',
      '<figure><a href="a.jpg"><img src="a.jpg" alt="Boats"></a><figcaption>The <i>harbour</i> <small>Bo Ek</small></figcaption></figure>',
    ];
    for (const figure of figures)
      assert.deepEqual(
        only(figure),
        {
          type: 'loose-picture',
          src: 'a.jpg',
          alt: 'Boats',
          caption: [{ text: 'The ' }, { text: 'harbour', marks: ['em'] }],
          credit: 'Bo Ek',
        },
        figure,
      );
    assert.deepEqual(
      only('<figure><img src="a.jpg"><figcaption><small>Small print</small></figcaption></figure>'),
      {
        type: 'loose-picture',
        src: 'a.jpg',
        alt: '',
        caption: [{ text: 'Small print' }],
      },
    );
  });

  it('makes one gallery of the pictures of a figure', () => {
    const block = only(
      '<figure><img src="a.jpg" alt="A"><img src="b.jpg" alt="B"><figcaption>Both</figcaption></figure>',
    );
    assert.ok(block.type === 'loose-gallery');
    assert.deepEqual([block.title, block.pictures.map(({ src }) => src)], ['Both', ['a.jpg', 'b.jpg']]);
  });

  it('takes the picture that a script would have loaded, and makes addresses whole', () => {
    const base = 'https://example.com/2009/07/story.html';
    const src = (html: string) => {
      const block = only(html, { base });
      return block.type === 'loose-picture' && block.src;
    };
    assert.equal(
      src('<img src="data:image/gif;base64,R0" data-src="../big.jpg">'),
      'https://example.com/2009/big.jpg',
    );
    assert.equal(src('<img srcset="/s.jpg 300w, /l.jpg 900w">'), 'https://example.com/l.jpg');
    assert.equal(src('<img src="/a b.jpg">'), 'https://example.com/a%20b.jpg');
    const link = only('<p><a href="../x">y</a></p>', { base });
    assert.equal('text' in link && link.text[0]!.href, 'https://example.com/2009/x');
  });

  it('makes a placeholder of what others play, never a frame', () => {
    const embeds: [html: string, url: string, provider: string][] = [
      [
        '<iframe src="//www.youtube.com/embed/x" title="A film"></iframe>',
        'https://www.youtube.com/embed/x',
        'YouTube',
      ],
      [
        '<object><param name="movie" value="x"><embed src="https://player.vimeo.com/video/1"></object>',
        'https://player.vimeo.com/video/1',
        'Vimeo',
      ],
      [
        '<blockquote class="twitter-tweet"><p>Words</p><a href="https://twitter.com/a/status/1">then</a></blockquote>',
        'https://twitter.com/a/status/1',
        'X',
      ],
      [
        '<iframe data-src="https://maps.example.org/embed?x=1"></iframe>',
        'https://maps.example.org/embed?x=1',
        'maps.example.org',
      ],
    ];
    for (const [html, url, provider] of embeds) {
      const block = only(html);
      assert.ok(block.type === 'embed', html);
      assert.deepEqual([block.url, block.provider], [url, provider]);
    }
  });

  it('reads tables with their head, row heads and caption, all rows equally long', () => {
    const block = only(
      '<table><caption>Results</caption><thead><tr><th>Who</th><th>Seats</th></tr></thead><tbody><tr><th>Left</th><td>3</td></tr><tr><th>Right</th></tr></tbody></table>',
    );
    assert.ok(block.type === 'table');
    assert.deepEqual(block.head!.map(plainText), ['Who', 'Seats']);
    assert.deepEqual(
      block.rows.map((row) => row.map(plainText)),
      [
        ['Left', '3'],
        ['Right', ''],
      ],
    );
    assert.deepEqual([block.caption, block.rowHeads], ['Results', true]);
  });

  it('takes the breaks of a text for paragraphs where they are meant so', () => {
    const typed =
      'One <strong>two</strong>\n\nThree\n<em>four</em>\n\n<h2>Five</h2>\n\n<ul>\n<li>six</li>\n</ul>\n';
    assert.deepEqual(shape(typed, { breaks: true }), [
      'paragraph: One two',
      'paragraph: Three\nfour',
      'subheading: Five',
      'list: six',
    ]);
  });
});
