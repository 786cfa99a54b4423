import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReaderCards, type ReaderCard } from '../../readers/index.ts';
import { pageOf, readCursor, type Place } from '../cursor.ts';
import { statesListed } from '../follows/policy.ts';
import { mostUnread, type NoticeKind } from './notice.ts';

/** A notice as the inbox shows it. */
export interface Notice extends Place {
  readonly kind: NoticeKind;
  /** Whose doing it is; undefined for what nobody in particular did. */
  readonly actor: ReaderCard | undefined;
  readonly isRead: boolean;
  readonly comment: NoticedComment | undefined;
  /** What the reader asked to hear of; undefined for what is of a comment. */
  readonly story: NoticedStory | undefined;
  readonly decision: string | undefined;
}

export interface NoticedStory {
  readonly headline: string;
  readonly path: string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

export interface NoticedComment {
  readonly code: string;
  /** What is read of it. */
  readonly text: string;
  readonly recommends: number;
  readonly headline: string;
  /** Of its story. */
  readonly path: string;
}

const mostOnPage = 50;

/**
 * What a reader was told, the newest first, a page at a time by (time, id). What is hidden by now is left out, and what
 * comes from whom the reader has muted or blocked since.
 * @param list.kinds those alone
 * @param list.isUnread what was not read alone
 * @param list.before `next` of the page before
 * @throws AppError `list.bad-cursor`
 */
export async function listNotices(
  db: Kysely<Tables>,
  list: {
    readonly reader: string;
    readonly kinds?: readonly NoticeKind[];
    readonly isUnread?: boolean;
    readonly before?: string;
    readonly limit: number;
  },
): Promise<{ items: readonly Notice[]; next: string | undefined }> {
  const limit = Math.max(1, Math.min(list.limit, mostOnPage));
  const rows = await seenNotices(db, list.reader)
    .select([
      'notice.id',
      'notice.created_at as at',
      'notice.kind',
      'notice.actor_id',
      'notice.read_at',
      'notice.decision_id',
      'comment.code',
      'comment.text',
      'comment.recommends',
      'story.headline',
      'story.path',
      'story.language',
      'story.direction',
    ])
    .$if(list.kinds !== undefined, (query) => query.where('notice.kind', 'in', list.kinds!))
    .$if(list.isUnread === true, (query) => query.where('notice.read_at', 'is', null))
    .$if(list.before !== undefined, (query) => {
      const { at, id } = readCursor(list.before!);
      return query.where(sql<boolean>`(notice.created_at, notice.id) < (${at}, ${id})`);
    })
    .orderBy('notice.created_at', 'desc')
    .orderBy('notice.id', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, next } = pageOf(rows, limit);
  const cards = await findReaderCards(
    db,
    items.flatMap(({ actor_id }) => actor_id ?? []),
  );
  return {
    items: items.map((row) => ({
      id: row.id,
      at: row.at,
      kind: row.kind as NoticeKind,
      actor: row.actor_id === null ? undefined : cards.get(row.actor_id),
      isRead: row.read_at !== null,
      decision: row.decision_id ?? undefined,
      comment:
        row.code === null
          ? undefined
          : {
              code: row.code,
              text: row.text!,
              recommends: row.recommends!,
              headline: row.headline!,
              path: row.path!,
            },
      story:
        row.code !== null || row.path === null
          ? undefined
          : {
              headline: row.headline!,
              path: row.path,
              language: row.language!,
              direction: row.direction as NoticedStory['direction'],
            },
    })),
    next,
  };
}

export interface FoundNotice {
  readonly kind: NoticeKind;
  /** Ids. */
  readonly actor: string | null;
  readonly decision: string | null;
  readonly story: string | null;
  /** Of the comment: its code, what it says, and the story that it stands under. */
  readonly code: string | null;
  readonly text: string | null;
  readonly path: string | null;
  readonly headline: string | null;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly isRead: boolean;
}

/** One notice of this reader's own, as far as the inbox shows it. */
export async function findNotice(
  db: Kysely<Tables>,
  asked: { readonly reader: string; readonly id: string },
): Promise<FoundNotice | undefined> {
  const row = await seenNotices(db, asked.reader)
    .select(['notice.kind', 'notice.actor_id as actor', 'notice.decision_id as decision'])
    .select(['notice.story_id as story', 'notice.created_at as at', 'notice.read_at'])
    .select(['comment.code', 'comment.text', 'story.path', 'story.headline'])
    .where('notice.id', '=', asked.id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { read_at, ...found } = row;
  return { ...found, kind: row.kind as NoticeKind, isRead: read_at !== null };
}

/** How many wait to be read, counted to one more than `mostUnread`; one query. */
export async function countUnread(db: Kysely<Tables>, reader: string): Promise<number> {
  const unread = seenNotices(db, reader)
    .select('notice.id')
    .where('notice.read_at', 'is', null)
    .limit(mostUnread + 1);
  const { count } = await db
    .selectFrom(unread.as('unread'))
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Of a reader's notices those that may be seen now. */
function seenNotices(db: Kysely<Tables>, reader: string) {
  return db
    .selectFrom('notice')
    .leftJoin('comment', 'comment.id', 'notice.comment_id')
    .leftJoin('story', 'story.id', 'notice.story_id')
    .leftJoin('reader as actor', 'actor.id', 'notice.actor_id')
    .where('notice.reader_id', '=', reader)
    .where((is) => is.or([is('notice.comment_id', 'is', null), is('comment.state', '=', 'visible')]))
    .where((is) => is.or([is('notice.story_id', 'is', null), is('story.state', '=', 'published')]))
    .where((is) => is.or([is('notice.kind', '<>', 'recommends'), is('comment.recommends', '>', 0)]))
    .where((is) => is.or([is('notice.kind', '<>', 'pick'), is('comment.picked_at', 'is not', null)]))
    .where((is) => is.or([is('notice.kind', '<>', 'follower'), is('actor.state', 'in', statesListed)]))
    .where((is) =>
      is.or([
        is('notice.actor_id', 'is', null),
        is.and([
          is(
            'notice.actor_id',
            'not in',
            is.selectFrom('reader_mute').select('target_id').where('reader_id', '=', reader),
          ),
          is(
            'notice.actor_id',
            'not in',
            is.selectFrom('reader_block').select('target_id').where('reader_id', '=', reader),
          ),
        ]),
      ]),
    );
}
