import type { DomainEvent } from '../platform/database/database.ts';
import type { Action, TargetName } from './decisions/decision.ts';

/** Something was decided; its owner is told. What it changes on pages is told by the domain that changes it. */
export function moderationDecided(decision: {
  readonly id: string;
  readonly target: TargetName;
  readonly owner: string | undefined;
  readonly action: Action;
}): DomainEvent {
  const { id, target, owner, action } = decision;
  return {
    type: 'moderation.decided',
    payload: { decision: id, kind: target.kind, target: target.id, owner: owner ?? null, action },
  };
}

/** Something waits for moderators. */
export function moderationWaits(what: 'hold' | 'report' | 'notice' | 'look', id: string): DomainEvent {
  return { type: 'moderation.waits', payload: { what, id } };
}

/** The settings of the rules are others now. The guidelines stand among them. */
export function moderationSettingsChanged(): DomainEvent {
  return { type: 'moderation.settings-changed', payload: {}, tags: ['guidelines'], urgent: true };
}

/** Somebody has looked at a decision again, and its owner is told. */
export function moderationLookAnswered(
  decision: string,
  owner: string,
  outcome: 'upheld' | 'changed',
): DomainEvent {
  return { type: 'moderation.look-answered', payload: { decision, owner, outcome } };
}
