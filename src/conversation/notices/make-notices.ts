import type { Transaction } from '../../platform/database/database.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import { newId } from '../../platform/ids.ts';
import { noticeMade } from './events.ts';
import { keyOf, stepOf, type NoticeKind } from './notice.ts';

/** Events from which notices are made. */
export const noticedEvents = [
  'comment.posted',
  'comment.shown',
  'comment.edited',
  'comment.recommended',
  'comment.picked',
  'follow.began',
  'moderation.decided',
  'moderation.look-answered',
] as const;

interface Draft {
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

interface Noticed {
  readonly id: string;
  readonly story: string;
  readonly author: string | null;
  readonly parentAuthor: string | null;
  readonly mentions: readonly string[];
  readonly recommends: number;
  readonly isPicked: boolean;
}

/** Decisions of which their owner is not told: nothing has changed. */
const untold = new Set(['keep']);

/**
 * Make notices of what happened. The same events may come again, and in part: nothing is told twice, and nothing of what
 * is hidden by now, or comes from whom the reader does not see.
 * @returns ids of those that were made
 */
export async function makeNotices(tx: Transaction, events: readonly RecordedEvent[]): Promise<string[]> {
  const comments = await loadComments(
    tx,
    events.flatMap(({ payload }) => (typeof payload.comment === 'string' ? payload.comment : [])),
  );
  const follows = await loadFollows(tx, events);
  const drafts = events.flatMap((event) => draftsOf(event, comments, follows));
  const others = await withoutUnwanted(
    tx,
    drafts.filter(({ reader, actor }) => reader !== actor),
  );
  const wanted = await withoutOldSteps(tx, others);
  const made: Made[] = [];
  for (let at = 0; at < wanted.length; at += mostAtOnce)
    made.push(...(await insertNotices(tx, wanted.slice(at, at + mostAtOnce))));
  await replaceSummaries(tx, made);
  for (const { id, reader_id } of made) tx.emit(noticeMade(reader_id, id));
  return made.map(({ id }) => id);
}

interface Made {
  readonly id: string;
  readonly reader_id: string;
  readonly kind: string;
  readonly comment_id: string | null;
}

function insertNotices(tx: Transaction, drafts: readonly Draft[]): Promise<Made[]> {
  return tx.db
    .insertInto('notice')
    .values(
      drafts.map((draft) => ({
        id: newId(tx.now),
        reader_id: draft.reader,
        kind: draft.kind,
        key: draft.key,
        actor_id: draft.actor ?? null,
        comment_id: draft.comment ?? null,
        story_id: draft.story ?? null,
        decision_id: draft.decision ?? null,
        created_at: draft.at,
        read_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['reader_id', 'key']).doNothing())
    .returning(['id', 'reader_id', 'kind', 'comment_id'])
    .execute();
}

function draftsOf(
  { type, payload, createdAt: at }: RecordedEvent,
  comments: ReadonlyMap<string, Noticed>,
  follows: ReadonlySet<string>,
): Draft[] {
  if (type === 'follow.began') {
    const { reader: actor, kind, target } = payload as { reader: string; kind: string; target: string };
    if (kind !== 'reader' || !follows.has(`${actor}:${target}`)) return [];
    return [{ reader: target, kind: 'follower', key: keyOf.follower(actor), actor, at }];
  }
  if (type === 'moderation.decided') {
    const { owner, decision, action } = payload as { owner: string | null; decision: string; action: string };
    if (owner === null || untold.has(action)) return [];
    return [{ reader: owner, kind: 'decision', key: keyOf.decision(decision), decision, at }];
  }
  // A decision that is changed is told as the decision that changes it.
  if (type === 'moderation.look-answered') {
    const { owner, decision, outcome } = payload as { owner: string; decision: string; outcome: string };
    if (outcome !== 'upheld') return [];
    return [{ reader: owner, kind: 'decision', key: keyOf.look(decision), decision, at }];
  }
  const comment = comments.get(String(payload.comment));
  if (!comment) return [];
  const { id, story, author } = comment;
  const about = { comment: id, story, at };
  if (type === 'comment.recommended') {
    const step = stepOf(comment.recommends);
    if (author === null || step === undefined) return [];
    return [{ ...about, reader: author, kind: 'recommends', key: keyOf.recommends(id, step), step }];
  }
  if (type === 'comment.picked') {
    return author !== null && comment.isPicked
      ? [{ ...about, reader: author, kind: 'pick', key: keyOf.pick(id) }]
      : [];
  }
  const answered = comment.parentAuthor;
  const named = comment.mentions
    .filter((reader) => reader !== answered)
    .map((reader): Draft => ({ ...about, reader, kind: 'mention', key: keyOf.mention(id), actor: author }));
  if (answered === null || type === 'comment.edited') return named;
  return [{ ...about, reader: answered, kind: 'reply', key: keyOf.reply(id), actor: author }, ...named];
}

/** Comments that everyone can see now. */
async function loadComments(
  { db }: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Noticed>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .leftJoin('comment as parent', 'parent.id', 'comment.parent_id')
    .select([
      'comment.id',
      'comment.story_id',
      'comment.author_id',
      'comment.recommends',
      'comment.picked_at',
      'parent.author_id as parent_author',
    ])
    .where('comment.id', 'in', [...new Set(ids)])
    .where('comment.state', '=', 'visible')
    .where('story.state', '=', 'published')
    .execute();
  if (rows.length === 0) return new Map();
  const named = await db
    .selectFrom('comment_mention')
    .selectAll()
    .where(
      'comment_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const mentions = Map.groupBy(named, ({ comment_id }) => comment_id);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        story: row.story_id,
        author: row.author_id,
        parentAuthor: row.parent_author,
        mentions: (mentions.get(row.id) ?? []).map(({ reader_id }) => reader_id),
        recommends: row.recommends,
        isPicked: row.picked_at !== null,
      },
    ]),
  );
}

