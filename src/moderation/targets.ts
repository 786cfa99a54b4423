import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { findReader } from '../readers/index.ts';
import type { Decision, ModerationHandlers, Target, TargetName } from './decisions/decision.ts';
import { moderationText } from './text.ts';

/** What the domain of comments tells and does. */
export interface CommentHandlers {
  /** A comment as a target, also one that not everyone can see. @param id of it */
  findComment(db: Kysely<Tables>, id: string): Promise<Target | undefined>;
  /** Carry out a decision about a comment, in its transaction. */
  applyDecision(tx: Transaction, decision: Decision): Promise<void>;
}

/** Everything that moderation is about: comments as their domain tells of them, profiles and accounts by themselves. */
export function moderationHandlers(comments: CommentHandlers): ModerationHandlers {
  return {
    findTarget: (db, name) =>
      name.kind === 'comment' ? comments.findComment(db, name.id) : findAccount(db, name),
    applyDecision: (tx, decision) => comments.applyDecision(tx, decision),
  };
}

async function findAccount(db: Kysely<Tables>, { kind, id }: TargetName): Promise<Target | undefined> {
  const reader = await findReader(db, id);
  if (!reader || reader.state === 'former') return undefined;
  return {
    kind,
    id,
    owner: id,
    story: undefined,
    title: moderationText.targetOf(
      kind === 'profile' ? 'profile' : 'reader',
      reader.name || reader.handle || '',
    ),
    text: [reader.name, reader.bio].filter((part) => part !== '').join('\n\n'),
    path: reader.handle && `/readers/${reader.handle}`,
    // Who is about to leave is seen no more, as everywhere.
    isVisible: reader.handle !== undefined && reader.state !== 'leaving',
  };
}
