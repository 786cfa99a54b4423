import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { storiesByIds, type StoryCard } from '../../stories/index.ts';
import type { AlertChannel } from '../alert.ts';
import { findAlert } from '../breaking/alerts.ts';
import type { WideAlert } from '../breaking/wide-alert.ts';
import { thingsOf, type AlertThing } from '../preferences/choice.ts';
import { toldOf } from '../preferences/choices.ts';

/** A notice of a story, or of an alert about one, which a reader asked to hear of. */
export interface NewsNotice {
  readonly story: StoryCard;
  /** None where the story is told by itself. */
  readonly alert: WideAlert | undefined;
  /** What it stands under, for all who hear of any of these. */
  readonly things: readonly AlertThing[];
}

/**
 * What a notice is of; undefined once the story is taken down or the alert withdrawn.
 * @param notice.key as the inbox keeps it: `story:{id}` or `alert:{id}`
 */
export async function newsNotice(
  db: Kysely<Tables>,
  notice: { readonly key: string; readonly story: string },
): Promise<NewsNotice | undefined> {
  const [story] = await storiesByIds(db, [notice.story]);
  if (!story) return undefined;
  const things = thingsOf({ ...story, section: story.section?.slug });
  if (!notice.key.startsWith('alert:')) return { story, alert: undefined, things };
  const alert = await findAlert(db, notice.key.slice('alert:'.length));
  if (!alert || alert.state === 'withdrawn' || alert.state === 'cancelled') return undefined;
  return { story, alert, things: alert.kind === 'story' ? things : alert.audiences };
}

/** For which of its things each of these readers gets a mail at once; who gets none is left out. @param readers at most 500 */
export async function mailedFor(
  db: Kysely<Tables>,
  { things }: NewsNotice,
  readers: readonly string[],
): Promise<Map<string, AlertThing>> {
  const told = await toldOf(db, readers, things);
  const mailed = new Map<string, AlertThing>();
  const isMailed = (channels: ReadonlyMap<string, AlertChannel> | undefined, { kind, target }: AlertThing) =>
    channels?.get(`${kind}:${target}`) === 'mail';
  for (const reader of readers) {
    const thing = things.find((each) => isMailed(told.get(reader), each));
    if (thing) mailed.set(reader, thing);
  }
  return mailed;
}
