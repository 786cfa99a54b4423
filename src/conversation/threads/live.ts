import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import type { LiveEvent } from '../../platform/live/frames.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import type { Context } from '../../site/context.ts';
import { branchTopic, writerTopic } from '../follows/following-topics.ts';
import { commentPart } from './comment-part.ts';
import { findTalkStory, type TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { nodePart } from './thread-part.ts';
import { loadThread, type StoryThread } from './thread-state.ts';
import { findComments, type ThreadComment } from './threads.ts';
import { whenIn } from './when.ts';

/** What readers may follow of conversations: that under one story. */
export const threadTopics = /^thread:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const topicOf = (story: string): string => `thread:${story}`;
const subjectOf = (comment: unknown): string => `comment:${String(comment)}`;
const countOf = (comment: unknown): string => `recommends:${String(comment)}`;

type LiveContext = Pick<Context, 'database' | 'clock' | 'site'>;

/**
 * Tell those who have a conversation open what is new in it, as markup that is made once for all from what the database
 * holds then. Of what is not visible now nothing is told but the tombstone that stands there.
 */
export function tellThreadsLive(hub: Pick<LiveHub, 'publisher'>, context: LiveContext): void {
  const effects = { forgets: ({ comment }: Readonly<Record<string, unknown>>) => subjectOf(comment) };
  const tell = (isNew: boolean) => (event: RecordedEvent) => tellComment(context, event, isNew);
  hub.publisher('comment.posted', tell(true));
  hub.publisher('comment.shown', tell(true), effects);
  hub.publisher('comment.edited', tell(false), effects);
  hub.publisher('comment.picked', tell(false), effects);
  hub.publisher('comment.removed', (event) => tellRemoved(context, event), effects);
  // Only the newest count is worth telling.
  hub.publisher('comment.recommended', (event) => tellCount(context, event), {
    forgets: ({ comment }) => countOf(comment),
  });
  hub.publisher('thread.changed', ({ payload }) => ({
    topics: [topicOf(String(payload.story))],
    name: 'thread',
    data: { story: payload.story },
  }));
}

async function tellComment(
  context: LiveContext,
  { payload }: RecordedEvent,
  isNew: boolean,
): Promise<LiveEvent | undefined> {
  const found = await load(context, payload);
  if (found?.comment?.state !== 'visible') return undefined;
  const { comment, thread } = found;
  return {
    // Those who follow its writer or its thread hear of it too.
    topics: [
      topicOf(comment.storyId),
      ...(isNew ? [branchTopic(String(payload.root))] : []),
      ...(isNew && comment.authorId ? [writerTopic(comment.authorId)] : []),
    ],
    name: 'comment',
    data: {
      story: comment.storyId,
      id: comment.id,
      parent: comment.parentId,
      root: payload.root,
      author: comment.authorId,
      parentAuthor: payload.parentAuthor ?? undefined,
      isNew,
      total: words.count(thread.comments),
      html: await render(context, found, comment),
    },
    subject: subjectOf(comment.id),
    within: `story:${comment.storyId}`,
    from: comment.authorId,
  };
}

/** Told also where no tombstone is left, as it may stand on pages that are open. */
async function tellRemoved(context: LiveContext, { payload }: RecordedEvent): Promise<LiveEvent | undefined> {
  const found = await load(context, payload);
  // What is shown again is told by the event that says so.
  if (!found || found.comment?.state === 'visible') return undefined;
  const { comment, thread, story } = found;
  return {
    topics: [topicOf(story.id)],
    name: 'comment-removed',
    data: {
      story: story.id,
      id: payload.comment,
      total: words.count(thread.comments),
      html: comment && (await render(context, found, comment)),
    },
    subject: subjectOf(payload.comment),
    within: `story:${story.id}`,
  };
}

async function tellCount(
  { database }: LiveContext,
  { payload }: RecordedEvent,
): Promise<LiveEvent | undefined> {
  const comment = await find(database.read, payload.comment);
  if (comment?.state !== 'visible') return undefined;
  const { recommends } = comment;
  // As it stands on a button, and in a line for whoever wrote it.
  const short = recommends > 0 ? words.recommendsCount(recommends) : '';
  const long = recommends > 0 ? words.recommends(recommends) : '';
  return {
    topics: [topicOf(comment.storyId)],
    name: 'comment-counts',
    data: { story: comment.storyId, id: comment.id, short, long },
    subject: countOf(comment.id),
    within: `story:${comment.storyId}`,
    from: comment.authorId,
  };
}

interface Found {
  readonly story: TalkStory;
  readonly thread: StoryThread;
  /** Undefined where not even a tombstone is seen. */
  readonly comment: ThreadComment | undefined;
}

/** @returns undefined where the story is not public */
async function load(
  { database: { read }, clock, site }: LiveContext,
  payload: RecordedEvent['payload'],
): Promise<Found | undefined> {
  const story = await findTalkStory(read, 'id', String(payload.story)).catch(() => undefined);
  if (!story) return undefined;
  const [thread, comment] = await Promise.all([
    loadThread(read, story, { now: clock.now(), zone: site.zone }),
    find(read, payload.comment),
  ]);
  return { story, thread, comment };
}

async function find(db: Kysely<Tables>, id: unknown): Promise<ThreadComment | undefined> {
  const [comment] = await findComments(db, 'id', [String(id)]);
  return comment;
}

/** A comment as everybody sees it, whoever asks. */
async function render(
  { database, clock, site }: LiveContext,
  { story, thread }: Found,
  comment: ThreadComment,
): Promise<string> {
  const now = clock.now();
  const options = {
    storyPath: story.path,
    viewer: undefined,
    canWrite: thread.state === 'open' || thread.state === 'premoderated',
    when: whenIn(site.zone, now),
    now,
    depth: thread.depth,
  };
  // Below the last depth it stands beside what it answers.
  const isFlat = comment.parentId !== undefined && comment.depth > thread.depth;
  if (!isFlat) return nodePart({ comment, replies: [], folded: 0 }, options).toString();
  const answers = await find(database.read, comment.parentId);
  return commentPart(comment, options, { answers }).toString();
}
