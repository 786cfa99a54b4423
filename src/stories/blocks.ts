import { z } from 'zod';

/** Marks that a run of text may carry. */
export const marks = ['em', 'strong', 'code', 'sub', 'sup', 'strike'] as const;

/**
 * Words as they are kept: control characters and non-characters, which no reader sees and neither PostgreSQL nor XML
 * can hold, are left out, those that part words become a space; half of a surrogate pair becomes U+FFFD.
 */
export function keptWords(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[\v\f\u0085]/g, ' ')
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '');
}

const words = (max: number) => z.string().overwrite(keptWords).max(max);

const href = words(2048).refine((value) => /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(value), {
  error: 'must be an http(s), mailto or tel address, or a path on this site',
});

/** A stretch of text with the same marks. A line break inside is "\n". */
export const run = z.strictObject({
  text: words(100_000),
  marks: z.array(z.enum(marks)).max(marks.length).optional(),
  href: href.optional(),
  /** BCP 47 tag where the words are in another language than the story. */
  lang: words(35).optional(),
});
export const text = z.array(run).max(5000);

const mediaId = z.string().min(1).max(64);
const plain = words(2000);

/** A picture as a story shows it: the file, and the words that belong to it here. */
export const picture = z.strictObject({
  media: mediaId,
  /** Empty only for a picture that adds nothing to the words. */
  alt: plain,
  caption: text.optional(),
  credit: plain.optional(),
  /** What must stay in view when the picture is cropped; fractions of width and height. */
  focal: z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
});

export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), text }),
  z.strictObject({
    type: z.literal('subheading'),
    text,
    level: z.union([z.literal(2), z.literal(3)]).default(2),
  }),
  z.strictObject({
    type: z.literal('list'),
    ordered: z.boolean().default(false),
    items: z.array(text).min(1).max(500),
  }),
  z.strictObject({ type: z.literal('quote'), text, cite: plain.optional(), source: href.optional() }),
  z.strictObject({ type: z.literal('pullquote'), text, cite: plain.optional() }),
  z.strictObject({
    type: z.literal('picture'),
    ...picture.shape,
    width: z.enum(['column', 'wide', 'side']).default('column'),
  }),
  z.strictObject({
    type: z.literal('gallery'),
    title: plain.optional(),
    pictures: z.array(picture).min(1).max(200),
  }),
  z.strictObject({
    type: z.literal('audio'),
    media: mediaId,
    title: plain,
    credit: plain.optional(),
    transcript: text.optional(),
  }),
  z.strictObject({
    type: z.literal('video'),
    media: mediaId,
    title: plain,
    poster: mediaId.optional(),
    /** WebVTT file with captions. */
    captions: mediaId.optional(),
    caption: text.optional(),
    credit: plain.optional(),
  }),
  z.strictObject({
    type: z.literal('table'),
    caption: plain.optional(),
    head: z.array(text).max(50).optional(),
    rows: z.array(z.array(text).max(50)).min(1).max(2000),
    /** True where the first cell of each row names the row. */
    rowHeads: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('embed'),
    /** Loaded only on the reader's click; a plain link without scripts. */
    url: words(2048).regex(/^https:\/\//, { error: 'must begin with https://' }),
    provider: plain,
    title: plain,
  }),
  z.strictObject({ type: z.literal('related'), title: plain, href, kicker: plain.optional() }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({
    type: z.literal('code'),
    code: words(100_000),
    language: words(40).optional(),
  }),
  z.strictObject({ type: z.literal('keyfacts'), title: plain, items: z.array(text).min(1).max(50) }),
]);

/** The body of a story. */
export const body = z.array(block).max(5000);

export type Mark = (typeof marks)[number];
export type Run = z.infer<typeof run>;
export type Text = z.infer<typeof text>;
export type Picture = z.infer<typeof picture>;
export type Block = z.infer<typeof block>;
export type Body = z.infer<typeof body>;

/** Text without marks. */
export function plainText(value: Text): string {
  return value.map((part) => part.text).join('');
}

/** All words of a block that a reader sees, for search, counting and plain renderings. */
export function blockText(value: Block): string {
  switch (value.type) {
    case 'paragraph':
    case 'subheading':
    case 'pullquote':
      return plainText(value.text);
    case 'quote':
      return [plainText(value.text), value.cite].filter(Boolean).join('\n');
    case 'list':
      return value.items.map(plainText).join('\n');
    case 'keyfacts':
      return [value.title, ...value.items.map(plainText)].join('\n');
    case 'picture':
      return pictureText(value);
    case 'gallery':
      return [value.title, ...value.pictures.map(pictureText)].filter(Boolean).join('\n');
    case 'audio':
      return [value.title, value.transcript && plainText(value.transcript)].filter(Boolean).join('\n');
    case 'video':
      return [value.title, value.caption && plainText(value.caption)].filter(Boolean).join('\n');
    case 'table':
      return [value.caption, ...[value.head ?? [], ...value.rows].map((row) => row.map(plainText).join(' '))]
        .filter(Boolean)
        .join('\n');
    case 'embed':
    case 'related':
      return value.title;
    case 'code':
      return value.code;
    case 'divider':
      return '';
  }
}

function pictureText(value: Picture): string {
  return value.caption ? plainText(value.caption) : '';
}

/** Words in a body, by the word breaks of its language (Unicode UAX 29 through Intl.Segmenter). */
export function countWords(value: Body, language: string): number {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  let words = 0;
  for (const part of value)
    for (const segment of segmenter.segment(blockText(part))) if (segment.isWordLike) words += 1;
  return words;
}
