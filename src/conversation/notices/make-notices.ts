import type { Transaction } from '../../platform/database/database.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import { noticeMade } from './events.ts';
import { insertNotices, withoutUnwanted, type Draft, type Made } from './insert-notices.ts';
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

/** Of readers and kinds those of which the reader wants to hear nothing at all, as `{reader} {kind}`. */
export type Unwanted = (
  tx: Transaction,
  asked: readonly { readonly reader: string; readonly kind: NoticeKind }[],
) => Promise<ReadonlySet<string>>;

/**
 * Make notices of what happened. The same events may come again, and in part: nothing is told twice, and nothing of what
 * is hidden by now, or comes from whom the reader does not see.
 * @param unwanted asks what else nobody is told of; of everything somebody is when left out
 * @returns ids of those that were made
 */
export async function makeNotices(
  tx: Transaction,
  events: readonly RecordedEvent[],
  unwanted?: Unwanted,
): Promise<string[]> {
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
  const spared = others.length > 0 && unwanted ? await unwanted(tx, others) : undefined;
  const asked = spared ? others.filter(({ reader, kind }) => !spared.has(`${reader} ${kind}`)) : others;
  const made = await insertNotices(tx, await withoutOldSteps(tx, asked));
  await replaceSummaries(tx, made);
  for (const { id, reader_id } of made) tx.emit(noticeMade(reader_id, id));
  return made.map(({ id }) => id);
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
