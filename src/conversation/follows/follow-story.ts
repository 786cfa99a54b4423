import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { Request } from '../../platform/http/route-table.ts';
import type { Html } from '../../site/html.ts';
import { isFollowing } from './follow-lists.ts';
import { followPart } from './follow-part.ts';

/** The button under a story that follows what is said there. */
export async function followStoryPart(
  db: Kysely<Tables>,
  { identity }: Pick<Request, 'identity'>,
  story: { readonly id: string; readonly headline: string; readonly path: string },
): Promise<Html> {
  const isOn = await isFollowing(db, identity?.id, { kind: 'story', target: story.id });
  return followPart({
    kind: 'story',
    target: story.id,
    name: story.headline,
    isFollowing: isOn,
    to: `${story.path}#comments`,
  });
}
