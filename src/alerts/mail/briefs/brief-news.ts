import { sql, type Kysely } from 'kysely';
import {
  listNotices,
  loadEntries,
  relationsOf,
  type Entry,
  type Notice,
  type NoticeKind,
} from '../../../conversation/index.ts';
import type { Tables } from '../../../platform/database/tables.ts';
import { storiesByIds, type StoryCard } from '../../../stories/index.ts';
import { alertFromRow, isForEveryone, type WideAlert } from '../../breaking/wide-alert.ts';
import {
  followedKinds,
  isTargetKind,
  usualChannel,
  type AlertChoice,
  type TargetKind,
} from '../../preferences/choice.ts';
import { choicesOf } from '../../preferences/choices.ts';
import { personalKindOf } from '../../personal/personal-alert.ts';
import type { Rhythm } from '../letter.ts';

/** What a reader has asked to hear of in a brief, of the time between two. */
export interface BriefNews {
  readonly alerts: readonly BriefAlert[];
  readonly stories: readonly StoryCard[];
  readonly comments: readonly Entry[];
  /** Of the reader's own affairs, what was not read yet. */
  readonly notices: readonly Notice[];
}

export interface BriefAlert extends Pick<WideAlert, 'title' | 'body' | 'story'> {
  /** Where it leads, on this site. */
  readonly path: string;
}

const mostAlerts = 5;
const mostStories = 12;
const mostComments = 5;
const mostNotices = 8;

export interface BriefTime {
  /** Milliseconds UTC, not included. */
  readonly from: number;
  /** Included. */
  readonly to: number;
}

/** Gather it, as it can be seen now. */
export async function loadBrief(
  db: Kysely<Tables>,
  asked: BriefTime & { readonly reader: string; readonly rhythm: Rhythm },
): Promise<BriefNews> {
  const { reader, rhythm } = asked;
  const choices = await choicesOf(db, `reader:${reader}`);
  const targets = await targetsOf(db, reader, rhythm, choices);
  const [alerts, stories, comments, notices] = await Promise.all([
    isChosen(choices, 'breaking', rhythm) ? alertsSent(db, asked) : [],
    storiesOf(db, targets, asked),
    commentsOf(db, reader, targets.reader, asked),
    noticesOf(db, choices, asked),
  ]);
  // What an alert told of needs no second place.
  const told = new Set(alerts.flatMap(({ story }) => story ?? []));
  return { alerts, stories: stories.filter(({ id }) => !told.has(id)), comments, notices };
}

/** Whether there is anything to tell. */
export function isEmptyBrief({ alerts, stories, comments, notices }: BriefNews): boolean {
  return alerts.length + stories.length + comments.length + notices.length === 0;
}

function isChosen(choices: readonly AlertChoice[], kind: AlertChoice['kind'], rhythm: Rhythm): boolean {
  const chosen = choices.find((each) => each.kind === kind && each.target === '');
  return (chosen?.channel ?? usualChannel(kind)) === rhythm;
}

type Targets = Record<TargetKind, string[]>;

/** What is to stand in the brief: chosen one by one, and what is followed where all of its kind is. */
async function targetsOf(
  db: Kysely<Tables>,
  reader: string,
  rhythm: Rhythm,
  choices: readonly AlertChoice[],
): Promise<Targets> {
  const targets: Targets = { section: [], topic: [], author: [], story: [], reader: [] };
  const decided = new Set<string>();
  for (const { kind, target, channel } of choices) {
    if (target === '' || !isTargetKind(kind)) continue;
    decided.add(`${kind}:${target}`);
    if (channel === rhythm) targets[kind].push(target);
  }
  const kinds = followedKinds.filter((kind) => isChosen(choices, kind, rhythm));
  if (kinds.length === 0) return targets;
  const follows = await db
    .selectFrom('follow')
    .select(['kind', 'target'])
    .where('reader_id', '=', reader)
    .where('kind', 'in', kinds)
    .execute();
  for (const { kind, target } of follows)
    if (!decided.has(`${kind}:${target}`)) targets[kind as TargetKind].push(target);
  return targets;
}

async function alertsSent(db: Kysely<Tables>, { from, to }: BriefTime): Promise<BriefAlert[]> {
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('kind', '=', 'breaking')
    .where('state', '=', 'sent')
    .where('send_at', '>', from)
    .where('send_at', '<=', to)
    .orderBy('send_at', 'desc')
    .limit(4 * mostAlerts)
    .execute();
  const alerts = rows.map(alertFromRow).filter(isForEveryone).slice(0, mostAlerts);
  const cards = await storiesByIds(
    db,
    alerts.flatMap(({ story }) => story ?? []),
  );
  // One about a story that was taken down leads nowhere.
  return alerts.flatMap(({ title, body, story }): BriefAlert[] => {
    if (story === undefined) return [{ title, body, story, path: '/' }];
    const card = cards.find(({ id }) => id === story);
    return card ? [{ title, body, story, path: card.path }] : [];
  });
}

/** New stories of what is chosen, and stories that were followed and have changed, the newest first. */
async function storiesOf(
  db: Kysely<Tables>,
  targets: Targets,
  { from, to }: BriefTime,
): Promise<StoryCard[]> {
  const lists = (['section', 'topic', 'author'] as const).flatMap((kind) =>
    targets[kind].map((target) => `${kind}:${target}`),
  );
  const fresh =
    lists.length === 0
      ? []
      : await db
          .selectFrom('story_listing')
          .select(['story_id as id', 'published_at as at'])
          .distinct()
          .where('list', 'in', lists)
          .where('published_at', '>', from)
          .where('published_at', '<=', to)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(mostStories)
          .execute();
  const changed =
    targets.story.length === 0
      ? []
      : await db
          .selectFrom('story')
          .select(['id', sql<number>`updated_at`.as('at')])
          .where('id', 'in', targets.story)
          .where('state', '=', 'published')
          .where('updated_at', '>', from)
          .where('updated_at', '<=', to)
          .orderBy('updated_at', 'desc')
          .limit(mostStories)
          .execute();
  const newest = [...fresh, ...changed].toSorted((one, other) => other.at - one.at);
  return storiesByIds(db, [...new Set(newest.map(({ id }) => id))].slice(0, mostStories));
}

async function commentsOf(
  db: Kysely<Tables>,
  reader: string,
  authors: readonly string[],
  { from, to }: BriefTime,
): Promise<Entry[]> {
  if (authors.length === 0) return [];
  const rows = await db
    .selectFrom('comment')
    .select('id')
    .where('author_id', 'in', authors)
    .where('state', '=', 'visible')
    .where('created_at', '>', from)
    .where('created_at', '<=', to)
    .orderBy('best', 'desc')
    .orderBy('recommends', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(4 * mostComments)
    .execute();
  const ids = rows.map(({ id }) => id);
  const entries = await loadEntries(db, ids, await relationsOf(db, reader));
  return ids.flatMap((id) => entries.get(id) ?? []).slice(0, mostComments);
}

async function noticesOf(
  db: Kysely<Tables>,
  choices: readonly AlertChoice[],
  { reader, rhythm, from, to }: BriefTime & { readonly reader: string; readonly rhythm: Rhythm },
): Promise<Notice[]> {
  const own = ['reply', 'mention', 'pick', 'follower', 'decision'] as const satisfies NoticeKind[];
  const kinds = own.filter((kind) => isChosen(choices, personalKindOf({ kind })!, rhythm));
  if (kinds.length === 0) return [];
  const { items } = await listNotices(db, { reader, kinds, isUnread: true, limit: mostNotices });
  return items.filter(({ at }) => at > from && at <= to);
}
