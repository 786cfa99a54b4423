/** What somebody else than the rules holds of a submission. */
export interface Opinion {
  readonly verdict?: 'allow' | 'hold' | 'reject' | undefined;
  /** From 0, nothing wrong, to 1. */
  readonly score?: number | undefined;
  /** Such as `spam`; for the records of moderators. */
  readonly labels: readonly string[];
}

/**
 * What was asked for before the transaction. `failed` where it was asked and did not answer; left out where nothing
 * is set up.
 */
export interface Opinions {
  readonly outside?: Opinion | 'failed' | undefined;
  /** Of the filter that learns from decisions. */
  readonly filter?: Opinion | undefined;
}
