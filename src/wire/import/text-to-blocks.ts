import { keptWords } from '../../stories/index.ts';
import { piecesOf } from './inline-text.ts';
import type { LooseBlock } from './loose-blocks.ts';

/** True where a text is written in HTML rather than plain. */
export function looksLikeHtml(text: string): boolean {
  return /<(?:p|br|div|a|h[1-6]|ul|ol|li|blockquote|img|figure|strong|em|i|b|span|table|section|article)\b[^<>]*>/i.test(
    text,
  );
}

/**
 * Paragraphs of a plain text: an empty line parts them. Lines that were broken at one width by a machine are
 * joined again, others keep their breaks.
 */
export function textToBlocks(text: string): LooseBlock[] {
  const clean = keptWords(text)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\u2029', '\n\n')
    .replaceAll('\u2028', '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ');
  const paragraphs = clean.split(/\n[ \t\u00A0]*(?:\n[ \t\u00A0]*)+/);
  const isWrapped = isHardWrapped(paragraphs);
  return paragraphs.flatMap((paragraph): LooseBlock[] => {
    const lines = paragraph
      .split('\n')
      .map((line) => line.replaceAll(/[ \t]+/g, ' ').replaceAll(/^[\s\u00A0]+|[\s\u00A0]+$/g, ''))
      .filter((line) => line !== '');
    if (lines.length === 0) return [];
    const words = lines.join(isWrapped ? ' ' : '\n');
    return [{ type: 'paragraph', text: piecesOf(words).map((text) => ({ text })) }];
  });
}

function isHardWrapped(paragraphs: readonly string[]): boolean {
  const inner = paragraphs
    .flatMap((paragraph) => paragraph.split('\n').slice(0, -1))
    .filter((line) => line.trim() !== '');
  if (inner.length < 4) return false;
  const usual = inner.filter((line) => line.length >= 55 && line.length <= 85).length;
  return usual / inner.length > 0.8;
}
