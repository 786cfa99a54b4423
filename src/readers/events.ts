import type { DomainEvent } from '../platform/database/database.ts';

/** A new account. */
export function readerJoined(reader: string): DomainEvent {
  return { type: 'reader.joined', payload: { reader } };
}

/** The page-store tag of what shows a reader's name or picture beside what the reader wrote. */
export const nameTag = (reader: string): string => `name:${reader}`;

/** Name, handle, picture, bio or what the page shows: it stands on comments and lists. */
export function readerChanged(reader: string): DomainEvent {
  return {
    type: 'reader.changed',
    payload: { reader },
    tags: [`reader:${reader}`, nameTag(reader)],
    urgent: true,
  };
}

/** Somebody signed in on one more browser, and others may follow. */
export function sessionBegan(reader: string, session: string): DomainEvent {
  return { type: 'session.began', payload: { reader, session } };
}

/** A browser is signed out: its open streams end. @param sessions ids */
export function sessionsEnded(reader: string, sessions: readonly string[]): DomainEvent {
  return { type: 'session.ended', payload: { reader, sessions } };
}

/**
 * The account is gone. Domains above erase their part in the same transaction (`onErase`); this tells caches.
 * @param comments what became of the reader's comments
 */
export function readerErased(reader: string, comments: 'delete' | 'keep'): DomainEvent {
  return {
    type: 'reader.erased',
    payload: { reader, comments },
    tags: [`reader:${reader}`, nameTag(reader)],
    urgent: true,
  };
}
