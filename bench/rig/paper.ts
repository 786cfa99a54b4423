import type { StoryContentInput } from '../../src/stories/index.ts';

/** Words of which it is known in how many stories they stand, for searches. */
export const knownWords = {
  /** Five stories of any paper. */
  rare: 'quokka',
  /** Every second story. */
  common: 'harbour',
  /** Every tenth and every fifteenth story; both in every thirtieth. */
  two: ['council', 'budget'],
  /** How `common` begins. */
  prefix: 'har',
} as const;

export const sections = ['world', 'city', 'business', 'science', 'culture', 'sport', 'opinion', 'coast'];
const topics = 200;
const authors = 100;
const rareStories = 5;
/** How far back the oldest story lies, milliseconds. */
const span = 20 * 365.25 * 24 * 3_600_000;

export interface MadeStory {
  readonly content: StoryContentInput & { readonly headline: string; readonly standfirst: string };
  /** Its paragraphs as plain text. */
  readonly paragraphs: readonly string[];
  /** Milliseconds UTC. */
  readonly at: number;
}

/**
 * A made-up story of some 300 words, always the same for the same number. Words come as often as in a language: few
 * are in every story, most in hardly any.
 * @param index from 0, the newest, to `count` - 1, twenty years older
 * @param pictures ids of which each story shows one at its head
 */
export function makeStory(
  index: number,
  count: number,
  newest: number,
  pictures: readonly string[] = [],
): MadeStory {
  const random = randomFrom(index + 1);
  const pick = (many: number) => Math.floor(random() * many);
  const sentence = (length: number) => {
    const text = Array.from({ length }, () => word(random)).join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  };
  const paragraphs = Array.from({ length: 6 }, () =>
    Array.from({ length: 3 }, () => `${sentence(10 + pick(12))}.`).join(' '),
  );
  paragraphs[0] += ` ${wordsFor(index, count).join(' ')}.`;
  const author = pick(authors);
  const media = pictures[index % pictures.length];
  return {
    content: {
      headline: sentence(5 + pick(4)),
      standfirst: `${sentence(18)}.`,
      section: sections[index % sections.length]!,
      topics: [...new Set(Array.from({ length: 3 }, () => `topic-${Math.floor(random() ** 2 * topics)}`))],
      byline: [{ author: `author-${author}`, name: `Author ${author}` }],
      ...(media !== undefined && { lead: { media, alt: sentence(6), caption: [{ text: sentence(12) }] } }),
      body: paragraphs.map((text) => ({ type: 'paragraph' as const, text: [{ text }] })),
    },
    paragraphs,
    at: Math.floor(newest - (index / count) * span),
  };
}

/** The known words of a story. */
function wordsFor(index: number, count: number): string[] {
  const words = ['Known words'];
  if (index % Math.max(1, Math.floor(count / rareStories)) === 0) words.push(knownWords.rare);
  if (index % 2 === 0) words.push(knownWords.common);
  if (index % 10 === 0) words.push(knownWords.two[0]);
  if (index % 15 === 0) words.push(knownWords.two[1]);
  return words;
}

const syllables = 'ba ce di fo gu la me ni po ru sa te vi no lu ta re si mo du pe ka li so tu'.split(' ');
const vocabulary = Array.from({ length: 8000 }, (_, index) => {
  const random = randomFrom(index + 1_000_000);
  const length = 1 + Math.floor(random() * 3.5);
  return Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('');
});

/** The word of rank n is 1/n as frequent as the first, as in any language (Zipf). */
function word(random: () => number): string {
  return vocabulary[Math.floor(vocabulary.length ** random()) - 1]!;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
