import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import { statement } from '../../platform/database/statement.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId, newShortCode } from '../../platform/ids.ts';
import {
  judge,
  recordPosted,
  recordRejected,
  type JudgementReason,
  type Opinions,
  type Submission,
} from '../../moderation/index.ts';
import type { Reader } from '../../readers/index.ts';
import { factsOf, mostReplies, replyPath, type CommentRow } from './comment.ts';
import { countAbove } from './counters.ts';
import { commentHeld, commentPosted } from './events.ts';
import { blockersOf, type PreparedComment } from './prepare-comment.ts';
import type { TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { loadThread } from './thread-state.ts';

export interface NewComment {
  /** Id that it is to have, as `askOutside` was told it. */
  readonly id?: string;
  readonly story: TalkStory;
  /** Code of the comment that it answers. */
  readonly parent?: string | undefined;
  readonly reader: Reader;
  readonly prepared: PreparedComment;
  /** From the form: what comes twice with it is posted once. */
  readonly key?: string | undefined;
  /** The writer was asked whether to post it as it stands, and said yes. */
  readonly isConfirmed: boolean;
  readonly opinions?: Opinions;
  /** Zone of the paper, for the hours of the forum. */
  readonly zone: string;
}

/**
 * What became of it. `posted` and `held` are saved; `nudge` and `rejected` are not, and say why.
 * `isRepeat`: it was saved already, by the same form.
 */
export type PostOutcome =
  | {
      readonly kind: 'posted' | 'held';
      readonly id: string;
      readonly code: string;
      readonly isRepeat: boolean;
      readonly reasons: readonly JudgementReason[];
    }
  | { readonly kind: 'nudge' | 'rejected'; readonly reasons: readonly JudgementReason[] };

/**
 * Post a comment: judged, put in its place and counted in one transaction.
 * @throws AppError `comment.parent-gone`, `comment.not-taken` where the reader may not answer that comment,
 *   `comment.branch-full`, `account.no-name`
 */
export async function postComment(tx: Transaction, wanted: NewComment): Promise<PostOutcome> {
  const { story, reader, prepared, key } = wanted;
  if (reader.handle === undefined)
    throw new AppError('account.no-name', words.problem.noName, { status: 403 });
  const before = key === undefined ? undefined : await findByKey(tx.db, reader.id, key);
  if (before)
    return {
      kind: before.state === 'held' ? 'held' : 'posted',
      id: before.id,
      code: before.code,
      isRepeat: true,
      reasons: [],
    };
  const parent = wanted.parent === undefined ? undefined : await findParent(tx.db, wanted.parent, wanted);
  const thread = await loadThread(tx.db, story, { now: tx.now, zone: wanted.zone });
  const id = wanted.id ?? newId(tx.now);
  const submission: Submission = {
    id,
    kind: 'comment',
    reader,
    story: { id: story.id, section: story.section, sensitive: story.sensitive },
    parent: parent?.id,
    source: prepared.source,
    text: prepared.text,
    links: prepared.links,
    thread: { state: thread.state, slowSeconds: thread.slowSeconds },
    isConfirmed: wanted.isConfirmed,
  };
  const judgement = await judge(tx, submission, wanted.opinions);
  const { decision, reasons } = judgement;
  if (decision === 'reject') {
    await recordRejected(tx, submission, judgement);
    return { kind: 'rejected', reasons };
  }
  if (decision === 'nudge') return { kind: 'nudge', reasons };
  const state = decision === 'hold' ? 'held' : 'visible';
  const comment = await insertComment(tx, { ...wanted, id, parentRow: parent, state });
  await recordPosted(tx, submission, judgement);
  const facts = factsOf(comment, parent?.author_id ?? null);
  if (state === 'visible') tx.emit(commentPosted(facts, prepared.mentions));
  else tx.emit(commentHeld(facts));
  return { kind: state === 'held' ? 'held' : 'posted', id, code: comment.code, isRepeat: false, reasons };
}

async function findByKey(db: Kysely<Tables>, reader: string, key: string) {
  const { rows } = await statement<Pick<CommentRow, 'id' | 'code' | 'state'>>`
    select id, code, state from comment where author_id = ${reader} and key = ${key}`.execute(db);
  return rows[0];
}

type Parent = Pick<CommentRow, 'id' | 'root_id' | 'path' | 'depth' | 'author_id'>;

async function findParent(
  db: Kysely<Tables>,
  code: string,
  { story, reader }: Pick<NewComment, 'story' | 'reader'>,
): Promise<Parent> {
  const { rows } = await statement<Parent & Pick<CommentRow, 'state' | 'story_id'>>`
    select id, root_id, path, depth, author_id, state, story_id from comment where code = ${code}`.execute(
    db,
  );
  const [parent] = rows;
  if (!parent || parent.story_id !== story.id || parent.state !== 'visible')
    throw new AppError('comment.parent-gone', words.problem.parentGone, { status: 409 });
  if (parent.author_id !== null && (await blockersOf(db, reader.id, [parent.author_id])).size > 0)
    throw new AppError('comment.not-taken', words.problem.notTaken, { status: 403 });
  return parent;
}

async function insertComment(
  tx: Transaction,
  wanted: NewComment & { id: string; parentRow: Parent | undefined; state: 'visible' | 'held' },
): Promise<CommentRow> {
  const { db, now } = tx;
  const { id, parentRow: parent, prepared, state, story } = wanted;
  const seq = parent ? await nextSeq(db, parent.root_id) : 0;
  const comment: CommentRow = {
    id,
    code: newShortCode(),
    story_id: story.id,
    parent_id: parent?.id ?? null,
    root_id: parent?.root_id ?? id,
    path: parent ? replyPath(parent.path, seq) : '',
    depth: parent ? parent.depth + 1 : 0,
    seq,
    arrived: 0,
    author_id: wanted.reader.id,
    state,
    source: prepared.source,
    html: prepared.html,
    text: prepared.open,
    created_at: now,
    edited_at: null,
    version: 1,
    recommends: 0,
    replies: 0,
    branch: 0,
    best: 0,
    shown: state === 'visible' ? 1 : 0,
    picked_at: null,
    origin: null,
    origin_id: null,
    origin_author: null,
    key: wanted.key ?? null,
  };
  await statement`insert into comment (id, code, story_id, parent_id, root_id, path, depth, seq, author_id, state, created_at,
      version, recommends, replies, branch, best, shown, key, html, text, source)
    values (${id}, ${comment.code}, ${comment.story_id}, ${comment.parent_id}, ${comment.root_id}, ${comment.path},
      ${comment.depth}, ${seq}, ${comment.author_id}, ${state}, ${now}, 1, 0, 0, 0, 0, ${comment.shown}, ${comment.key},
      ${comment.html}, ${comment.text}, ${comment.source})`.execute(db);
  await saveMentions(db, id, prepared.mentions);
  if (state === 'visible') await countAbove(db, comment, 1);
  return comment;
}

/** Keep whom a comment names, by id: a handle may be another's one day. */
export async function saveMentions(
  db: Kysely<Tables>,
  id: string,
  mentions: readonly string[],
): Promise<void> {
  if (mentions.length === 0) return;
  await db
    .insertInto('comment_mention')
    .values(mentions.map((reader_id) => ({ comment_id: id, reader_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Which reply of its branch the next one is. Whoever answers there too waits until this one has its place. */
async function nextSeq(db: Kysely<Tables>, root: string): Promise<number> {
  const { rows } = await statement<{ arrived: number }>`
    update comment set arrived = arrived + 1 where id = ${root} returning arrived`.execute(db);
  const { arrived } = rows[0]!;
  if (arrived > mostReplies)
    throw new AppError('comment.branch-full', words.problem.branchFull, { status: 409 });
  return arrived;
}
