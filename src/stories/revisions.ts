import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import type { StoryContent } from './story.ts';

export interface Revision {
  readonly version: number;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly note: string;
}

/** Every change of a story, newest first. */
export function listRevisions(db: Kysely<Tables>, storyId: string): Promise<Revision[]> {
  return db
    .selectFrom('story_revision')
    .select(['version', 'at', 'actor', 'action', 'note'])
    .where('story_id', '=', storyId)
    .orderBy('version', 'desc')
    .limit(1000)
    .execute();
}

/** A story's content as a revision left it. */
export async function findRevision(
  db: Kysely<Tables>,
  storyId: string,
  version: number,
): Promise<StoryContent | undefined> {
  const row = await db
    .selectFrom('story_revision')
    .select('content')
    .where('story_id', '=', storyId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && (JSON.parse(row.content) as StoryContent);
}
