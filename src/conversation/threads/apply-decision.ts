import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Decision, Target } from '../../moderation/index.ts';
import { commentPath, type CommentState } from './comment.ts';
import { setCommentState } from './set-comment-state.ts';
import { threadsText as words } from './text.ts';

const becomes: Partial<Record<Decision['action'], CommentState>> = {
  approve: 'visible',
  restore: 'visible',
  // Looked at and kept: what enough reports had hidden is shown again.
  keep: 'visible',
  hide: 'hidden',
  remove: 'removed',
};

/** Carry out what was decided about a comment. What its author has deleted stays deleted. */
export async function applyToComment(tx: Transaction, decision: Decision): Promise<void> {
  const comment = await tx.db
    .selectFrom('comment')
    .selectAll()
    .where('id', '=', decision.target.id)
    .executeTakeFirst();
  const state = becomes[decision.action];
  if (!comment || state === undefined || comment.state === 'deleted') return;
  // Hidden for now is milder than what stands already.
  if (decision.action === 'hide' && comment.state !== 'visible') return;
  if (decision.action === 'keep' && comment.state !== 'hidden') return;
  await setCommentState(tx, comment, state);
}

/** A comment as moderation tells of it, whoever can see it. */
export async function findCommentTarget(db: Kysely<Tables>, id: string): Promise<Target | undefined> {
  const row = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .leftJoin('reader', 'reader.id', 'comment.author_id')
    .select(['comment.id', 'comment.code', 'comment.state', 'comment.source', 'comment.author_id'])
    .select(['comment.origin_author', 'comment.story_id', 'reader.name'])
    .select(['story.headline', 'story.path', 'story.state as story_state'])
    .where('comment.id', '=', id)
    .executeTakeFirst();
  if (!row || row.state === 'deleted') return undefined;
  return {
    kind: 'comment',
    id: row.id,
    owner: row.author_id ?? undefined,
    story: row.story_id,
    title: words.targetTitle(words.nameOf(row.name ?? undefined, row.origin_author), row.headline),
    text: row.source,
    path: row.path === null ? undefined : commentPath(row.path, row.code),
    isVisible: row.state === 'visible' && row.story_state === 'published',
  };
}
