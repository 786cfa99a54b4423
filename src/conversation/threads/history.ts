import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';

/** What a comment said at a time. */
export interface CommentVersion {
  readonly version: number;
  /** Milliseconds UTC at which it began to say so. */
  readonly at: number;
  /** As typed. */
  readonly source: string;
}

/** All that a comment has said, the first words first; for moderators. @param id of the comment */
export async function commentHistory(db: Kysely<Tables>, id: string): Promise<CommentVersion[]> {
  const before = await db
    .selectFrom('comment_version')
    .select(['version', 'at', 'source'])
    .where('comment_id', '=', id)
    .orderBy('version')
    .execute();
  const now = await db
    .selectFrom('comment')
    .select(['version', 'edited_at', 'created_at', 'source'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!now) return [];
  const { version, edited_at, created_at, source } = now;
  return [...before, { version, at: edited_at ?? created_at, source }];
}
