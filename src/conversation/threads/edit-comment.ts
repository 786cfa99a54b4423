import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  judge,
  recordPosted,
  recordRejected,
  type Opinions,
  type Submission,
} from '../../moderation/index.ts';
import type { Reader } from '../../readers/index.ts';
import { factsOf, type CommentState } from './comment.ts';
import { commentEdited } from './events.ts';
import { isEditable, ownComment } from './own-comment.ts';
import { saveMentions, type PostOutcome } from './post-comment.ts';
import type { PreparedComment } from './prepare-comment.ts';
import { setCommentState } from './set-comment-state.ts';
import type { TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { loadThread } from './thread-state.ts';

export interface CommentEdit {
  readonly code: string;
  readonly story: TalkStory;
  readonly reader: Reader;
  readonly prepared: PreparedComment;
  readonly isConfirmed: boolean;
  readonly opinions?: Opinions;
  readonly zone: string;
}

/**
 * Put other words into a comment, within some minutes of its posting. What stood before is kept for moderators; the new
 * words are judged as if they were posted.
 * @throws AppError `comment.not-found`, `comment.too-late-to-edit`
 */
export async function editComment(tx: Transaction, edit: CommentEdit): Promise<PostOutcome> {
  const { reader, prepared, story } = edit;
  const comment = await ownComment(tx.db, edit.code, reader.id);
  const outcome = (kind: 'posted' | 'held', isRepeat: boolean): PostOutcome => ({
    kind,
    id: comment.id,
    code: comment.code,
    isRepeat,
    reasons: [],
  });
  if (comment.source === prepared.source) return outcome(comment.state === 'held' ? 'held' : 'posted', true);
  if (!isEditable(comment, reader.id, tx.now))
    throw new AppError('comment.too-late-to-edit', words.problem.tooLateToEdit, { status: 409 });
  const thread = await loadThread(tx.db, story, { now: tx.now, zone: edit.zone });
  const submission: Submission = {
    id: comment.id,
    kind: 'edit',
    reader,
    story: { id: story.id, section: story.section, sensitive: story.sensitive },
    parent: comment.parent_id ?? undefined,
    source: prepared.source,
    text: prepared.text,
    links: prepared.links,
    thread: { state: thread.state, slowSeconds: 0 },
    isConfirmed: edit.isConfirmed,
  };
  const judgement = await judge(tx, submission, edit.opinions);
  if (judgement.decision === 'reject') {
    await recordRejected(tx, submission, judgement);
    return { kind: 'rejected', reasons: judgement.reasons };
  }
  if (judgement.decision === 'nudge') return { kind: 'nudge', reasons: judgement.reasons };
  await keepVersion(tx, comment);
  const known = await tx.db
    .selectFrom('comment_mention')
    .select('reader_id')
    .where('comment_id', '=', comment.id)
    .execute();
  await tx.db
    .updateTable('comment')
    .set({
      source: prepared.source,
      html: prepared.html,
      text: prepared.open,
      edited_at: tx.now,
      version: comment.version + 1,
    })
    .where('id', '=', comment.id)
    .execute();
  await tx.db.deleteFrom('comment_mention').where('comment_id', '=', comment.id).execute();
  await saveMentions(tx.db, comment.id, prepared.mentions);
  await recordPosted(tx, submission, judgement);
  const isHeld = judgement.decision === 'hold' || (comment.state as CommentState) === 'held';
  if (isHeld) {
    // What waits for a look keeps waiting, whatever the rules say of its new words.
    if (comment.state === 'visible') await setCommentState(tx, comment, 'held');
    return { ...outcome('held', false), reasons: judgement.reasons } as PostOutcome;
  }
  const before = new Set(known.map(({ reader_id }) => reader_id));
  tx.emit(
    commentEdited(
      factsOf(comment),
      prepared.mentions.filter((id) => !before.has(id)),
    ),
  );
  return outcome('posted', false);
}

async function keepVersion(
  tx: Transaction,
  comment: {
    id: string;
    version: number;
    edited_at: number | null;
    created_at: number;
    source: string;
    html: string;
  },
): Promise<void> {
  await tx.db
    .insertInto('comment_version')
    .values({
      comment_id: comment.id,
      version: comment.version,
      at: comment.edited_at ?? comment.created_at,
      source: comment.source,
      html: comment.html,
    })
    .execute();
}
