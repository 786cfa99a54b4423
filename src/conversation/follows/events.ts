import type { DomainEvent } from '../../platform/database/database.ts';
import type { FollowTarget } from './follow.ts';

/** The pages that say how many follow, and whom. */
function tagsOf(reader: string, { kind, target }: FollowTarget): string[] {
  return kind === 'reader' ? [`reader:${reader}`, `reader:${target}`] : [];
}

/** Somebody follows something now. */
export function followBegan(reader: string, what: FollowTarget): DomainEvent {
  return {
    type: 'follow.began',
    payload: { reader, kind: what.kind, target: what.target },
    tags: tagsOf(reader, what),
  };
}

export function followEnded(reader: string, what: FollowTarget): DomainEvent {
  return {
    type: 'follow.ended',
    payload: { reader, kind: what.kind, target: what.target },
    tags: tagsOf(reader, what),
  };
}

/** A reader does not want to see another any more, or wants to again: told to that reader's own tabs and to nobody else. */
export function relationChanged(reader: string, target: string, isUnseen: boolean): DomainEvent {
  return { type: 'relation.changed', payload: { reader, target, isUnseen } };
}

/** Two readers no longer follow each other; nobody but the first is told why. */
export function readersParted(reader: string, target: string): DomainEvent {
  return {
    type: 'follow.parted',
    payload: { reader, target },
    tags: [`reader:${reader}`, `reader:${target}`],
    urgent: true,
  };
}
