import type { Transaction } from '../platform/database/database.ts';
import { enqueue } from '../platform/jobs/jobs.ts';
import { assertNotKilled, assertPublishable, assertSchedulable } from './policy.ts';
import { publishStory } from './publish-story.ts';
import { saveStory, storyToChange } from './save-story.ts';
import type { Story } from './story.ts';
import { fromInstant } from './time.ts';

/** Name of the job that publishes at the hour. */
export const publishScheduledJob = 'stories.publish-scheduled';

/**
 * Have a story published by itself at a moment, or take that back with null.
 * @param input.at milliseconds UTC, in the future
 * @throws AppError `story.embargo-exclusive`, `story.time-passed`, `story.wrong-state`, `story.incomplete`, `story.killed`
 */
export async function scheduleStory(
  tx: Transaction,
  input: { id: string; at: number | null; actor: string },
): Promise<Story> {
  const before = await storyToChange(tx, input.id);
  if (input.at === null) {
    assertNotKilled(before);
    if (before.scheduledAt === undefined) return before;
    return saveStory(
      tx,
      before,
      { ...before, state: 'ready', scheduledAt: undefined },
      { type: 'story.changed', action: 'unscheduled', actor: input.actor },
    );
  }
  assertSchedulable(before, input.at, tx.now);
  assertPublishable(before, tx.now);
  const story = await saveStory(
    tx,
    before,
    { ...before, state: 'scheduled', scheduledAt: input.at },
    { type: 'story.changed', action: 'scheduled', actor: input.actor },
  );
  await enqueue(
    tx,
    publishScheduledJob,
    { id: story.id, at: input.at },
    { at: input.at, key: `${story.id}:${story.version}` },
  );
  return story;
}

/**
 * Publish a story whose moment has come. Does nothing when it was put off, taken back or killed meanwhile.
 * @param input.at the moment for which the job was made
 * @param input.zone zone of the publication
 */
export async function publishScheduled(
  tx: Transaction,
  input: { id: string; at: number; zone: string },
): Promise<Story | undefined> {
  const story = await storyToChange(tx, input.id);
  if (story.state !== 'scheduled' || story.scheduledAt !== input.at || input.at > tx.now) return undefined;
  return publishStory(tx, {
    id: story.id,
    actor: 'schedule',
    zone: input.zone,
    at: fromInstant(input.at, input.zone),
  });
}
