/** Languages whose month and weekday names are understood. No two of them use one name for different months. */
const languages = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'sv', 'nb', 'da'];

/** Forms in use that the locale data does not list. */
const moreMonths: Record<string, number> = { sept: 9, sep: 9, märz: 3, maerz: 3, jänner: 1 };
const moreWeekdays: Record<string, number> = {
  tues: 2,
  weds: 3,
  wednes: 3,
  thur: 4,
  thurs: 4,
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
};

let months: Map<string, number> | undefined;
let weekdays: Map<string, number> | undefined;

/** 1 to 12 for the name of a month, long or short, in small letters and without full stops. */
export function monthOf(word: string): number | undefined {
  months ??= namesOf('month', moreMonths);
  return months.get(word);
}

/** 1 (Monday) to 7 (Sunday) for the name of a weekday, long or short. */
export function weekdayOf(word: string): number | undefined {
  weekdays ??= namesOf('weekday', moreWeekdays);
  return weekdays.get(word);
}

function namesOf(kind: 'month' | 'weekday', more: Record<string, number>): Map<string, number> {
  const found = new Map<string, number>();
  const clashing = new Set<string>();
  // 1 January 2024 was a Monday.
  const count = kind === 'month' ? 12 : 7;
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      const alone = new Intl.DateTimeFormat(language, { timeZone: 'UTC', [kind]: style });
      const inDate = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', [kind]: style });
      for (let index = 0; index < count; index += 1) {
        const at = kind === 'month' ? Date.UTC(2024, index, 1) : Date.UTC(2024, 0, 1 + index);
        const partOf = (format: Intl.DateTimeFormat) =>
          format.formatToParts(at).find((part) => part.type === kind)?.value ?? '';
        for (const name of [partOf(alone), partOf(inDate)].map(plainWord)) {
          const known = found.get(name);
          if (known !== undefined && known !== index + 1) clashing.add(name);
          if (!/\d/.test(name)) found.set(name, index + 1);
        }
      }
    }
  }
  for (const name of clashing) found.delete(name);
  for (const [name, value] of Object.entries(more)) found.set(name, value);
  return found;
}

/** A word as the tables hold it. */
export function plainWord(word: string): string {
  return word.normalize('NFC').toLowerCase().replaceAll('.', '').trim();
}

/** Words that stand between the parts of a date and say nothing. */
export const fillers: ReadonlySet<string> = new Set(
  'of the on at de del den le el la il o a um uhr kl klo à às alle om dia día hrs hours h oclock'.split(' '),
);

/**
 * Minutes east of Greenwich for the abbreviations that people write. RFC 5322 section 4.3 fixes the American
 * ones; where several zones share an abbreviation, all are listed.
 */
const offsets: Record<string, readonly number[]> = {
  z: [0],
  ut: [0],
  utc: [0],
  gmt: [0],
  wet: [0],
  west: [60],
  bst: [60],
  bdst: [120],
  ist: [330, 60, 120],
  cet: [60],
  cest: [120],
  mez: [60],
  mesz: [120],
  eet: [120],
  eest: [180],
  msk: [180],
  trt: [180],
  sast: [120],
  cat: [120],
  wat: [60],
  eat: [180],
  pkt: [300],
  npt: [345],
  ict: [420],
  wib: [420],
  hkt: [480],
  sgt: [480],
  awst: [480],
  jst: [540],
  kst: [540],
  acst: [570],
  acdt: [630],
  aest: [600],
  aedt: [660],
  nzst: [720],
  nzdt: [780],
  est: [-300],
  edt: [-240],
  cst: [-360],
  cdt: [-300],
  mst: [-420],
  mdt: [-360],
  pst: [-480],
  pdt: [-420],
  akst: [-540],
  akdt: [-480],
  hst: [-600],
  ast: [-240],
  adt: [-180],
  nst: [-210],
  ndt: [-150],
  brt: [-180],
  art: [-180],
};

/** Abbreviations that name a zone with its summer time. */
const zones: Record<string, string> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
};

/** What a zone's abbreviation can mean: offsets in minutes, or an IANA zone. Undefined when it is not known. */
export function zoneOf(word: string): { offsets: readonly number[] } | { zone: string } | undefined {
  const key = plainWord(word);
  if (Object.hasOwn(offsets, key)) return { offsets: offsets[key]! };
  return Object.hasOwn(zones, key) ? { zone: zones[key]! } : undefined;
}
