import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import { AppError } from '../platform/errors.ts';
import { releaseMedia } from '../platform/media/withhold.ts';
import { putDocument, removeDocument } from '../platform/search/search.ts';
import { blockText, countWords } from './blocks.ts';
import { storyEvent, type StoryEventType } from './events.ts';
import { assertVersion, isPublic } from './policy.ts';
import { contentOf, dayOf, folderOf, rowFromStory } from './rows.ts';
import { freePath, slugify } from './slug.ts';
import { findStory } from './find-story.ts';
import { keepStoryMedia } from './story-media.ts';
import { storyContent, type Story, type StoryContent, type StoryContentInput } from './story.ts';

/** How a change is recorded. */
export interface Change {
  readonly type: StoryEventType;
  /** Word for the revision list, such as `published`. */
  readonly action: string;
  readonly actor: string;
  readonly note?: string;
  /** Must not be seen a moment longer: never served stale. */
  readonly urgent?: boolean;
}

/**
 * A story for a command to change.
 * @throws AppError `story.not-found`, `story.changed-meanwhile`
 */
export async function storyToChange(tx: Transaction, id: string, version?: number): Promise<Story> {
  const story = await findStory(tx.db, id);
  if (!story) throw new AppError('story.not-found', `There is no story ${id}.`, { status: 404 });
  assertVersion(story, version);
  return story;
}

/** Check what was typed. @throws AppError `story.invalid` with a message for each field */
export function checkContent(input: StoryContentInput): StoryContent {
  const result = storyContent.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join('.') || 'story'] ??= issue.message;
  const list = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  throw new AppError('story.invalid', `Please mend: ${list.join('; ')}`, { fields });
}

/**
 * Write a story as it is to stand, with everything that follows from it in the same transaction: its address and
 * redirects, lists, day count, search row, revision and event.
 * @param before the story as stored, or undefined for a new one
 */
export async function saveStory(
  tx: Transaction,
  before: Story | undefined,
  wanted: Story,
  change: Change,
): Promise<Story> {
  const { db, now } = tx;
  await requireDirectory(db, wanted);
  const after: Story = {
    ...wanted,
    path: await pathFor(db, before, wanted),
    version: before ? before.version + 1 : 1,
    words: wanted.body === before?.body ? before.words : countWords(wanted.body, wanted.language),
    changedAt: now,
  };
  const row = rowFromStory(after);
  if (before) {
    const { numUpdatedRows } = await db
      .updateTable('story')
      .set(row)
      .where('id', '=', after.id)
      .where('version', '=', before.version)
      .executeTakeFirst();
    // PostgreSQL lets two commands read the same version; the second to write finds it gone.
    if (numUpdatedRows === 0n) assertVersion({ ...before, version: before.version + 1 }, before.version);
  } else {
    await db.insertInto('story').values(row).execute();
  }
  await db
    .insertInto('story_revision')
    .values({
      story_id: after.id,
      version: after.version,
      at: now,
      actor: change.actor,
      action: change.action,
      note: change.note ?? '',
      content: JSON.stringify(contentOf(after)),
    })
    .execute();
  if (before?.path && before.path !== after.path) await redirectTo(db, before.path, after.id);
  await relist(db, before, after);
  await releaseMedia(tx, await keepStoryMedia(db, before, after));
  tx.emit(storyEvent(change.type, after, before, change.urgent ?? false));
  return after;
}

async function pathFor(
  db: Kysely<Tables>,
  before: Story | undefined,
  wanted: Story,
): Promise<string | undefined> {
  if (!wanted.published) return undefined;
  const slug = wanted.slug ?? (slugify(wanted.headline) || wanted.code);
  const folder = folderOf(wanted.published);
  const isSameAddress =
    before?.path !== undefined &&
    before.published !== undefined &&
    folderOf(before.published) === folder &&
    before.slug === wanted.slug;
  // A changed headline keeps the address; only a slug or a date that somebody set moves it.
  if (isSameAddress) return before.path;
  if (wanted.path?.startsWith(`${folder}/`) && before === undefined) {
    return freePath(db, folder, wanted.path.slice(folder.length + 1), wanted.id);
  }
  return freePath(db, folder, slug, wanted.id);
}

/** Point an old address at a story, and let nothing point away from the story's own. */
export async function redirectTo(db: Kysely<Tables>, path: string, storyId: string): Promise<void> {
  await db
    .insertInto('redirect')
    .values({ path, story_id: storyId, target: null })
    .onConflict((conflict) => conflict.column('path').doUpdateSet({ story_id: storyId, target: null }))
    .execute();
}

/** Put a story whose row was restored as it was into its lists, the archive's numbers and the search. */
export async function listRestored(db: Kysely<Tables>, story: Story): Promise<void> {
  await relist(db, undefined, story);
  await keepStoryMedia(db, undefined, story);
}

