import { z } from 'zod';

export const precisions = ['year', 'month', 'day', 'minute'] as const;
export type Precision = (typeof precisions)[number];

/** A time in a story, as exactly as it is known and no more. */
export const storyTime = z.strictObject({
  /** Milliseconds UTC; below minute precision, the first instant of the year, month or day in `zone`. */
  at: z.number().int(),
  /** IANA zone of the publication. */
  zone: z.string().min(1).max(64),
  precision: z.enum(precisions),
  /** The words it was given in, where it was read from somewhere. */
  words: z.string().max(200).optional(),
});
export type StoryTime = z.infer<typeof storyTime>;
