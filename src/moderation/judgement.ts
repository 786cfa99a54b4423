/** From the mildest: what a rule says, and what is decided when all have spoken. */
export const verdicts = ['allow', 'nudge', 'hold', 'reject'] as const;
export type VerdictKind = (typeof verdicts)[number];

export type Evidence = string | number | boolean | readonly string[];

/** What one rule says, with what it found. */
export interface Verdict {
  /** Name of the rule. */
  readonly rule: string;
  readonly verdict: VerdictKind;
  /** Figures and names from lists and settings; never the words of the writer. */
  readonly evidence: Readonly<Record<string, Evidence | undefined>>;
}

/** Why something was not simply posted, for the one who wrote it. */
export interface JudgementReason {
  /** Stable, such as `moderation.too-long`. */
  readonly code: string;
  readonly message: string;
  /** Field of the form that the message belongs to. */
  readonly field?: string | undefined;
}

/**
 * What becomes of a submission. `nudge`: not posted, the writer is asked 'Posting this as it stands?' and sends it
 * again with `isConfirmed`. `hold`: kept for moderators. `reject`: not posted, with the reasons.
 */
export interface Judgement {
  readonly decision: VerdictKind;
  /** Those of the verdicts that led to the decision; empty for `allow`. */
  readonly reasons: readonly JudgementReason[];
  /** Of every rule that had something to say, the mild ones too. */
  readonly verdicts: readonly Verdict[];
  /** Of the words, to know them again. */
  readonly fingerprint: string;
}

/** The harder of two. */
export function harder(a: VerdictKind, b: VerdictKind): VerdictKind {
  return verdicts.indexOf(a) >= verdicts.indexOf(b) ? a : b;
}
