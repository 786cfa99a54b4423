import type { Site } from '../../site/site.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { formatDateTime, fromInstant } from '../../stories/index.ts';
import type { OwnerName } from './owners.ts';
import type { AlertSetting } from './setting.ts';
import { preferencesText } from './text.ts';

const words = preferencesText.when;
const caps = [0, 1, 2, 3, 4, 6, 8, 12, 20];
const usualNight = { from: 22 * 60, to: 7 * 60 };

/** When alerts may ring, and how often on a day. @param part.now milliseconds UTC */
export function whenPart(part: {
  readonly owner: OwnerName;
  readonly setting: AlertSetting;
  readonly site: Site;
  readonly now: number;
}): Html {
  const { owner, setting, site, now } = part;
  const { quiet, zone } = setting;
  const { from, to } = quiet ?? usualNight;
  const time = (name: 'from' | 'to', minute: number) =>
    html`<label class="field" for="${`${owner}-${name}`}">${words[name]}<input type="time" id="${`${owner}-${name}`}" name="${name}" value="${clockOf(minute)}"></label>`;
  const zones = zonesWith(zone).map(
    (each) =>
      html`<option value="${each}"${attributes({ selected: each === zone })}>${each.replaceAll('_', ' ')}</option>`,
  );
  const form = html`<form class="fields" method="post" action="/alerts/when" data-inline><input type="hidden" name="owner" value="${owner}"><fieldset class="quiet-hours"><label class="check"><input type="checkbox" name="quiet" value="yes"${attributes({ checked: quiet !== undefined })}>${words.quiet}</label><div class="times">${time('from', from)}${time('to', to)}<label class="field" for="${`${owner}-zone`}">${words.zone}<select id="${`${owner}-zone`}" name="zone">${zones}</select></label></div><label class="check"><input type="checkbox" name="gravest" value="yes"${attributes({ checked: setting.isGravestLet })}>${words.gravest}</label><p class="meta">${words.waits}</p></fieldset>${capField(owner, owner === 'reader' ? words.capOwn : words.capNews, setting.dailyCap)}<button class="pill" type="submit">${preferencesText.save}</button></form>`;
  return html`<div data-flow>${form}${pausePart(owner, setting, { site, now })}</div>`;
}

/** How much news a day rings in the browser that asks, where an account says all else. */
export function newsCapPart(setting: AlertSetting): Html {
  return html`<div data-flow><form class="fields" method="post" action="/alerts/when" data-inline><input type="hidden" name="owner" value="browser"><input type="hidden" name="only" value="cap">${capField('browser', words.capNews, setting.dailyCap)}<button class="pill" type="submit">${preferencesText.save}</button></form></div>`;
}

function capField(owner: OwnerName, label: string, cap: number): Html {
  const id = `${owner}-cap`;
  const values = caps.includes(cap) ? caps : [...caps, cap];
  const options = values
    .toSorted((one, other) => (one || Number.POSITIVE_INFINITY) - (other || Number.POSITIVE_INFINITY))
    .map(
      (value) =>
        html`<option value="${value}"${attributes({ selected: value === cap })}>${words.cap(value)}</option>`,
    );
  return html`<div class="field"><label for="${id}">${label}</label><select id="${id}" name="cap">${options}</select></div>`;
}

function pausePart(
  owner: OwnerName,
  { pausedUntil }: AlertSetting,
  { site, now }: { readonly site: Site; readonly now: number },
): Html {
  const isPaused = pausedUntil !== undefined && pausedUntil > now;
  const says = isPaused
    ? words.paused(formatDateTime(fromInstant(pausedUntil, site.zone), site.language))
    : words.pauseHelp;
  return html`<form class="pause" method="post" action="/alerts/when" data-inline><input type="hidden" name="owner" value="${owner}"><p${attributes({ class: !isPaused && 'meta' })}>${says}</p><button class="pill" name="pause" value="${isPaused ? 'end' : 'week'}">${isPaused ? words.resume : words.pause}</button></form>`;
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** All zones that can be chosen, with the one that is. */
function zonesWith(zone: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(zone) ? known : [zone, ...known];
}
