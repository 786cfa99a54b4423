import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId, newShortCode } from '../../platform/ids.ts';
import { findAuthor, findSection, findStory, findTopic, type Story } from '../../stories/index.ts';
import type { AlertUrgency } from '../alert.ts';
import { alertToChange } from './alerts.ts';
import { breakingText as words } from './text.ts';
import { nameOfAudience, type Audience, type WideAlert } from './wide-alert.ts';

export interface NewAlert {
  /** Id of its story. */
  readonly story: string;
  /** The story's headline when left out. */
  readonly title?: string | undefined;
  /** The story's standfirst when left out. */
  readonly body?: string | undefined;
  /** Id of a picture, or null for none; the story's lead picture when left out. */
  readonly picture?: string | null | undefined;
  readonly urgency: AlertUrgency;
  readonly audiences: readonly Audience[];
  readonly actor: string;
}

export const mostLetters = { title: 120, body: 400 } as const;
const mostAudiences = 20;

/**
 * Words of an alert on one line, without signs that nobody sees: some turn the direction of all that follows, browsers'
 * own words too.
 */
export function alertLine(words: string): string {
  return words
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** @throws AppError `alert.invalid` with a message for each field */
export function checkWords(given: { readonly title: string; readonly body: string }): {
  title: string;
  body: string;
} {
  const [title, body] = [alertLine(given.title), alertLine(given.body)];
  const fields: Record<string, string> = {};
  if (title === '') fields.title = words.noTitle;
  if ([...title].length > mostLetters.title) fields.title = words.tooLong('title', mostLetters.title);
  if ([...body].length > mostLetters.body) fields.body = words.tooLong('text', mostLetters.body);
  if (Object.keys(fields).length > 0)
    throw new AppError('alert.invalid', Object.values(fields).join(' '), { fields });
  return { title, body };
}

/**
 * Begin an alert about a story, as a draft.
 * @throws AppError `alert.invalid`, `alert.no-story`, `alert.story-killed`, `alert.no-audience`, `alert.unknown-audience`,
 * `alert.no-picture`
 */
export async function composeAlert(tx: Transaction, given: NewAlert): Promise<WideAlert> {
  const story = await findStory(tx.db, given.story);
  if (!story) throw new AppError('alert.no-story', words.noStory(given.story), { status: 404 });
  if (story.state === 'killed') throw new AppError('alert.story-killed', words.storyKilled, { status: 410 });
  await checkAudiences(tx.db, given.audiences);
  const picture = given.picture === undefined ? story.lead?.media : given.picture;
  const isThere = picture ? await isPicture(tx.db, picture) : false;
  // A story's lead may have been lost; one that was asked for is a mistake.
  if (given.picture && !isThere) throw new AppError('alert.no-picture', words.noPicture, { status: 404 });
  return keepNewAlert(tx, {
    kind: 'breaking',
    story,
    ...checkWords({
      title: given.title ?? shortened(story.headline, mostLetters.title),
      body: given.body ?? shortened(story.standfirst, mostLetters.body),
    }),
    picture: isThere ? picture! : undefined,
    urgency: given.urgency,
    audiences: given.audiences,
    actor: given.actor,
  });
}

/** Write down an alert that was checked. */
export async function keepNewAlert(
  tx: Transaction,
  given: {
    readonly kind: WideAlert['kind'];
    readonly story: Story;
    readonly storyVersion?: number;
    readonly title: string;
    readonly body: string;
    readonly picture: string | undefined;
    readonly urgency: AlertUrgency;
    readonly audiences: readonly Audience[];
    readonly actor: string;
  },
): Promise<WideAlert> {
  const id = newId(tx.now);
  await tx.db
    .insertInto('alert')
    .values({
      id,
      code: newShortCode(),
      kind: given.kind,
      story_id: given.story.id,
      story_version: given.storyVersion ?? null,
      urgency: given.urgency,
      title: given.title,
      body: given.body,
      picture: given.picture ?? null,
      audience: JSON.stringify([...new Set(given.audiences.map(nameOfAudience))]),
      state: 'draft',
      version: 1,
      send_at: null,
      by_zone: 0,
      created_by: given.actor,
      approved_by: null,
      created_at: tx.now,
      changed_at: tx.now,
      reason: null,
      estimate: 0,
      delivered: 0,
      shown: 0,
      clicked: 0,
      dismissed: 0,
      unsubscribed: 0,
    })
    .execute();
  await tx.db
    .insertInto('alert_text')
    .values({
      alert_id: id,
      version: 1,
      action: 'composed',
      title: given.title,
      body: given.body,
      at: tx.now,
      by: given.actor,
      approved_by: null,
    })
    .execute();
  return alertToChange(tx, id);
}

/** What was written for a page may be longer than an alert may be: it ends at a word. */
export function shortened(text: string, most: number): string {
  const letters = [...alertLine(text)];
  if (letters.length <= most) return letters.join('');
  const cut = letters.slice(0, most - 1).join('');
  return `${cut.replace(/\s+\S*$/u, '')}…`;
}

/** @throws AppError `alert.no-audience`, `alert.unknown-audience` */
export async function checkAudiences(db: Kysely<Tables>, audiences: readonly Audience[]): Promise<void> {
  const [first] = audiences;
  if (!first) throw new AppError('alert.no-audience', words.noAudience);
  if (audiences.length > mostAudiences)
    throw new AppError('alert.no-audience', words.tooManyAudiences(mostAudiences));
  const find = {
    breaking: async () => true,
    section: findSection,
    topic: findTopic,
    author: findAuthor,
    story: findStory,
  };
  for (const audience of audiences) {
    if (await find[audience.kind](db, audience.target)) continue;
    throw new AppError('alert.unknown-audience', words.unknownAudience(nameOfAudience(audience)), {
      status: 404,
    });
  }
}

async function isPicture(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('media')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'picture')
    .executeTakeFirst();
  return row !== undefined;
}
