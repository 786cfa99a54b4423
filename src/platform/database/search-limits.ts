/** Counting stops here: 'ten thousand or more' says enough. */
export const mostCounted = 10_000;

/** How much a word weighs in title, summary and text. */
export const weights = [10, 4, 1] as const;

/**
 * Of what holds a very common word only so many are ranked, those that are newest on PostgreSQL and that were taken in last
 * on SQLite, where the index knows no times.
 */
export const mostRanked = 5000;
