import { html, raw, type Html } from '../../site/html.ts';
import { directionOf } from '../../site/language.ts';
import type { Site } from '../../site/site.ts';

/** The paper that writes. */
export type LetterPaper = Pick<
  Site,
  'name' | 'tagline' | 'origin' | 'language' | 'zone' | 'publisher' | 'postalAddress'
> & {
  /** #rrggbb; the usual one where none is set. */
  readonly accent?: string | undefined;
};

/** What stands in a letter, from top to bottom. Paths are on this site. */
export type LetterPart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** An editor's note, in its paragraphs. */
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'story';
      readonly kicker: string;
      readonly headline: string;
      readonly standfirst: string;
      readonly path: string;
      readonly language: string;
      readonly direction: 'ltr' | 'rtl';
    }
  /** What a reader wrote. */
  | {
      readonly kind: 'comment';
      readonly says: string;
      readonly text: string;
      readonly under: string;
      readonly path: string;
    }
  /** A line that leads somewhere, such as a notice. */
  | { readonly kind: 'line'; readonly text: string; readonly path: string }
  | { readonly kind: 'button'; readonly text: string; readonly path: string };

export interface LetterFoot {
  /** Why it came. */
  readonly why: string;
  /** Path by which one leaves, and what that ends. */
  readonly out: { readonly path: string; readonly text: string };
  /** Where one chooses. */
  readonly choose: { readonly path: string; readonly text: string };
}

/** A letter as text and as HTML that says the same, in the look of the paper; nothing in it is loaded from anywhere. */
export function letterPage(letter: {
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preview: string;
  /** Above all else, such as the newsletter's name and the day. */
  readonly title: string;
  readonly dateline: string;
  readonly parts: readonly LetterPart[];
  readonly foot: LetterFoot;
  readonly paper: LetterPaper;
}): { readonly text: string; readonly html: string } {
  return { text: textOf(letter), html: htmlOf(letter).toString() };
}

type Page = Parameters<typeof letterPage>[0];

function textOf({ title, dateline, parts, foot, paper }: Page): string {
  const at = (path: string) => addressOf(path, paper.origin);
  const lines = parts.map((part) => {
    switch (part.kind) {
      case 'words':
      case 'note':
        return part.text;
      case 'heading':
        return part.text.toUpperCase();
      case 'story':
        return [part.headline, part.standfirst, at(part.path)].filter(Boolean).join('\n');
      case 'comment':
        return [part.says, `> ${part.text}`, part.under, at(part.path)].join('\n');
      default:
        return `${part.text}\n${at(part.path)}`;
    }
  });
  const tail = [
    foot.why,
    `${foot.out.text}: ${at(foot.out.path)}`,
    `${foot.choose.text}: ${at(foot.choose.path)}`,
  ];
  const head = [paper.name, title, dateline].filter(Boolean).join('\n');
  return [head, ...lines, `-- \n${[...tail, ...imprint(paper)].join('\n')}`].join('\n\n');
}

function imprint({ publisher, postalAddress }: LetterPaper): string[] {
  return [[publisher, postalAddress].filter(Boolean).join(', ')];
}

// Mail programs know little: what must hold stands at each tag, and what some programs make of the dark in one block.
function htmlOf({ subject, preview, title, dateline, parts, foot, paper }: Page): Html {
  const at = (path: string) => addressOf(path, paper.origin);
  return html`<!doctype html>
<html lang="${paper.language}" dir="${directionOf(paper.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${subject}</title>${styleOf(paper.accent)}</head>
<body class="sheet" style="margin:0;padding:0;background:#fdfcfa;color:#17191d;font:17px/1.5 Newsreader,Georgia,'Times New Roman',serif"><div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 20px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:start"><tr><td>
<p style="margin:0 0 10px;font-size:30px;line-height:1.1;font-weight:600"><a class="ink" href="${paper.origin}/" style="color:#17191d;text-decoration:none">${paper.name}</a></p>
<p class="soft rule" style="margin:0 0 24px;padding:8px 0;border-top:1px solid #17191d;border-bottom:1px solid #d9d6cf;font:500 13px/1.4 'Helvetica Neue',Arial,sans-serif;color:#565a62"><b class="accent" style="color:#0b5c4d">${title}</b>${dateline && html` &nbsp; ${dateline}`}</p>
${parts.map((part) => htmlOfPart(part, at))}
<p class="soft rule" style="margin:32px 0 0;padding:14px 0 0;border-top:1px solid #d9d6cf;font:400 13px/1.5 'Helvetica Neue',Arial,sans-serif;color:#565a62">${foot.why}</p>
<p class="soft" style="margin:8px 0 0;font:400 13px/1.5 'Helvetica Neue',Arial,sans-serif;color:#565a62"><a class="soft" href="${at(foot.out.path)}" style="color:#565a62">${foot.out.text}</a> &nbsp; <a class="soft" href="${at(foot.choose.path)}" style="color:#565a62">${foot.choose.text}</a></p>
<p class="soft" style="margin:8px 0 0;font:400 13px/1.5 'Helvetica Neue',Arial,sans-serif;color:#565a62">${imprint(paper)}</p>
</td></tr></table></td></tr></table></body></html>`;
}

