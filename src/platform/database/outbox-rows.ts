import type { Kysely } from 'kysely';
import { newId } from '../ids.ts';
import type { DomainEvent } from './database.ts';
import { statement, tuples } from './statement.ts';
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
  const rows = kept.map(({ type, payload, tags = [], urgent }) => [
    newId(now),
    type,
    JSON.stringify(payload),
    JSON.stringify(tags),
    urgent ? 1 : 0,
    now,
  ]);
  await statement`insert into outbox (id, type, payload, tags, urgent, created_at) values ${tuples(rows)}`.execute(
    db,
  );
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
