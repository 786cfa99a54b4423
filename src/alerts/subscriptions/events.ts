import type { DomainEvent } from '../../platform/database/database.ts';

/** A browser takes no alerts any more, as its reader wanted. @param browser id */
export function browserUnsubscribed(browser: string): DomainEvent {
  return { type: 'alerts.unsubscribed', payload: { browser } };
}
