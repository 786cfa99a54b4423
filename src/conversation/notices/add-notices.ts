import type { Transaction } from '../../platform/database/database.ts';
import { noticeMade, noticesAdded } from './events.ts';
import { insertNotices, withoutUnwanted, type Draft } from './insert-notices.ts';
import { keyOf } from './notice.ts';

/** Something that readers asked to hear of: a comment of whom they follow, a story, or an alert about one. */
export type NewsNotice =
  | { readonly kind: 'follow'; readonly comment: string; readonly story: string; readonly actor: string }
  | { readonly kind: 'story'; readonly story: string; readonly alert?: string };

/**
 * Put one piece of news into the inboxes of those who asked for it; nothing is told twice, and of one story there is one
 * notice: an alert takes the place of it. Whoever muted or blocked who wrote it is not told, nor is that reader itself.
 * @param news.at milliseconds UTC
 * @param news.readers ids, at most 500
 * @param news.ringing those of them who are told in other ways too, by the event `notice.made`
 * @returns how many were told
 */
export async function addNotices(
  tx: Transaction,
  news: NewsNotice & {
    readonly at: number;
    readonly readers: readonly string[];
    readonly ringing?: ReadonlySet<string>;
  },
): Promise<number> {
  const { kind, story, at, ringing } = news;
  const about =
    news.kind === 'follow'
      ? { key: keyOf.follow(news.comment), comment: news.comment, actor: news.actor }
      : { key: news.alert === undefined ? keyOf.story(story) : keyOf.alert(news.alert) };
  const drafts = news.readers.map((reader): Draft => ({ reader, kind, story, at, ...about }));
  const wanted = await withoutUnwanted(
    tx,
    drafts.filter(({ reader, actor }) => reader !== actor),
  );
  const known = news.kind === 'story' ? await toldOfStory(tx, { ...news, key: about.key }) : undefined;
  const made = await insertNotices(tx, known ? wanted.filter(({ reader }) => !known.has(reader)) : wanted);
  const together: string[] = [];
  for (const { id, reader_id } of made) {
    if (ringing?.has(reader_id)) tx.emit(noticeMade(reader_id, id));
    else together.push(reader_id);
  }
  if (together.length > 0) tx.emit(noticesAdded(together));
  return made.length;
}

/** Who needs no further notice of a story. What an alert takes the place of goes. */
async function toldOfStory(
  { db }: Transaction,
  news: {
    readonly story: string;
    readonly alert?: string;
    readonly key: string;
    readonly readers: readonly string[];
  },
): Promise<ReadonlySet<string>> {
  if (news.readers.length === 0) return new Set();
  if (news.alert !== undefined) {
    await db
      .deleteFrom('notice')
      .where('kind', '=', 'story')
      .where('story_id', '=', news.story)
      .where('reader_id', 'in', news.readers)
      .where('key', '<>', news.key)
      .execute();
    return new Set();
  }
  const rows = await db
    .selectFrom('notice')
    .select('reader_id')
    .where('kind', '=', 'story')
    .where('story_id', '=', news.story)
    .where('reader_id', 'in', news.readers)
    .execute();
  return new Set(rows.map(({ reader_id }) => reader_id));
}

/** Take an alert out of all inboxes that does not hold any more. @returns how many had it, of at most 500: call again until 0 */
export async function removeAlertNotices(
  tx: Transaction,
  { story, alert }: { readonly story: string; readonly alert: string },
): Promise<number> {
  const rows = await tx.db
    .deleteFrom('notice')
    .where('id', 'in', (inner) =>
      inner
        .selectFrom('notice')
        .select('id')
        .where('kind', '=', 'story')
        .where('story_id', '=', story)
        .where('key', '=', keyOf.alert(alert))
        .limit(500),
    )
    .returning('reader_id')
    .execute();
  if (rows.length > 0) tx.emit(noticesAdded(rows.map(({ reader_id }) => reader_id)));
  return rows.length;
}
