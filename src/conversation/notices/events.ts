import type { DomainEvent } from '../../platform/database/database.ts';

/** A reader has news in the inbox. */
export function noticeMade(reader: string, notice: string): DomainEvent {
  return { type: 'notice.made', payload: { reader, notice } };
}

/** A reader has read some of it, in whatever tab. */
export function noticesRead(reader: string): DomainEvent {
  return { type: 'notice.read', payload: { reader } };
}

/** Many readers have other news in the inbox than before, of which nobody is told in another way. @param readers at most 500 */
export function noticesAdded(readers: readonly string[]): DomainEvent {
  return { type: 'notice.added', payload: { readers } };
}
