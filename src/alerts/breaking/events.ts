import type { DomainEvent } from '../../platform/database/database.ts';
import type { WideAlert } from './wide-alert.ts';

/** An alert begins to go out: whoever tells of it in other ways begins too, and every server makes its story's page ready. */
export function alertBegan({ id, kind, story }: WideAlert): DomainEvent {
  return { type: 'alert.began', payload: { alert: id, kind, story: story ?? null } };
}

/** Its words are others now, or it holds no longer. */
export function alertChanged({ id, state, version }: WideAlert): DomainEvent {
  return { type: 'alert.changed', payload: { alert: id, state, version } };
}
