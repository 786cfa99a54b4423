import { AppError } from '../platform/errors.ts';
import type { Story, StoryState } from './story.ts';

/** True when anyone may read the story. */
export function isPublic(story: Pick<Story, 'state'>): boolean {
  return story.state === 'published';
}

/** @throws AppError `story.killed`: a kill is final. */
export function assertNotKilled(story: Story): void {
  if (story.state === 'killed') {
    throw new AppError(
      'story.killed',
      'This story was killed. A killed story never returns; write a new one.',
      {
        status: 410,
      },
    );
  }
}

/** @throws AppError `story.changed-meanwhile` */
export function assertVersion(story: Story, version: number | undefined): void {
  if (version !== undefined && version !== story.version) {
    throw new AppError(
      'story.changed-meanwhile',
      `Somebody saved this story meanwhile (it is now version ${story.version}, yours was ${version}). Compare, then save again.`,
      { status: 409 },
    );
  }
}

/** @throws AppError `story.wrong-state` */
export function assertMovable(story: Story, to: StoryState): void {
  assertNotKilled(story);
  if (story.state === 'published') {
    throw wrongState(story, `Unpublish it first, then it can go back to ${to}.`);
  }
}

/** @throws AppError `story.wrong-state`, `story.embargo-exclusive`, `story.time-passed` */
export function assertSchedulable(story: Story, at: number, now: number): void {
  assertNotKilled(story);
  if (story.state === 'published') throw wrongState(story, 'It is public already.');
  if (story.embargoUntil !== undefined) throw exclusive();
  assertFuture(at, now, 'scheduledAt');
}

/** @throws AppError `story.embargo-after-publishing`, `story.embargo-exclusive`, `story.time-passed` */
export function assertEmbargoable(story: Story, until: number, now: number): void {
  assertNotKilled(story);
  if (story.published !== undefined) {
    throw new AppError(
      'story.embargo-after-publishing',
      'An embargo cannot be added after a story was published.',
      { status: 409 },
    );
  }
  if (story.scheduledAt !== undefined) throw exclusive();
  assertFuture(until, now, 'embargoUntil');
}

/** @throws AppError `story.wrong-state`, `story.embargoed`, `story.incomplete` */
export function assertPublishable(story: Story, now: number): void {
  assertNotKilled(story);
  if (story.state === 'published') throw wrongState(story, 'It is public already.');
  if (story.embargoUntil !== undefined && story.embargoUntil > now) {
    throw new AppError(
      'story.embargoed',
      `This story is under embargo until ${new Date(story.embargoUntil).toISOString()}. Publish it then, or lift the embargo first.`,
      { status: 409 },
    );
  }
  const fields: Record<string, string> = {};
  if (story.headline === '') fields.headline = 'A story needs a headline.';
  if (!story.section) fields.section = 'Choose a section.';
  if (story.body.length === 0) fields.body = 'There is no text yet.';
  if (Object.keys(fields).length > 0) {
    throw new AppError('story.incomplete', `Not ready to publish: ${Object.values(fields).join(' ')}`, {
      fields,
    });
  }
}

/** @throws AppError `story.wrong-state` when anyone has never seen the story */
export function assertPublic(story: Story): void {
  assertNotKilled(story);
  if (!isPublic(story)) throw wrongState(story, 'It is not public.');
}

function wrongState(story: Story, advice: string): AppError {
  return new AppError('story.wrong-state', `The story is ${story.state}. ${advice}`, { status: 409 });
}

function exclusive(): AppError {
  return new AppError(
    'story.embargo-exclusive',
    'A story has either a schedule or an embargo. Clear the one before you set the other.',
    { status: 409 },
  );
}

function assertFuture(at: number, now: number, field: string): void {
  if (at > now) return;
  const message = 'This moment has passed; choose one in the future.';
  throw new AppError('story.time-passed', message, { fields: { [field]: message } });
}