/** Which of the follows that began still hold, as `{who}:{whom}`. */
async function loadFollows(
  { db }: Transaction,
  events: readonly RecordedEvent[],
): Promise<ReadonlySet<string>> {
  const began = events.filter(({ type, payload }) => type === 'follow.began' && payload.kind === 'reader');
  if (began.length === 0) return new Set();
  const rows = await db
    .selectFrom('follow')
    .select(['reader_id', 'target'])
    .where('kind', '=', 'reader')
    .where(
      'reader_id',
      'in',
      began.map(({ payload }) => String(payload.reader)),
    )
    .where(
      'target',
      'in',
      began.map(({ payload }) => String(payload.target)),
    )
    .execute();
  return new Set(rows.map(({ reader_id, target }) => `${reader_id}:${target}`));
}

/** Without those for accounts that are gone, and those by whom their reader has muted or blocked. */
async function withoutUnwanted({ db }: Transaction, drafts: readonly Draft[]): Promise<readonly Draft[]> {
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

/** Without summaries that tell of no more than an earlier one did: who withdraws and comes back is not told of twice. */
async function withoutOldSteps({ db }: Transaction, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const ids = drafts.flatMap(({ step, comment }) => (step === undefined ? [] : comment!));
  if (ids.length === 0) return drafts;
  const rows = await db
    .selectFrom('notice')
    .select(['comment_id', 'key'])
    .where('kind', '=', 'recommends')
    .where('comment_id', 'in', ids)
    .execute();
  const told = new Map<string, number>();
  for (const { comment_id, key } of rows)
    told.set(comment_id!, Math.max(told.get(comment_id!) ?? 0, Number(key.split(':').at(-1))));
  return drafts.filter(({ step, comment }) => step === undefined || step > (told.get(comment!) ?? 0));
}

/** Of a comment that was recommended again, only the last summary stands. */
async function replaceSummaries({ db }: Transaction, made: readonly Made[]): Promise<void> {
  const summaries = made.filter(({ kind }) => kind === 'recommends');
  if (summaries.length === 0) return;
  const newest = new Map(summaries.map(({ comment_id, id }) => [comment_id!, id]));
  await db
    .deleteFrom('notice')
    .where('kind', '=', 'recommends')
    .where('comment_id', 'in', [...newest.keys()])
    .where('id', 'not in', [...newest.values()])
    .execute();
}
