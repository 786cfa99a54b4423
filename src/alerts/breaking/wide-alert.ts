import type { Selectable } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { socialHref } from '../../platform/media/sources.ts';
import type { Written } from '../../site/language.ts';
import type { Story } from '../../stories/index.ts';
import { publicKinds, type AlertUrgency, type PublicKind } from '../alert.ts';
import type { Notification } from '../push-message.ts';
import type { AlertTable } from './migrations.ts';
import { breakingText as words } from './text.ts';

export const alertStates = [
  'draft',
  'waiting',
  'scheduled',
  'sending',
  'sent',
  'cancelled',
  'withdrawn',
] as const;
/** `waiting` for the second person. */
export type AlertState = (typeof alertStates)[number];

/** Whom an alert is for: those who want to hear of one thing. Everyone who wants breaking news is `{ kind: 'breaking', target: '' }`. */
export interface Audience {
  readonly kind: PublicKind;
  /** Slug of a section, topic or author; id of a story. */
  readonly target: string;
}

export const everyone: Audience = { kind: 'breaking', target: '' };

/** An alert to many: breaking news by an editor, or a story that is told to those who want to hear of its like. */
export interface WideAlert {
  readonly id: string;
  /** Short: names it in addresses and in the notification's tag. */
  readonly code: string;
  /** `breaking` by an editor, `story` by itself. */
  readonly kind: 'breaking' | 'story';
  readonly story: string | undefined;
  readonly urgency: AlertUrgency;
  readonly title: string;
  readonly body: string;
  /** Id of a picture. */
  readonly picture: string | undefined;
  readonly audiences: readonly Audience[];
  readonly state: AlertState;
  /** 1 until it is corrected or withdrawn. */
  readonly version: number;
  /** Milliseconds UTC; with `isByZone` the wall clock of the publication at which it goes out in each reader's zone. */
  readonly sendAt: number | undefined;
  readonly isByZone: boolean;
  readonly createdBy: string;
  readonly approvedBy: string | undefined;
  readonly createdAt: number;
  /** Why it was cancelled or withdrawn; for the newsroom. */
  readonly reason: string | undefined;
  /** Browsers that it was reckoned to ring. */
  readonly estimate: number;
  readonly counts: Readonly<Record<AlertCount, number>>;
}

/** What is counted of an alert. */
export const alertCounts = ['delivered', 'shown', 'clicked', 'dismissed', 'unsubscribed'] as const;
export type AlertCount = (typeof alertCounts)[number];

export function alertFromRow(row: Selectable<AlertTable>): WideAlert {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind as WideAlert['kind'],
    story: row.story_id ?? undefined,
    urgency: row.urgency as AlertUrgency,
    title: row.title,
    body: row.body,
    picture: row.picture ?? undefined,
    audiences: (JSON.parse(row.audience) as string[]).map(audienceOf),
    state: row.state as AlertState,
    version: row.version,
    sendAt: row.send_at ?? undefined,
    isByZone: row.by_zone === 1,
    createdBy: row.created_by,
    approvedBy: row.approved_by ?? undefined,
    createdAt: row.created_at,
    reason: row.reason ?? undefined,
    estimate: row.estimate,
    counts: {
      delivered: row.delivered,
      shown: row.shown,
      clicked: row.clicked,
      dismissed: row.dismissed,
      unsubscribed: row.unsubscribed,
    },
  };
}

/** An audience as it is written: `everyone`, or such as `topic:ferries`. @throws AppError `alert.bad-audience` */
export function audienceOf(name: string): Audience {
  if (name === 'everyone') return everyone;
  const [kind, ...rest] = name.split(':');
  const target = rest.join(':');
  const known = publicKinds.find((each) => each === kind && each !== 'breaking');
  if (known && target !== '') return { kind: known, target };
  throw new AppError('alert.bad-audience', words.badAudience(name));
}

/** The opposite of `audienceOf`. */
export function nameOfAudience({ kind, target }: Audience): string {
  return kind === 'breaking' ? 'everyone' : `${kind}:${target}`;
}

/** Whether it is for all who want breaking news: of these few go out in a day. */
export function isForEveryone({ audiences }: Pick<WideAlert, 'audiences'>): boolean {
  return audiences.some(({ kind }) => kind === 'breaking');
}

/** Not begun, so that nothing of it was seen. */
export function isAhead({ state }: Pick<WideAlert, 'state'>): boolean {
  return state === 'draft' || state === 'waiting' || state === 'scheduled';
}

/** What replaces what: the notification's tag, and the push service's Topic. */
export function tagOf(
  alert: Pick<WideAlert, 'kind' | 'code'>,
  story: Pick<Story, 'code'> | undefined,
): string {
  return alert.kind === 'story' && story ? `s-${story.code}` : `a-${alert.code}`;
}

/**
 * An alert as browsers show it.
 * @param paper how its own words are written, and where its files are
 * @param isSilent for whoever has seen it before
 */
export function notificationOf(
  alert: WideAlert,
  story: Pick<Story, 'code' | 'path' | 'state' | 'language' | 'direction' | 'lead'> | undefined,
  paper: Written & { readonly origin: string },
  isSilent: boolean,
): Notification {
  const isThere = story?.state === 'published' && story.path !== undefined;
  const isOver = alert.state === 'withdrawn';
  return {
    title: alert.title,
    body: alert.body,
    path: isThere ? story.path! : '/',
    tag: tagOf(alert, story),
    // What is said of a withdrawal is in the paper's own language.
    language: story && !isOver ? story.language : paper.language,
    direction: story && !isOver ? story.direction : paper.direction,
    image: isOver ? undefined : imageOf(alert, story, paper.origin),
    isSilent,
    alert: alert.code,
  };
}

/** Address of the picture that it is shown with. */
export function imageOf(
  { picture }: Pick<WideAlert, 'picture'>,
  story: Pick<Story, 'lead'> | undefined,
  origin: string,
): string | undefined {
  if (picture === undefined) return undefined;
  const focal = story?.lead?.media === picture ? story.lead.focal : undefined;
  return `${origin}${socialHref({ id: picture }, focal)}`;
}
