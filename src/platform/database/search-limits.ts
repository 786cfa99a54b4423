/** Counting stops here: 'ten thousand or more' says enough. */
export const mostCounted = 10_000;

/** How much a word weighs in title, summary and text. */
export const weights = [10, 4, 1] as const;
