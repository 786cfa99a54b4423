import type { Kysely } from 'kysely';
import { newId } from '../ids.ts';
import type { DomainEvent } from './database.ts';
import type { Tables } from './tables.ts';

declare module './tables.ts' {
  interface Tables {
    outbox: OutboxTable;
    outbox_cursor: { consumer: string; position: number; seen_at: number };
    lease: { name: string; owner: string; until: number };
  }
}

/** An event as it is kept. `position` is given by the dispatcher once the row is committed. */
export interface OutboxTable {
  id: string;
  type: string;
  payload: string;
  tags: string;
  urgent: number;
  created_at: number;
  position: number | null;
}

/** Write a command's events in its own transaction, in the order in which they were emitted. */
export async function recordEvents(
  db: Kysely<Tables>,
  events: readonly DomainEvent[],
  now: number,
): Promise<void> {
  const kept = events.filter(({ isHint }) => !isHint);
  if (kept.length === 0) return;
  await db
    .insertInto('outbox')
    .values(
      kept.map((event) => ({
        id: newId(now),
        type: event.type,
        payload: JSON.stringify(event.payload),
        tags: JSON.stringify(event.tags ?? []),
        urgent: event.urgent ? 1 : 0,
        created_at: now,
        position: null,
      })),
    )
    .execute();
}

/** Who is told after each commit, before the writers are answered. A listener must not throw. */
export class CommitListeners {
  readonly #listeners: ((events: readonly DomainEvent[]) => void)[] = [];
  add(listener: (events: readonly DomainEvent[]) => void): void {
    this.#listeners.push(listener);
  }
  tell(events: readonly DomainEvent[]): void {
    if (events.length > 0) for (const listener of this.#listeners) listener(events);
  }
}
