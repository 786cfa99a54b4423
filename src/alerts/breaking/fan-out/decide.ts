import type { Kysely } from 'kysely';
import type { Tables } from '../../../platform/database/tables.ts';
import { isZone } from '../../../stories/index.ts';
import { browsersToRing } from '../../preferences/listeners.ts';
import { ringsAt } from '../../preferences/setting.ts';
import { browserSettings } from '../../preferences/settings.ts';
import { dayOf } from '../../preferences/zone-clock.ts';
import { momentIn } from '../runs.ts';
import type { Audience, WideAlert } from '../wide-alert.ts';
import type { BrowserRow } from './audience-page.ts';

/** A browser that is rung now. */
export interface Ringing {
  readonly browser: BrowserRow;
  /** Day since 1970 there, for its count of the day; undefined for what is shown without a sound and does not count. */
  readonly day: number | undefined;
}

export interface Decided {
  readonly ring: readonly Ringing[];
  /** Those who have quiet hours, until when: milliseconds UTC. */
  readonly later: readonly { readonly browser: string; readonly at: number }[];
}

/** Which browsers an alert rings: those that want to hear of it, when they want to be rung, and as often as they want. */
export async function decide(
  db: Kysely<Tables>,
  browsers: readonly BrowserRow[],
  asked: {
    readonly alert: WideAlert;
    /** What the same story was told to already, in a graver alert. */
    readonly told: readonly Audience[];
    readonly now: number;
    /** For those alone whose clock on the wall shows at `at` what the publication's shows at `sendAt`. */
    readonly clock: { readonly at: number; readonly sendAt: number; readonly zone: string } | undefined;
  },
): Promise<Decided> {
  const { alert, told, now, clock } = asked;
  const here = clock ? browsers.filter(isThere(clock)) : browsers;
  const wanted = await browsersToRing(db, here, alert.audiences);
  const known = told.length > 0 ? await browsersToRing(db, here, told) : new Set<string>();
  const hearing = here.filter(({ id }) => wanted.has(id) && !known.has(id));
  const settings = await browserSettings(db, hearing);
  const zoneOf = knownZones();
  const ring: Ringing[] = [];
  const later: { browser: string; at: number }[] = [];
  for (const browser of hearing) {
    const set = settings.get(browser.id)!;
    const setting = { ...set, zone: zoneOf(set.zone) };
    const day = dayOf(setting.zone, now);
    const count = browser.day === day ? browser.dayCount : 0;
    const at = ringsAt({ setting, urgency: alert.urgency, now, count });
    if (at === now) ring.push({ browser, day });
    else if (at !== undefined) later.push({ browser: browser.id, at });
  }
  return { ring, later };
}

function isThere({
  at,
  sendAt,
  zone,
}: {
  readonly at: number;
  readonly sendAt: number;
  readonly zone: string;
}): (browser: BrowserRow) => boolean {
  const moments = new Map<string, number>();
  return (browser) => {
    let moment = moments.get(browser.zone);
    if (moment === undefined) moments.set(browser.zone, (moment = momentIn(browser.zone, sendAt, zone)));
    return moment === at;
  };
}

/** One browser in a zone that is known no more, as after another release of their names, does not keep an alert from all. */
function knownZones(): (zone: string) => string {
  const known = new Map<string, string>();
  return (zone) => {
    let name = known.get(zone);
    if (name === undefined) known.set(zone, (name = isZone(zone) ? zone : 'UTC'));
    return name;
  };
}
