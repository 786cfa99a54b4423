import type { Kysely } from 'kysely';
import type { DomainEvent, Transaction } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

const withheld = 'media.withheld';
const released = 'media.released';

/** Give out files no more, whoever knows their addresses; their rows and files stay, for the newsroom's records. */
export async function withholdMedia(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.db
    .updateTable('media')
    .set({ withheld_at: tx.now })
    .where('id', 'in', ids)
    .where('withheld_at', 'is', null)
    .returning('id')
    .execute();
  tell(tx, withheld, rows);
}

/** Give files out again that something public shows once more. */
export async function releaseMedia(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.db
    .updateTable('media')
    .set({ withheld_at: null })
    .where('id', 'in', ids)
    .where('withheld_at', 'is not', null)
    .returning('id')
    .execute();
  tell(tx, released, rows);
}

function tell(tx: Transaction, type: string, rows: readonly { id: string }[]): void {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  tx.emit({ type, payload: { ids }, tags: ids.map((id) => `media:${id}`), urgent: true });
}

/** What this process knows to be withheld; files are given out without asking the database for each. */
export class Withheld {
  #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Read what is withheld by now; before the first file is given out. */
  async load(db: Kysely<Tables>): Promise<void> {
    const rows = await db.selectFrom('media').select('id').where('withheld_at', 'is not', null).execute();
    this.#ids = new Set(rows.map(({ id }) => id));
  }

  /** Hear of what was committed, here or by another process. */
  hear(events: readonly Pick<DomainEvent, 'type' | 'payload'>[]): void {
    for (const { type, payload } of events) {
      if (type !== withheld && type !== released) continue;
      for (const id of payload.ids as string[])
        if (type === withheld) this.#ids.add(id);
        else this.#ids.delete(id);
    }
  }
}
