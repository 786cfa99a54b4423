import type { Selectable } from 'kysely';
import type { StoryTable } from './migrations.ts';
import { storyContent, type Correction, type Story, type StoryContent, type StoryState } from './story.ts';
import { toLocal, type StoryTime } from './time.ts';

type Row = Selectable<StoryTable>;

const optional = <T>(text: string | null): T | undefined =>
  text === null ? undefined : (JSON.parse(text) as T);

/** A story from its row; what is stored was checked when it was written. */
export function storyFromRow(row: Row, corrections: readonly Correction[]): Story {
  return {
    id: row.id,
    code: row.code,
    state: row.state as StoryState,
    path: row.path ?? undefined,
    ...contentFromRow(row),
    published: optional<StoryTime>(row.published),
    updated: optional<StoryTime>(row.updated),
    scheduledAt: row.scheduled_at ?? undefined,
    embargoUntil: row.embargo_until ?? undefined,
    corrections,
    version: row.version,
    words: row.words,
    held: row.held ?? undefined,
    killReason: row.kill_reason ?? undefined,
    source:
      row.source === null
        ? undefined
        : {
            name: row.source,
            id: row.source_id ?? '',
            hash: row.source_hash ?? '',
            version: row.source_version ?? 0,
          },
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

function contentFromRow(row: Row): StoryContent {
  return {
    kicker: row.kicker,
    headline: row.headline,
    standfirst: row.standfirst,
    body: JSON.parse(row.body) as StoryContent['body'],
    byline: JSON.parse(row.byline) as StoryContent['byline'],
    dateline: JSON.parse(row.dateline) as StoryContent['dateline'],
    credit: row.credit,
    section: row.section ?? undefined,
    topics: JSON.parse(row.topics) as string[],
    series:
      row.series === null
        ? undefined
        : { slug: row.series, ...(row.series_part === null ? {} : { part: row.series_part }) },
    lead: optional<StoryContent['lead']>(row.lead),
    language: row.language,
    direction: row.direction as StoryContent['direction'],
    slug: row.slug ?? undefined,
    canonical: row.canonical ?? undefined,
    sensitive: row.sensitive === 1,
  };
}

/** The row that keeps a story. */
export function rowFromStory(story: Story): Row {
  return {
    id: story.id,
    code: story.code,
    state: story.state,
    path: story.path ?? null,
    kicker: story.kicker,
    headline: story.headline,
    standfirst: story.standfirst,
    body: JSON.stringify(story.body),
    byline: JSON.stringify(story.byline),
    dateline: JSON.stringify(story.dateline),
    credit: story.credit,
    section: story.section ?? null,
    topics: JSON.stringify(story.topics),
    series: story.series?.slug ?? null,
    series_part: story.series?.part ?? null,
    lead: story.lead ? JSON.stringify(story.lead) : null,
    language: story.language,
    direction: story.direction,
    slug: story.slug ?? null,
    canonical: story.canonical ?? null,
    sensitive: story.sensitive ? 1 : 0,
    published_at: story.published?.at ?? null,
    published: story.published ? JSON.stringify(story.published) : null,
    published_day: story.published ? dayOf(story.published) : null,
    updated_at: story.updated?.at ?? null,
    updated: story.updated ? JSON.stringify(story.updated) : null,
    scheduled_at: story.scheduledAt ?? null,
    embargo_until: story.embargoUntil ?? null,
    version: story.version,
    words: story.words,
    held: story.held ?? null,
    kill_reason: story.killReason ?? null,
    source: story.source?.name ?? null,
    source_id: story.source?.id ?? null,
    source_hash: story.source?.hash ?? null,
    source_version: story.source?.version ?? null,
    created_at: story.createdAt,
    changed_at: story.changedAt,
  };
}

const contentKeys = Object.keys(storyContent.shape) as (keyof StoryContent)[];

/** What people edit of a story, without what the newsroom's system knows about it. */
export function contentOf(story: StoryContent): StoryContent {
  return Object.fromEntries(contentKeys.map((key) => [key, story[key]])) as StoryContent;
}

/** The day of a time as far as it is known, in its own zone: 2009, 2009-07 or 2009-07-28. */
export function dayOf(time: StoryTime): string {
  const { year, month, day } = toLocal(time.at, time.zone);
  const parts = [String(year).padStart(4, '0'), two(month), two(day)];
  return parts.slice(0, time.precision === 'year' ? 1 : time.precision === 'month' ? 2 : 3).join('-');
}

/** The folder of a story's address, /2009/07/28; what is not known of the date is 01. */
export function folderOf(time: StoryTime): string {
  const { year, month, day } = toLocal(time.at, time.zone);
  return `/${String(year).padStart(4, '0')}/${two(month)}/${two(day)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
