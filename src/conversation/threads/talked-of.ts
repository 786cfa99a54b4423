import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { noComment } from './own-comment.ts';
import { threadsText as words } from './text.ts';
import type { TalkedOf } from './thread-state.ts';

/** A public story as the pages of its conversation name it. */
export interface TalkStory extends TalkedOf {
  readonly code: string;
  readonly path: string;
  readonly headline: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

/**
 * A public story by its id, code or path. What is not public has no conversation that anyone may see.
 * @throws AppError `story.not-found`, `story.gone` for one that was killed
 */
export async function findTalkStory(
  db: Kysely<Tables>,
  by: 'id' | 'code' | 'path',
  value: string,
): Promise<TalkStory> {
  const row = await db
    .selectFrom('story')
    .select(['id', 'code', 'path', 'headline', 'language', 'direction'])
    .select(['section', 'sensitive', 'published_at', 'state'])
    .where(by, '=', value)
    .executeTakeFirst();
  if (row?.state === 'killed') throw new AppError('story.gone', words.storyGone, { status: 410 });
  if (!row || row.state !== 'published' || row.path === null || row.published_at === null)
    throw new AppError('story.not-found', words.noStory, { status: 404 });
  return {
    id: row.id,
    code: row.code,
    path: row.path,
    headline: row.headline,
    language: row.language,
    direction: row.direction as 'ltr' | 'rtl',
    section: row.section ?? undefined,
    sensitive: row.sensitive === 1,
    publishedAt: row.published_at,
  };
}

/**
 * The public story of a comment. A comment under what is not public is the same to whoever asks as one that is not there.
 * @throws AppError `comment.not-found`, `story.gone`
 */
export async function findStoryOf(db: Kysely<Tables>, story: string): Promise<TalkStory> {
  try {
    return await findTalkStory(db, 'id', story);
  } catch (error) {
    throw error instanceof AppError && error.status === 404 ? noComment() : error;
  }
}
