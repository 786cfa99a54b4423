import type { Transaction } from '../../platform/database/database.ts';
import type { EventLog, RecordedEvent } from '../../platform/events/event-log.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import type { Database } from '../../platform/database/database.ts';
import type { AlertChannel } from '../alert.ts';
import { enqueueLetter } from '../mail/send-letters.ts';
import { channelsFor } from '../preferences/choices.ts';
import { mailedFor, newsNotice } from './news-notice.ts';
import { personalKindOf } from './personal-alert.ts';

export const personalPushJob = 'alerts.personal';

/** How long is waited, so that what is taken back at once is not told; milliseconds. */
export const waitBefore = { push: 15_000, mail: 120_000 } as const;
/** How long a mail about it is of use, milliseconds. */
const mailLife = 86_400_000;

/** Tell readers of what comes into their inboxes, where they want to be told. */
export function watchPersonalAlerts({
  database,
  events,
}: {
  readonly database: Database;
  readonly events: Pick<EventLog, 'subscribe'>;
}): void {
  events.subscribe(
    'personal-alerts',
    async (recorded) => {
      await database.write((tx) => tellPersonal(tx, recorded));
    },
    { types: ['notice.made'] },
  );
}

/** Put in what is to be told of new notices; the same events may come again. */
export async function tellPersonal(tx: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  const ids = events.flatMap(({ type, payload }) =>
    type === 'notice.made' && typeof payload.notice === 'string' ? payload.notice : [],
  );
  if (ids.length === 0) return;
  const rows = await tx.db
    .selectFrom('notice')
    .select(['id', 'reader_id', 'kind', 'key', 'actor_id', 'story_id', 'created_at'])
    .where('id', 'in', ids)
    .where('read_at', 'is', null)
    .execute();
  const channels = await channelsOfNotices(tx, rows);
  for (const id of await mailedNews(tx, rows)) channels.set(id, 'mail');
  for (const { id, reader_id: reader, kind, created_at: at } of rows) {
    const channel = channels.get(id);
    // A notice bears the time of what it tells of, which an import may have set long ago.
    if (channel === undefined || tx.now - at > mailLife) continue;
    if (channel === 'push')
      await enqueue(tx, personalPushJob, { notice: id, reader }, { key: id, at: tx.now + waitBefore.push });
    if (channel === 'mail')
      await enqueueLetter(
        tx,
        { of: kind === 'story' ? 'story' : 'notice', notice: id, reader, until: tx.now + mailLife },
        { key: `notice:${id}`, at: tx.now + waitBefore.mail },
      );
  }
}

interface NoticeRow {
  readonly id: string;
  readonly reader_id: string;
  readonly kind: string;
  readonly key: string;
  readonly actor_id: string | null;
  readonly story_id: string | null;
}

/** Notices of stories that their readers want a mail about; by push they are told with all others who hear of them. */
async function mailedNews({ db }: Transaction, rows: readonly NoticeRow[]): Promise<string[]> {
  const ids: string[] = [];
  const stories = rows.filter(({ kind, story_id }) => kind === 'story' && story_id !== null);
  for (const [key, group] of Map.groupBy(stories, (row) => row.key)) {
    const news = await newsNotice(db, { key, story: group[0]!.story_id! });
    if (!news) continue;
    const mailed = await mailedFor(db, news, [...new Set(group.map(({ reader_id }) => reader_id))]);
    ids.push(...group.filter(({ reader_id }) => mailed.has(reader_id)).map(({ id }) => id));
  }
  return ids;
}

/** How each is to be told, in two queries for each kind and each reader that is followed. */
async function channelsOfNotices(
  { db }: Transaction,
  rows: readonly NoticeRow[],
): Promise<Map<string, AlertChannel>> {
  const channels = new Map<string, AlertChannel>();
  const groups = Map.groupBy(rows, (row) => {
    const kind = personalKindOf(row);
    return kind && `${kind}:${kind === 'reader' ? row.actor_id : ''}`;
  });
  for (const [thing, group] of groups) {
    if (thing === undefined) continue;
    const at = thing.indexOf(':');
    const kind = personalKindOf(group[0]!)!;
    const readers = [...new Set(group.map(({ reader_id }) => reader_id))];
    const found = await channelsFor(db, { kind, target: thing.slice(at + 1), readers });
    for (const { id, reader_id } of group) channels.set(id, found.get(reader_id)!);
  }
  return channels;
}
