import type { Transaction } from '../platform/database/database.ts';
import { addCorrection } from './correct-story.ts';
import { newStory } from './create-story.ts';
import { findImported } from './find-story.ts';
import { contentOf } from './rows.ts';
import { checkContent, redirectTo, saveStory } from './save-story.ts';
import type { Correction, Story, StoryContentInput } from './story.ts';
import type { StoryTime } from './time.ts';

export interface IncomingStory {
  /** Who names it, such as `ninjs:reuters.example`; with `sourceId` it says which story of ours it is. */
  readonly source: string;
  readonly sourceId: string;
  /** Changes when anything that came in changes. */
  readonly hash: string;
  readonly content: StoryContentInput;
  /** A story that is `held` stays a draft, whatever is asked here. */
  readonly state: 'published' | 'draft' | 'unpublished';
  /** Why it stays out until an editor looks at it. */
  readonly held?: string;
  /** A held story is not to be published before this moment, in milliseconds UTC; kept while it lies ahead. */
  readonly embargoUntil?: number;
  /** Needed for a published one. */
  readonly published?: StoryTime;
  readonly updated?: StoryTime;
  readonly corrections?: readonly Correction[];
  /** Its address here, if that is to be kept; below the folder of its date. */
  readonly path?: string;
  /** Addresses under which it was known; they come to redirect to it. */
  readonly oldPaths?: readonly string[];
}

export type ImportOutcome = 'created' | 'updated' | 'unchanged' | 'edited-here' | 'killed';

/**
 * Take a story in as it was, with its own dates, telling nobody: no alert, no news sitemap. The same one again
 * changes nothing; one that was edited here since is left alone and reported; a killed one never returns.
 * @throws AppError `story.invalid`, `section.unknown`
 */
export async function importStory(
  tx: Transaction,
  incoming: IncomingStory,
): Promise<{ outcome: ImportOutcome; story: Story }> {
  const before = await findImported(tx.db, incoming.source, incoming.sourceId);
  if (before?.state === 'killed') return { outcome: 'killed', story: before };
  if (before?.source?.hash === incoming.hash) return { outcome: 'unchanged', story: before };
  if (before && before.version !== before.source?.version) return { outcome: 'edited-here', story: before };

  const content = checkContent({ ...(before ? contentOf(before) : {}), ...incoming.content });
  const base = before ?? newStory(content, tx.now);
  const isHeld = incoming.held !== undefined || (incoming.state === 'published' && !incoming.published);
  const version = base.version + 1;
  const story = await saveStory(
    tx,
    before,
    {
      ...base,
      ...content,
      state: isHeld ? 'draft' : incoming.state,
      path: before?.path ?? incoming.path,
      published: incoming.published ?? base.published,
      updated: incoming.updated ?? base.updated,
      corrections: [...(incoming.corrections ?? base.corrections)],
      embargoUntil:
        isHeld && (incoming.embargoUntil ?? 0) > tx.now ? incoming.embargoUntil : base.embargoUntil,
      held: isHeld ? (incoming.held ?? 'It has no date of publication.') : undefined,
      source: { name: incoming.source, id: incoming.sourceId, hash: incoming.hash, version },
    },
    { type: 'story.imported', action: 'imported', actor: incoming.source },
  );
  if (incoming.corrections) {
    await tx.db.deleteFrom('story_correction').where('story_id', '=', story.id).execute();
    for (const note of incoming.corrections) {
      await addCorrection(tx, story.id, note, story.state === 'published');
    }
  }
  for (const path of incoming.oldPaths ?? []) {
    // An address that an editor has sent somewhere, or that another story had, stays as it is.
    const known = await tx.db
      .selectFrom('redirect')
      .select('path')
      .where('path', '=', path)
      .executeTakeFirst();
    if (!known && path !== story.path) await redirectTo(tx.db, path, story.id);
  }
  return { outcome: before ? 'updated' : 'created', story };
}
