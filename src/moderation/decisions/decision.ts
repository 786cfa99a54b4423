import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';

/** What a report, a notice or a decision is about. `profile` is what a reader's page shows, `reader` the account. */
export type TargetKind = 'comment' | 'profile' | 'reader';

export interface TargetName {
  readonly kind: TargetKind;
  readonly id: string;
}

/** What is known of a target to those who report it, look at it or are told of a decision about it. */
export interface Target extends TargetName {
  /** Reader who wrote it, or whose it is; undefined for a comment from elsewhere. */
  readonly owner: string | undefined;
  /** Id of the story that it stands under. */
  readonly story: string | undefined;
  /** Such as 'Comment by Ann Ferry under Night ferry saved'. */
  readonly title: string;
  /** What it says, as plain text. */
  readonly text: string;
  /** Where it stands on this site. */
  readonly path: string | undefined;
  /** Whether everyone can see it now. */
  readonly isVisible: boolean;
}

/**
 * `approve` shows what was held, `keep` leaves what stands, `hide` takes it away until somebody looks again, `remove`
 * for good, `restore` brings it back; `warn`, `suspend`, `ban` and `lift` are about an account.
 */
export const actions = [
  'approve',
  'keep',
  'hide',
  'remove',
  'restore',
  'warn',
  'suspend',
  'ban',
  'lift',
] as const;
export type Action = (typeof actions)[number];

/** Whether it is about an account, and not about what it wrote. */
export function isAccountAction(action: Action): boolean {
  return action === 'warn' || action === 'suspend' || action === 'ban' || action === 'lift';
}

const against: ReadonlySet<Action> = new Set(['hide', 'remove', 'warn', 'suspend', 'ban']);

/** Whether it takes something from the reader whom it is about. */
export function isAgainst(action: Action): boolean {
  return against.has(action);
}

/** Why; each has its words in text.ts. `law` goes with the name of the law. */
export const reasonCodes = [
  'guidelines',
  'abuse',
  'hate',
  'harassment',
  'spam',
  'off-topic',
  'private',
  'false',
  'law',
  'reported',
  'impersonation',
  'appeal',
  'mistake',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Who decided: a moderator (by id or words), the rules, or enough reports. */
export interface Actor {
  readonly kind: 'moderator' | 'rules' | 'reports';
  /** Name for the records; readers are not shown it. */
  readonly name: string;
}

/** One row of the records: written once, never changed. */
export interface Decision {
  readonly id: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly target: TargetName;
  /** Reader who is told. */
  readonly owner: string | undefined;
  readonly story: string | undefined;
  readonly action: Action;
  readonly reason: ReasonCode;
  /** The law that was broken, in words, for the reason `law`. */
  readonly law: string | undefined;
  /** To the reader: what led to it. */
  readonly note: string;
  readonly actor: Actor;
  /** Milliseconds UTC to which a suspension holds. */
  readonly until: number | undefined;
  /** Id of the decision that this one takes back. */
  readonly undoes: string | undefined;
  /** Id of the notice that led to it. */
  readonly notice: string | undefined;
}

/** What main.ts gives: the domains that hold comments and accounts know them, and carry decisions out. */
export interface ModerationHandlers {
  /** A target, also one that not everyone can see; undefined when there is none. */
  findTarget(db: Kysely<Tables>, name: TargetName): Promise<Target | undefined>;
  /** Carry out a decision about a comment, in its transaction. */
  applyDecision(tx: Transaction, decision: Decision): Promise<void>;
}
