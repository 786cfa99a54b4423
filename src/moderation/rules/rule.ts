import type { Evidence, JudgementReason, VerdictKind } from '../judgement.ts';
import type { Outcome } from '../outcome.ts';
import type { Opinions } from '../opinions.ts';
import type { Rulebook } from '../settings/rulebook.ts';
import type { ModerationSettings } from '../settings/settings.ts';
import type { Submission } from '../submission.ts';
import type { Folded } from '../words/fold.ts';
import type { Standing, TrustLevel } from '../trust/trust.ts';

/** One that the same reader handed in before. */
export interface EarlierPost {
  readonly comment: string;
  readonly story: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly kind: 'comment' | 'edit';
  readonly outcome: Outcome;
  readonly fingerprint: string;
}

/** All that a rule may look at. It asks nobody and changes nothing. */
export interface Given {
  readonly submission: Submission;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly rulebook: Rulebook;
  readonly settings: ModerationSettings;
  readonly level: TrustLevel;
  readonly standing: Standing;
  /** Of the last hour, what was refused or removed of late, and the same words: the newest first. */
  readonly earlier: readonly EarlierPost[];
  readonly fingerprint: string;
  /** The text as word lists read it. */
  readonly folded: Folded;
  /** What was asked for before; empty where nothing was. */
  readonly opinions: Opinions;
}

/** What a rule says; one that has nothing to say finds undefined. */
export interface Finding {
  readonly verdict: VerdictKind;
  /** Needed but for `allow`. */
  readonly reason?: JudgementReason;
  readonly evidence?: Readonly<Record<string, Evidence | undefined>>;
}

/** One rule: everything about it stands in one file, and a near miss of it is tested beside it. */
export interface Rule {
  readonly name: string;
  judge(given: Given): Finding | undefined;
}