async function relist(db: Kysely<Tables>, before: Story | undefined, after: Story): Promise<void> {
  const was = before && isPublic(before) ? listsOf(before) : [];
  const is = isPublic(after) ? listsOf(after) : [];
  const hasMoved = before?.published?.at !== after.published?.at || was.join('\n') !== is.join('\n');
  if (hasMoved) {
    if (was.length > 0) await db.deleteFrom('story_listing').where('story_id', '=', after.id).execute();
    if (is.length > 0) {
      const rows = is.map((list) => ({ list, published_at: after.published!.at, story_id: after.id }));
      await db.insertInto('story_listing').values(rows).execute();
    }
  }
  const wasDay = was.length > 0 ? dayOf(before!.published!) : undefined;
  const isDay = is.length > 0 ? dayOf(after.published!) : undefined;
  if (wasDay && wasDay !== isDay) await countDay(db, wasDay, -1, after.changedAt);
  if (isDay) await countDay(db, isDay, wasDay === isDay ? 0 : 1, after.changedAt);
  if (is.length > 0) await putDocument(db, await documentOf(db, after));
  else if (was.length > 0) await removeDocument(db, after.id);
  if (after.path && is.length > 0) await db.deleteFrom('redirect').where('path', '=', after.path).execute();
  if (is.length === 0 && was.length > 0) {
    await db.deleteFrom('front_slot').where('story_id', '=', after.id).execute();
    await db.updateTable('story_correction').set({ public: 0 }).where('story_id', '=', after.id).execute();
  } else if (is.length > 0 && was.length === 0 && before) {
    await db.updateTable('story_correction').set({ public: 1 }).where('story_id', '=', after.id).execute();
  }
}

/** Names of the lists in which a public story stands. */
function listsOf(story: Story): string[] {
  const lists = new Set(['all']);
  if (story.section) lists.add(`section:${story.section}`);
  if (story.series) lists.add(`series:${story.series.slug}`);
  for (const topic of story.topics) lists.add(`topic:${topic}`);
  for (const { author } of story.byline) if (author) lists.add(`author:${author}`);
  if (!story.source) lists.add('news');
  return [...lists];
}

/** @param at when the change was made, in milliseconds UTC */
async function countDay(db: Kysely<Tables>, day: string, by: number, at: number): Promise<void> {
  await db
    .insertInto('archive_day')
    .values({ day, stories: by, changed_at: at })
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet((expression) => ({
        stories: expression('archive_day.stories', '+', by),
        // A dump brings its stories back in no order of time.
        changed_at: expression
          .case()
          .when('archive_day.changed_at', '>', at)
          .then(expression.ref('archive_day.changed_at'))
          .else(at)
          .end(),
      })),
    )
    .execute();
}

async function documentOf(db: Kysely<Tables>, story: Story) {
  const names = story.topics.length
    ? await db.selectFrom('topic').select('name').where('slug', 'in', story.topics).execute()
    : [];
  const byline = story.byline.map(({ name }) => name);
  return {
    id: story.id,
    path: story.path!,
    title: story.headline,
    summary: [story.kicker, story.standfirst, ...byline, story.credit, ...names.map(({ name }) => name)]
      .filter(Boolean)
      .join('\n'),
    // The title of a link is another story's: it goes when that one is taken down.
    text: story.body
      .filter(({ type }) => type !== 'related')
      .map(blockText)
      .filter(Boolean)
      .join('\n'),
    section: story.section,
    authors: story.byline.flatMap(({ author }) => author ?? []),
    topics: story.topics,
    language: story.language,
    at: story.published!.at,
  };
}

/** A story names its section by choice; topics, authors and series that are new come with it. */
async function requireDirectory(db: Kysely<Tables>, story: Story): Promise<void> {
  if (story.section) {
    const known = await db
      .selectFrom('section')
      .select('slug')
      .where('slug', '=', story.section)
      .executeTakeFirst();
    if (!known) {
      const message = `There is no section '${story.section}'. Make it first, or choose another.`;
      throw new AppError('section.unknown', message, { fields: { section: message } });
    }
  }
  const source = story.source?.name ?? null;
  if (story.topics.length > 0) {
    await db
      .insertInto('topic')
      .values(
        [...new Set(story.topics)].map((slug) => ({ slug, name: nameOf(slug), description: '', source })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const authors = new Map(
    story.byline.flatMap(({ author, name }) => (author ? [[author, name] as const] : [])),
  );
  if (authors.size > 0) {
    await db
      .insertInto('author')
      .values([...authors].map(([slug, name]) => ({ slug, name, role: '', bio: '', picture: null, source })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (story.series) {
    const { slug } = story.series;
    await db
      .insertInto('series')
      .values({ slug, title: nameOf(slug), description: '', source })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function nameOf(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
