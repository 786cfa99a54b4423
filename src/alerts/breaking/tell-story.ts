import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { RecordedEvent } from '../../platform/events/event-log.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { findStory, listRevisions, type Story } from '../../stories/index.ts';
import { thingsOf } from '../preferences/choice.ts';
import { listenersOf } from '../preferences/listeners.ts';
import { audiencePage } from './fan-out/audience-page.ts';
import { keepNewAlert, mostLetters, shortened } from './compose-alert.ts';
import { begin } from './send-alert.ts';
import { breakingText as words } from './text.ts';
import type { Audience, WideAlert } from './wide-alert.ts';

export const tellStoryJob = 'alerts.tell-story';

/** How long an editor has to take a story back before it is told of, milliseconds. */
export const storyDelay = 120_000;
/** What first appeared longer ago is not told of as new, milliseconds. */
const newFor = 12 * 3_600_000;

/** After which of these a story may be told of. `story.imported` is not among them. */
export const toldStoryEvents = ['story.published', 'story.updated', 'story.corrected'] as const;

/** Have stories told of, a while after what happened to them. */
export async function queueStories(tx: Transaction, events: readonly RecordedEvent[]): Promise<void> {
  for (const { type, payload, createdAt } of events) {
    if (!toldStoryEvents.some((each) => each === type)) continue;
    const { story, version } = payload as { story: string; version: number };
    await enqueue(
      tx,
      tellStoryJob,
      { story, version, isNew: type === 'story.published' },
      { at: createdAt + storyDelay, key: `${story}:${version}` },
    );
  }
}

/**
 * Tell of a story, if it still stands, to those who want to hear of its section, topics or authors; of one that was updated
 * or corrected, to those who want to hear of this very story.
 * @returns undefined where there is nothing to tell, or nobody who listens
 */
export async function tellStory(
  tx: Transaction,
  told: { readonly story: string; readonly version: number; readonly isNew: boolean; readonly zone: string },
): Promise<WideAlert | undefined> {
  const story = await findStory(tx.db, told.story);
  if (!story || story.state !== 'published' || !story.published) return undefined;
  const [title, audiences] = told.isNew ? await asNew(tx, story) : await asChanged(tx, story, told.version);
  if (title === undefined || !(await isAnyoneListening(tx.db, audiences, tx.now))) return undefined;
  const known = await tx.db
    .selectFrom('alert')
    .select('id')
    .where('kind', '=', 'story')
    .where('story_id', '=', story.id)
    .$if(!told.isNew, (query) => query.where('story_version', '=', told.version))
    .executeTakeFirst();
  // One that comes back after a withdrawal was told of when it was new.
  if (known) return undefined;
  const alert = await keepNewAlert(tx, {
    kind: 'story',
    story,
    storyVersion: told.version,
    title: shortened(title, mostLetters.title),
    body: shortened(story.standfirst, mostLetters.body),
    picture: undefined,
    urgency: 'normal',
    audiences,
    actor: 'newsroom',
  });
  return begin(tx, alert, told);
}

type Telling = readonly [title: string | undefined, audiences: readonly Audience[]];
const nothing: Telling = [undefined, []];

async function asNew(tx: Transaction, story: Story): Promise<Telling> {
  if (tx.now - story.published!.at > newFor) return nothing;
  const audiences = thingsOf({ ...story, section: story.section }).filter(
    ({ kind }) => kind !== 'story',
  ) as Audience[];
  return [story.headline, audiences];
}

/** A mended comma is not told of; of several changes, the last. */
async function asChanged(tx: Transaction, story: Story, version: number): Promise<Telling> {
  const last = (await listRevisions(tx.db, story.id)).find(
    ({ action }) => action === 'updated' || action === 'corrected',
  );
  if (last?.version !== version) return nothing;
  const title =
    last.action === 'corrected' ? words.storyCorrected(story.headline) : words.storyUpdated(story.headline);
  return [title, [{ kind: 'story', target: story.id }]];
}

async function isAnyoneListening(
  db: Kysely<Tables>,
  audiences: readonly Audience[],
  now: number,
): Promise<boolean> {
  const page = await audiencePage(db, audiences, { cursor: '', now, limit: 1 });
  if (page.browsers.length > 0) return true;
  const { items, next } = await listenersOf(db, audiences, { limit: 50 });
  return items.length > 0 || next !== undefined;
}
