import { z } from 'zod';
import { isLanguageTag } from '../platform/language-tag.ts';
import { body, keptWords, picture } from './blocks.ts';
import { storyTime, type StoryTime } from './time.ts';

export const states = [
  'draft',
  'in-progress',
  'ready',
  'scheduled',
  'published',
  'unpublished',
  'killed',
] as const;
export type StoryState = (typeof states)[number];

export const slug = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]+)*$/u, {
    error: 'may hold small letters, digits and single hyphens',
  });

const line = (max: number) => z.string().overwrite(keptWords).trim().max(max);

/** What an author writes; everything of a story that people edit. */
export const storyContent = z.strictObject({
  kicker: line(120).default(''),
  headline: line(300).min(1, { error: 'A story needs a headline.' }),
  standfirst: line(1000).default(''),
  body: body.default([]),
  /** In order. `author` is the handle of a known author; a name alone is a byline without a page. */
  byline: z
    .array(z.strictObject({ author: slug.optional(), name: line(200).min(1), role: line(100).optional() }))
    .max(50)
    .default([]),
  dateline: z.strictObject({ place: line(200).optional(), agency: line(100).optional() }).default({}),
  /** Who supplied the story, such as 'Reuters' or 'Agencies'. */
  credit: line(200).default(''),
  section: slug.optional(),
  topics: z.array(slug).max(50).default([]),
  series: z.strictObject({ slug, part: z.number().int().min(1).optional() }).optional(),
  lead: picture.optional(),
  language: z
    .string()
    .min(2)
    .max(35)
    .refine(isLanguageTag, { error: 'is not a language tag such as en or pt-PT' })
    .default('en'),
  direction: z.enum(['ltr', 'rtl']).default('ltr'),
  slug: slug.optional(),
  /** Where the story was first published, if that is not here. */
  canonical: z.url({ protocol: /^https?$/ }).optional(),
  /** A death, a court case, an attack: no appeals, conversation closed at first. */
  sensitive: z.boolean().default(false),
});
export type StoryContent = z.infer<typeof storyContent>;
export type StoryContentInput = z.input<typeof storyContent>;

/** A public, dated note of what was wrong. */
export const correction = z.strictObject({ at: storyTime, text: line(2000).min(1) });
export type Correction = z.infer<typeof correction>;

/** A story as it is stored. */
export interface Story extends StoryContent {
  readonly id: string;
  /** Short code of /s/{code}. */
  readonly code: string;
  readonly state: StoryState;
  /** Public path such as /2009/07/28/slug; given at first publication and kept after a kill. */
  readonly path: string | undefined;
  readonly published: StoryTime | undefined;
  /** Last significant update. */
  readonly updated: StoryTime | undefined;
  /** Milliseconds UTC; set only in the state `scheduled`. */
  readonly scheduledAt: number | undefined;
  /** Milliseconds UTC; not to be published before. */
  readonly embargoUntil: number | undefined;
  /** Oldest first. */
  readonly corrections: readonly Correction[];
  /** Counts changes, for writers that meet. */
  readonly version: number;
  readonly words: number;
  /** Why an imported story stays out until an editor looks at it. */
  readonly held: string | undefined;
  readonly killReason: string | undefined;
  /** Where an imported story came from. */
  readonly source: StorySource | undefined;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The other side's name for a story: the pair of `name` and `id` is unique. */
export interface StorySource {
  readonly name: string;
  readonly id: string;
  readonly hash: string;
  /** Version that the last import left; a higher one was edited here. */
  readonly version: number;
}