function htmlOfPart(part: LetterPart, at: (path: string) => string): Html {
  switch (part.kind) {
    case 'words':
      return html`<p style="margin:0 0 16px">${part.text}</p>`;
    case 'heading':
      return html`<h2 class="rule" style="margin:32px 0 14px;padding:10px 0 0;border-top:1px solid #d9d6cf;font:600 14px/1.3 'Helvetica Neue',Arial,sans-serif">${part.text}</h2>`;
    case 'note':
      return html`<div style="margin:0 0 8px">${part.text.split(/\n\s*\n/).map((each) => html`<p dir="auto" style="margin:0 0 16px">${each.trim()}</p>`)}</div>`;
    case 'story':
      return html`<div lang="${part.language}" dir="${part.direction}" style="margin:0 0 22px">${part.kicker && html`<p class="accent" style="margin:0 0 2px;font:600 13px/1.4 'Helvetica Neue',Arial,sans-serif;color:#0b5c4d">${part.kicker}</p>`}<h3 style="margin:0 0 4px;font-size:22px;line-height:1.2;font-weight:600"><a class="ink" href="${at(part.path)}" style="color:#17191d;text-decoration:none">${part.headline}</a></h3>${part.standfirst && html`<p style="margin:0">${part.standfirst}</p>`}</div>`;
    case 'comment':
      return html`<div style="margin:0 0 22px"><p style="margin:0 0 4px;font:600 15px/1.4 'Helvetica Neue',Arial,sans-serif"><a class="ink" href="${at(part.path)}" style="color:#17191d">${part.says}</a></p><p class="rule" dir="auto" style="margin:0;padding-inline-start:14px;border-inline-start:3px solid #d9d6cf">${part.text}</p><p class="soft" style="margin:4px 0 0;font:400 13px/1.4 'Helvetica Neue',Arial,sans-serif;color:#565a62">${part.under}</p></div>`;
    case 'line':
      return html`<p style="margin:0 0 12px"><a class="accent" href="${at(part.path)}" style="color:#0b5c4d">${part.text}</a></p>`;
    case 'button':
      return html`<p style="margin:8px 0 20px"><a class="button" href="${at(part.path)}" style="display:inline-block;padding:11px 20px;border-radius:4px;background:#0b5c4d;color:#ffffff;font:600 15px/1.3 'Helvetica Neue',Arial,sans-serif;text-decoration:none">${part.text}</a></p>`;
  }
}

/** Colours for the dark, and the paper's own accent; programs that know neither keep what stands at the tags. */
function styleOf(given: string | undefined): Html {
  const own = given !== undefined && /^#[0-9a-f]{6}$/i.test(given) ? given : undefined;
  const light = own && `.accent{color:${own}!important}.button{background:${own}!important}`;
  const dark = lightened(own ?? '#0b5c4d');
  return html`${raw(`<style>${light ?? ''}@media (prefers-color-scheme:dark){.sheet{background:#131518!important;color:#e7e5e0!important}.ink{color:#f3f1ec!important}.soft{color:#a9acb3!important}.rule{border-color:#3a3e45!important}.accent{color:${dark}!important}.button{background:${dark}!important;color:#131518!important}}</style>`)}`;
}

/** A colour made for white paper, light enough for a dark one. @param colour #rrggbb */
function lightened(colour: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `#${parts
    .map((part) =>
      Math.round(part * 0.45 + 255 * 0.55)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function addressOf(path: string, origin: string): string {
  return `${origin}${encodeURI(path.toWellFormed()).replace(/%25([0-9A-F]{2})/gi, '%$1')}`;
}
