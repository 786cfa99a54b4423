import { keptWords, marks as knownMarks, type Mark, type Run, type Text } from '../../stories/index.ts';

const markOf: Readonly<Record<string, Mark>> = {
  em: 'em',
  i: 'em',
  dfn: 'em',
  var: 'em',
  cite: 'em',
  strong: 'strong',
  b: 'strong',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  sub: 'sub',
  sup: 'sup',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
};

/** The mark of an HTML element, if it is one of those that text keeps. */
export function markOfElement(name: string): Mark | undefined {
  return Object.hasOwn(markOf, name) ? markOf[name] : undefined;
}

/** How a stretch of text is set. */
export interface Style {
  readonly marks: readonly Mark[];
  readonly href?: string;
  readonly lang?: string;
}
const plainStyle: Style = { marks: [] };
const mostRuns = 5000;
const mostStyledRuns = 4000;
/** Characters in a run, or in a block of code. */
export const longestRun = 100_000;

/** Text being gathered from HTML: white space collapses as a browser's does, equal neighbours become one run. */
export class InlineText {
  #runs: Run[] = [];
  #style: Style;

  /** @param style that of the elements around it */
  constructor(style: Style = plainStyle) {
    this.#style = style;
  }

  /** How text that is added now is set. */
  get style(): Style {
    return this.#style;
  }

  /** Gather in another style while `work` runs. */
  styled(style: { mark?: Mark; href?: string; lang?: string }, work: () => void): void {
    const outer = this.#style;
    this.#style = {
      marks:
        style.mark === undefined || outer.marks.includes(style.mark)
          ? outer.marks
          : knownMarks.filter((mark) => mark === style.mark || outer.marks.includes(mark)),
      href: style.href ?? outer.href,
      lang: style.lang ?? outer.lang,
    };
    work();
    this.#style = outer;
  }

  add(text: string): void {
    let words = keptWords(text.replaceAll(/[ \t\n\r\f\v\u0085]+/g, ' '));
    const before = this.#runs.at(-1)?.text ?? ' ';
    if (/[ \n]$/.test(before) && words.startsWith(' ')) words = words.slice(1);
    this.#push(words);
  }

  /** A line break. Two of them end a paragraph, which the caller sees to. */
  break(): void {
    const last = this.#runs.at(-1);
    if (!last) return;
    last.text = last.text.replace(/ +$/, '');
    this.#push('\n');
  }

  get endsInBreak(): boolean {
    return this.#runs.at(-1)?.text.endsWith('\n') ?? false;
  }

  /** What was gathered, without space at its ends; the gathering begins anew. */
  take(): Text {
    const runs = this.#runs.filter((run) => run.text !== '');
    this.#runs = [];
    while (runs.length > 0 && /^[\s\u00A0]*$/.test(runs[0]!.text)) runs.shift();
    while (runs.length > 0 && /^[\s\u00A0]*$/.test(runs.at(-1)!.text)) runs.pop();
    if (runs.length === 0) return [];
    runs[0]!.text = runs[0]!.text.replace(/^[\s\u00A0]+/, '');
    runs.at(-1)!.text = runs.at(-1)!.text.replace(/[\s\u00A0]+$/, '');
    return boundedText(runs);
  }

  #push(text: string): void {
    if (text === '') return;
    const last = this.#runs.at(-1);
    const style = this.#style;
    const hasSameStyle =
      last !== undefined &&
      last.href === style.href &&
      last.lang === style.lang &&
      (last.marks ?? []).join() === style.marks.join();
    if (hasSameStyle) {
      last.text += text;
      return;
    }
    this.#runs.push({
      text,
      ...(style.marks.length > 0 ? { marks: [...style.marks] } : {}),
      ...(style.href === undefined ? {} : { href: style.href }),
      ...(style.lang === undefined ? {} : { lang: style.lang }),
    });
  }
}

/** Texts one under the other. */
export function joinTexts(texts: readonly Text[], between = '\n'): Text {
  const filled = texts.filter((text) => text.length > 0);
  return boundedText(filled.flatMap((text, index) => (index === 0 ? text : [{ text: between }, ...text])));
}

/** Bring a text under the limits of a block. Past the limit of runs, words matter more than how they are set. */
function boundedText(text: Text): Text {
  const runs = text.flatMap((run) =>
    run.text.length <= longestRun ? [run] : piecesOf(run.text).map((piece) => ({ ...run, text: piece })),
  );
  if (runs.length <= mostRuns) return runs;
  const rest = runs.slice(mostStyledRuns).map((run) => run.text);
  return [...runs.slice(0, mostStyledRuns), ...piecesOf(rest.join('')).map((piece) => ({ text: piece }))];
}

/** A long text in pieces that a run can hold; no character is cut in two. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + longestRun, text.length);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1]!)) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
