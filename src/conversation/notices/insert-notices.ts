import type { Transaction } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import type { NoticeKind } from './notice.ts';

/** A notice before it is known whether it is to be. */
export interface Draft {
  readonly reader: string;
  readonly kind: NoticeKind;
  readonly key: string;
  readonly actor?: string | null;
  readonly comment?: string;
  readonly story?: string;
  readonly decision?: string;
  /** Of a summary of recommends: how many it tells of. */
  readonly step?: number;
  readonly at: number;
}

/** Rows of one insert: databases take so many values in a statement, and no more. */
const mostAtOnce = 500;

export interface Made {
  readonly id: string;
  readonly reader_id: string;
  readonly kind: string;
  readonly comment_id: string | null;
}

/** Put notices into inboxes, each once. @returns those that were not there */
export async function insertNotices({ db, now }: Transaction, drafts: readonly Draft[]): Promise<Made[]> {
  const made: Made[] = [];
  for (let at = 0; at < drafts.length; at += mostAtOnce) {
    const rows = drafts.slice(at, at + mostAtOnce).map((draft) => ({
      id: newId(now),
      reader_id: draft.reader,
      kind: draft.kind,
      key: draft.key,
      actor_id: draft.actor ?? null,
      comment_id: draft.comment ?? null,
      story_id: draft.story ?? null,
      decision_id: draft.decision ?? null,
      created_at: draft.at,
      read_at: null,
    }));
    const inserted = await db
      .insertInto('notice')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['reader_id', 'key']).doNothing())
      .returning(['id', 'reader_id', 'kind', 'comment_id'])
      .execute();
    made.push(...inserted);
  }
  return made;
}

/** Without those for accounts that are gone, and those by whom their reader has muted or blocked. */
export async function withoutUnwanted(
  { db }: Transaction,
  drafts: readonly Draft[],
): Promise<readonly Draft[]> {
  if (drafts.length === 0) return [];
  const readers = [...new Set(drafts.map(({ reader }) => reader))];
  const actors = [...new Set(drafts.flatMap(({ actor }) => actor ?? []))];
  const there = await db
    .selectFrom('reader')
    .select('id')
    .where('id', 'in', readers)
    .where('state', '<>', 'former')
    .execute();
  const isThere = new Set(there.map(({ id }) => id));
  const isUnseen = new Set<string>();
  if (actors.length > 0) {
    const rows = await db
      .selectFrom('reader_mute')
      .select(['reader_id', 'target_id'])
      .where('reader_id', 'in', readers)
      .where('target_id', 'in', actors)
      .unionAll(
        db
          .selectFrom('reader_block')
          .select(['reader_id', 'target_id'])
          .where('reader_id', 'in', readers)
          .where('target_id', 'in', actors),
      )
      .execute();
    for (const { reader_id, target_id } of rows) isUnseen.add(`${reader_id}:${target_id}`);
  }
  return drafts.filter(
    ({ reader, actor }) => isThere.has(reader) && !(actor && isUnseen.has(`${reader}:${actor}`)),
  );
}
