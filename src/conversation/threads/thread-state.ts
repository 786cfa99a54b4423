import { z } from 'zod';
import type { Kysely } from 'kysely';
import { statement } from '../../platform/database/statement.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { ThreadState } from '../../moderation/index.ts';
import { fromLocal, toLocal } from '../../stories/index.ts';
import { commentSorts, type CommentSort } from './comment.ts';
import type { StoryThreadTable } from './migrations.ts';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const states = ['open', 'premoderated', 'closed', 'legal'] as const satisfies ThreadState[];

/** What holds for the site or a section where nothing nearer says otherwise. */
export const threadDefaults = z.strictObject({
  /** Of new and old conversations alike. */
  state: z.enum(['open', 'premoderated', 'closed']).optional(),
  /** Days after a story was published; 0 for never. */
  closesAfter: z.number().int().min(0).max(36_500).optional(),
  /** Seconds between two comments of one reader under one story; 0 for none. */
  slowSeconds: z.number().int().min(0).max(86_400).optional(),
  /** When the forum is attended, in the zone of the paper, and what it is for the rest of the day; null for always. */
  hours: z
    .strictObject({
      from: z.string().regex(clock),
      to: z.string().regex(clock),
      otherwise: z.enum(['premoderated', 'closed']),
    })
    .nullable()
    .optional(),
  /** Of court and other sensitive stories. */
  sensitive: z.enum(['open', 'premoderated', 'closed']).optional(),
  /** Of the whole site: how deep replies are set in; what is deeper stands at this depth, with whom it answers. */
  depth: z.number().int().min(1).max(8).optional(),
  /** In which order a conversation opens. */
  sort: z.enum(commentSorts as readonly [CommentSort, ...CommentSort[]]).optional(),
});
export type ThreadDefaults = z.infer<typeof threadDefaults>;

const usual: Required<ThreadDefaults> = {
  state: 'open',
  closesAfter: 0,
  slowSeconds: 0,
  hours: null,
  sensitive: 'closed',
  depth: 3,
  sort: 'newest',
};

/** What is asked of a story to tell how its conversation stands. */
export interface TalkedOf {
  readonly id: string;
  readonly section: string | undefined;
  readonly sensitive: boolean;
  /** Milliseconds UTC. */
  readonly publishedAt: number;
}

/** How a conversation stands at a moment. */
export interface Standing {
  readonly state: ThreadState;
  /** Why it is not open: set for this story, by its age, by the hour, as it is sensitive, by
   * the defaults, or as the rules of moderation hold everything. */
  readonly because: 'story' | 'age' | 'hours' | 'sensitive' | 'defaults' | 'rules' | undefined;
  readonly slowSeconds: number;
  readonly note: string;
  /** Milliseconds UTC at which it stands otherwise; undefined where nothing is known to come. */
  readonly changesAt: number | undefined;
  readonly depth: number;
  readonly sort: CommentSort;
}

/** Counts of a conversation, kept with each change. */
export interface ThreadCounts {
  /** Comments that everyone sees. */
  readonly comments: number;
  readonly recommends: number;
  /** Milliseconds UTC of the newest; undefined before the first. */
  readonly lastAt: number | undefined;
}

export interface StoryThread extends Standing, ThreadCounts {}

/** What is set for one story; null goes by the defaults. */
export interface ThreadSettings {
  readonly state: ThreadState | null;
  readonly closesAt: number | null;
  readonly slowSeconds: number | null;
  readonly note: string;
}

type Found = { [Column in keyof StoryThreadTable]: StoryThreadTable[Column] | null } & {
  readonly site: string | null;
  readonly section: string | null;
};

/** A story's conversation: how it stands now, and its counts. One query. */
export async function loadThread(
  db: Kysely<Tables>,
  story: TalkedOf,
  at: { readonly now: number; readonly zone: string },
): Promise<StoryThread> {
  const { rows } = await statement<Found>`select thread.*, site.settings as site, section.settings as section
    from (select 1 as one) as single
    left join story_thread as thread on thread.story_id = ${story.id}
    left join thread_settings as site on site.scope = 'site'
    left join thread_settings as section on section.scope = ${`section:${story.section ?? ''}`}`.execute(db);
  const [thread] = rows;
  const read = (settings: string | null | undefined) =>
    settings ? (JSON.parse(settings) as ThreadDefaults) : {};
  return {
    ...standingOf(
      story,
      {
        state: (thread?.state ?? null) as ThreadState | null,
        closesAt: thread?.closes_at ?? null,
        slowSeconds: thread?.slow_seconds ?? null,
        note: thread?.note ?? '',
      },
      { site: read(thread?.site), section: read(thread?.section) },
      at,
    ),
    comments: thread?.comments ?? 0,
    recommends: thread?.recommends ?? 0,
    lastAt: thread?.last_at ?? undefined,
  };
}

