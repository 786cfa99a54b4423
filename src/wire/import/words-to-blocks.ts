import { parseDocument } from 'htmlparser2';
import { htmlToPlain, textOf, type HtmlNode } from './html-nodes.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import type { LooseBlock, Notes } from './loose-blocks.ts';
import { looksLikeHtml, textToBlocks } from './text-to-blocks.ts';

const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;

/**
 * Blocks of a text of which nobody says whether it is HTML: tags show that it is, entities that it was.
 * @param base address of the page that the text stood on
 */
export function wordsToBlocks(words: string, base: string | undefined, notes: Notes): LooseBlock[] {
  if (!looksLikeHtml(words)) return textToBlocks(withoutEntities(words, notes));
  // The field of a blog's editor: its breaks become paragraphs only when it is shown.
  const breaks = !/<(?:p|br|div)\b/i.test(words) && /\n[ \t\r]*\n/.test(words);
  if (breaks) notes.add('body.breaks', '');
  const converted = htmlToBlocks(words, { breaks, ...(base && URL.canParse(base) ? { base } : {}) });
  for (const note of converted.notes) notes.add(note.code, note.detail);
  return converted.blocks;
}

/** A headline, summary or caption on one line, of which nobody says whether it is HTML. */
export function wordsToLine(words: string, notes: Notes): string {
  if (looksLikeHtml(words)) {
    notes.add('html.markup-in-line', words);
    return htmlToPlain(words);
  }
  return withoutEntities(words, notes).replaceAll(/\s+/g, ' ').trim();
}

/** Plain words that somebody escaped for HTML, as they were. */
function withoutEntities(words: string, notes: Notes): string {
  const plain = words.replaceAll(entity, (written) =>
    parseDocument(written)
      .children.map((node) => textOf(node as HtmlNode))
      .join(''),
  );
  if (plain !== words) notes.add('text.entities', words);
  return plain;
}
