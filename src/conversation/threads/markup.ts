import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';

/** What a comment becomes when it is written; nothing of this is done when it is read. */
export interface RenderedComment {
  /** Safe: made of paragraphs, emphasis, links, quotes, lists, code and spoilers only. */
  readonly html: string;
  /** What it says: without marks, and without addresses of links. */
  readonly text: string;
  /** The same without what stands in spoilers, for wherever it is told in short. */
  readonly open: string;
  /** Addresses that it links to. */
  readonly links: readonly string[];
}

/** Links say nothing for the paper, tell nothing of the page, and are not for search engines. */
const linkRel = 'ugc nofollow noopener';

/** Words between an @ and what cannot be of a handle. */
const mention = /(?<![\p{L}\p{N}_@/.-])@([a-z0-9](?:[a-z0-9_-]{1,28})[a-z0-9])(?![\p{L}\p{N}_@])/giu;

/** Nobody names more readers than this in one comment. */
export const mostMentions = 10;

const markdown = new MarkdownIt('zero', { linkify: true, breaks: true });
markdown.enable([
  'blockquote',
  'list',
  'fence',
  'emphasis',
  'link',
  'autolink',
  'backticks',
  'newline',
  'escape',
  'linkify',
]);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// The scheme is read as browsers read it: letters that they skip do not hide it.
markdown.validateLink = (url) => /^(https?:\/\/|mailto:)/i.test(url) && !/\s|\p{Cc}/u.test(url);
markdown.block.ruler.before('blockquote', 'spoiler', spoiler, {
  alt: ['paragraph', 'blockquote', 'list'],
});
markdown.renderer.rules.spoiler_open = (_tokens, _index, _options, env) =>
  `<details class="spoiler"><summary>${escapeHtml(String(env?.spoiler))}</summary>`;
markdown.renderer.rules.spoiler_close = () => '</details>';
markdown.renderer.rules.fence = (tokens, index) =>
  `<pre><code>${escapeHtml(tokens[index]!.content)}</code></pre>\n`;

/**
 * Handles that a text may name, in lower case, each once; who has them is for `renderComment` to be told.
 * @param source as typed
 */
export function handlesIn(source: string): string[] {
  const handles = new Set<string>();
  for (const [, handle] of source.matchAll(mention)) {
    handles.add(handle!.toLowerCase());
    if (handles.size === mostMentions) break;
  }
  return [...handles];
}

/**
 * Light Markdown (CommonMark 0.31: paragraphs, emphasis, links, quotes, lists, code) with spoilers (`>!` before each
 * line) and mentions, as safe HTML. HTML in it is text.
 * @param handles in lower case, those of readers who may be named; others stay plain text
 * @param spoiler words on a spoiler that is closed
 */
export function renderComment(
  source: string,
  handles: ReadonlySet<string>,
  spoiler: string,
): RenderedComment {
  const tokens = markdown.parse(tidy(source), {});
  const links = new Set<string>();
  const lines: string[] = [];
  const open: string[] = [];
  let isShut = false;
  const read = (text: string) => {
    lines.push(text);
    if (!isShut) open.push(text);
  };
  for (const token of tokens) {
    if (token.type === 'spoiler_open' || token.type === 'spoiler_close')
      isShut = token.type === 'spoiler_open';
    else if (token.type === 'inline') {
      token.children = inline(token.children ?? [], handles, links);
      read(textOf(token.children));
    } else if (token.type === 'fence') read(token.content.trimEnd());
  }
  return {
    html: markdown.renderer.render(tokens, markdown.options, { spoiler }).trimEnd(),
    text: joined(lines),
    open: joined(open),
    links: [...links],
  };
}

function joined(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Without control characters, and without letters that turn the direction of the text around them. */
export function tidy(source: string): string {
  return (
    source
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

function inline(tokens: readonly Token[], handles: ReadonlySet<string>, links: Set<string>): Token[] {
  const out: Token[] = [];
  let inLink = 0;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      inLink += 1;
      links.add(String(token.attrGet('href')));
      token.attrs = [
        ['href', String(token.attrGet('href'))],
        ['rel', linkRel],
      ];
    } else if (token.type === 'link_close') inLink -= 1;
    if (token.type === 'text' && inLink === 0 && handles.size > 0 && token.content.includes('@'))
      out.push(...withMentions(token, handles));
    else out.push(token);
  }
  return out;
}

function withMentions(token: Token, handles: ReadonlySet<string>): Token[] {
  const TokenClass = token.constructor as new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;
  const out: Token[] = [];
  const add = (type: string, nesting: -1 | 0 | 1, content = '') => {
    const made = new TokenClass(type, nesting === 0 ? '' : 'a', nesting);
    made.content = content;
    out.push(made);
    return made;
  };
  let done = 0;
  for (const match of token.content.matchAll(mention)) {
    const handle = match[1]!.toLowerCase();
    if (!handles.has(handle)) continue;
    add('text', 0, token.content.slice(done, match.index));
    add('mention_open', 1).attrs = [
      ['class', 'mention'],
      ['href', `/readers/${handle}`],
    ];
    add('text', 0, match[0]);
    add('mention_close', -1);
    done = match.index + match[0].length;
  }
  add('text', 0, token.content.slice(done));
  return out;
}

function textOf(tokens: readonly Token[]): string {
  let text = '';
  let isAddress = false;
  for (const token of tokens) {
    if (token.type === 'link_open') isAddress = token.info === 'auto';
    else if (token.type === 'link_close') isAddress = false;
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n';
    else if (!isAddress) text += token.content;
  }
  return text;
}

/** Lines that begin with `>!`: shut until a reader opens them. */
function spoiler(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]);
  if (
    state.env.isInSpoiler === true ||
    state.sCount[startLine]! - state.blkIndent >= 4 ||
    !lineAt(startLine).startsWith('>!')
  )
    return false;
  if (silent) return true;
  let next = startLine;
  const lines: string[] = [];
  while (next < endLine && lineAt(next).startsWith('>!')) {
    lines.push(lineAt(next).slice(2));
    next += 1;
  }
  state.line = next;
  state.push('spoiler_open', 'details', 1).block = true;
  // A spoiler in a spoiler is opened at once with it.
  const inner = lines.join('\n').replace(/^(?:\s*>!)+/gm, '');
  state.env.isInSpoiler = true;
  state.md.block.parse(inner, state.md, state.env, state.tokens);
  state.env.isInSpoiler = false;
  state.push('spoiler_close', 'details', -1).block = true;
  return true;
}

function escapeHtml(text: string): string {
  return markdown.utils.escapeHtml(text);
}