/** What is set for the site or a section, and nothing of what is above it. @param scope `site` or `section:{slug}` */
export async function loadThreadDefaults(db: Kysely<Tables>, scope: string): Promise<ThreadDefaults> {
  const row = await db
    .selectFrom('thread_settings')
    .select('settings')
    .where('scope', '=', scope)
    .executeTakeFirst();
  return row ? (JSON.parse(row.settings) as ThreadDefaults) : {};
}

/** How a conversation stands by all that is set: the story's own first, then its section's, then the site's. */
export function standingOf(
  story: TalkedOf,
  own: ThreadSettings,
  defaults: { readonly site: ThreadDefaults; readonly section: ThreadDefaults },
  { now, zone }: { readonly now: number; readonly zone: string },
): Standing {
  const set = { ...usual, ...defaults.site, ...defaults.section };
  // What is of the whole site no section sets.
  const { depth } = { ...usual, ...defaults.site };
  const closesAt =
    own.closesAt ?? (set.closesAfter > 0 ? story.publishedAt + set.closesAfter * 86_400_000 : undefined);
  const hours = hoursAt(set.hours, now, zone);
  const changes = [closesAt, hours.changesAt].filter((time) => time !== undefined && time > now) as number[];
  const common = {
    slowSeconds: own.slowSeconds ?? set.slowSeconds,
    note: own.note,
    changesAt: changes.length > 0 ? Math.min(...changes) : undefined,
    depth,
    sort: set.sort,
  };
  const is = (state: ThreadState, because: Standing['because']): Standing => ({
    ...common,
    state,
    because: state === 'open' ? undefined : because,
  });
  if (own.state === 'legal' || own.state === 'closed') return is(own.state, 'story');
  if (closesAt !== undefined && closesAt <= now) return is('closed', 'age');
  if (own.state === null && story.sensitive && set.sensitive === 'closed') return is('closed', 'sensitive');
  if (own.state === null && set.state === 'closed') return is('closed', 'defaults');
  if (hours.state === 'closed') return is('closed', 'hours');
  if (own.state === 'premoderated') return is('premoderated', 'story');
  if (hours.state === 'premoderated') return is('premoderated', 'hours');
  if (own.state === 'open') return is('open', undefined);
  if (story.sensitive && set.sensitive === 'premoderated') return is('premoderated', 'sensitive');
  return is(set.state, 'defaults');
}

function hoursAt(
  hours: Required<ThreadDefaults>['hours'],
  now: number,
  zone: string,
): { state: 'open' | 'premoderated' | 'closed'; changesAt: number | undefined } {
  if (hours === null || hours.from === hours.to) return { state: 'open', changesAt: undefined };
  const here = toLocal(now, zone);
  const time = `${two(here.hour)}:${two(here.minute)}`;
  const { from, to } = hours;
  const isOpen = from < to ? time >= from && time < to : time >= from || time < to;
  const turn = isOpen ? to : from;
  const [hour, minute] = turn.split(':').map(Number) as [number, number];
  const { year, month, day } = here;
  const today = fromLocal({ year, month, day, hour, minute }, zone).at;
  const changesAt =
    today > now ? today : fromLocal({ ...dayAfter({ year, month, day }, zone), hour, minute }, zone).at;
  return { state: isOpen ? 'open' : hours.otherwise, changesAt };
}

function dayAfter(date: { year: number; month: number; day: number }, zone: string) {
  // Noon and a day: no clock was ever put by twelve hours.
  const { year, month, day } = toLocal(
    fromLocal({ ...date, hour: 12, minute: 0 }, zone).at + 86_400_000,
    zone,
  );
  return { year, month, day };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export const threadStates: readonly ThreadState[] = states;
