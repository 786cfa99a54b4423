import { z } from 'zod';
import { AppError } from '../platform/errors.ts';

export const precisions = ['year', 'month', 'day', 'minute'] as const;
export type Precision = (typeof precisions)[number];

/** A time in a story, as exactly as it is known and no more. */
export const storyTime = z.strictObject({
  /** Milliseconds UTC; below minute precision, the first instant of the year, month or day in `zone`. */
  at: z.number().int(),
  /** IANA zone of the publication. */
  zone: z.string().min(1).max(64),
  precision: z.enum(precisions),
  /** The words it was given in, where it was read from somewhere. */
  words: z.string().max(200).optional(),
});
export type StoryTime = z.infer<typeof storyTime>;

/** What a calendar and a clock on the wall say. What is left out is not known. */
export interface LocalInput {
  /** 1 to 9999. */
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  /** Only with hour and minute; kept in the instant, never shown. */
  readonly second?: number;
}

/** An instant as the calendar and the clock in a zone show it. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Seconds east of Greenwich. */
  readonly offset: number;
}

/** True for a name that this runtime's time zone data knows, such as 'Europe/London' or 'UTC'. */
export function isZone(zone: string): boolean {
  // Temporal takes '+02:00' too, which is an offset: it says nothing about next summer.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, zone).timeZoneId !== '';
  } catch {
    return false;
  }
}

/**
 * The story time of a date, or of a date and clock time, in a zone. The precision is that of what is given.
 * An hour that is lived twice means the first one; a skipped hour moves forward by what was skipped
 * (`howOften` tells them apart); a day that was skipped whole is the first instant after it.
 * @throws AppError `time.no-such-date`, `time.no-such-zone`
 */
export function fromLocal(input: LocalInput, zone: string, words?: string): StoryTime {
  const precision = precisionOf(input);
  const at = zoned(plainOf(input), zone).epochMilliseconds;
  return words === undefined ? { at, zone, precision } : { at, zone, precision, words: words.slice(0, 200) };
}

/** How often the clocks of a zone show this time: twice when they go back, never when they jump over it. */
export function howOften(input: LocalInput, zone: string): 'never' | 'once' | 'twice' {
  const plain = plainOf(input);
  const earlier = zoned(plain, zone, 'earlier');
  const later = zoned(plain, zone, 'later');
  if (earlier.epochMilliseconds === later.epochMilliseconds) return 'once';
  return earlier.toPlainDateTime().equals(plain) ? 'twice' : 'never';
}

/** What calendar and clock show in `zone` at an instant (milliseconds UTC). */
export function toLocal(at: number, zone: string): LocalTime {
  const local = zonedAt(at, zone);
  return {
    year: local.year,
    month: local.month,
    day: local.day,
    hour: local.hour,
    minute: local.minute,
    second: local.second,
    weekday: local.dayOfWeek,
    offset: local.offsetNanoseconds / 1e9,
  };
}

/** A story time of minute precision. */
export function fromInstant(at: number, zone: string, words?: string): StoryTime {
  zonedAt(at, zone);
  return words === undefined
    ? { at, zone, precision: 'minute' }
    : { at, zone, precision: 'minute', words: words.slice(0, 200) };
}

/** First instant, in milliseconds UTC, of the day in which `at` lies; not always midnight. */
export function startOfDay(at: number, zone: string): number {
  return zonedAt(at, zone).startOfDay().epochMilliseconds;
}

/** First instant of the month in which `at` lies. */
export function startOfMonth(at: number, zone: string): number {
  return zonedAt(at, zone).toPlainDate().with({ day: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

/** First instant of the year in which `at` lies. */
export function startOfYear(at: number, zone: string): number {
  return zonedAt(at, zone).toPlainDate().with({ month: 1, day: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

/** First instant after what the time covers: the next minute, day, month or year. */
export function endOf(time: StoryTime): number {
  if (time.precision === 'minute') return time.at + 60_000;
  const unit = { year: 'years', month: 'months', day: 'days' } as const;
  const next = zonedAt(time.at, time.zone)
    .toPlainDate()
    .add({ [unit[time.precision]]: 1 });
  const end = next.toZonedDateTime(time.zone).epochMilliseconds;
  // The day after a skipped day begins at the same instant.
  return Math.max(end, time.at + 1);
}

export interface DateStyle {
  /** Name the weekday, where the day is known. */
  readonly weekday?: boolean;
  /** Abbreviate the month. */
  readonly short?: boolean;
}

/** '28 July 2009', 'July 2009' or '2009', in the words of a language (BCP 47). The date is that of the time's own zone. */
export function formatDate(time: StoryTime, language: string, style: DateStyle = {}): string {
  return formatter(language, time.zone, {
    year: 'numeric',
    ...(time.precision === 'year' ? {} : { month: style.short ? 'short' : 'long' }),
    ...(time.precision === 'year' || time.precision === 'month'
      ? {}
      : { day: 'numeric', ...(style.weekday ? { weekday: style.short ? 'short' : 'long' } : {}) }),
  }).format(time.at);
}

/** As `formatDate`, and at minute precision the clock time with the name of the zone, such as '28 July 2009 at 11:30 BST'. */
export function formatDateTime(time: StoryTime, language: string, style: DateStyle = {}): string {
  if (time.precision !== 'minute') return formatDate(time, language, style);
  return formatter(language, time.zone, {
    year: 'numeric',
    month: style.short ? 'short' : 'long',
    day: 'numeric',
    ...(style.weekday ? { weekday: style.short ? 'short' : 'long' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(time.at);
}

/** The clock time alone, such as '11:30'; undefined where it is not known. */
export function formatClock(time: StoryTime, language: string): string | undefined {
  if (time.precision !== 'minute') return undefined;
  return formatter(language, time.zone, { hour: '2-digit', minute: '2-digit' }).format(time.at);
}

/**
 * For machines: '2009', '2009-07', '2009-07-28', or RFC 3339 with the zone's offset. Where the offset has
 * seconds, as before standard time, RFC 3339 has no way to write it and the instant is given in UTC.
 */
export function isoOf(time: StoryTime): string {
  const local = zonedAt(time.at, time.zone);
  const date = local.toPlainDate().toString();
  if (time.precision === 'year') return date.slice(0, -6);
  if (time.precision === 'month') return date.slice(0, -3);
  if (time.precision === 'day') return date;
  const offset = local.offsetNanoseconds / 1e9;
  if (offset % 60 !== 0) return zonedAt(time.at, 'UTC').toInstant().toString();
  return local.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** The date in the time's own zone as 'YYYY-MM-DD', whatever the precision. */
export function localDateOf(time: Pick<StoryTime, 'at' | 'zone'>): string {
  return zonedAt(time.at, time.zone).toPlainDate().toString();
}

/**
 * Whole years from a time to `now`, by the calendar of the time's zone. Where only a month or year is
 * known, counted from its last day: a story is never called older than it surely is. Never negative.
 */
export function yearsSince(time: StoryTime, now: number): number {
  const today = zonedAt(now, time.zone).toPlainDate();
  const start = zonedAt(time.at, time.zone).toPlainDate();
  const from =
    time.precision === 'year'
      ? start.with({ month: 12, day: 31 })
      : time.precision === 'month'
        ? start.with({ day: start.daysInMonth })
        : start;
  return Math.max(0, from.until(today, { largestUnit: 'years' }).years);
}

/** Order by instant; of two at the same instant, the vaguer first. For `sort`. */
export function compareTimes(a: StoryTime, b: StoryTime): number {
  return a.at - b.at || precisions.indexOf(a.precision) - precisions.indexOf(b.precision);
}

/** True where `a` is over before `b` begins, whatever is not known of either. */
export function isSurelyBefore(a: StoryTime, b: StoryTime): boolean {
  return endOf(a) <= b.at;
}

/** True where both fall on one calendar day, each read in its own zone. */
export function isSameDay(a: StoryTime, b: StoryTime): boolean {
  return localDateOf(a) === localDateOf(b);
}

/** The same time known less exactly; never more exactly. */
export function coarsen(time: StoryTime, precision: Precision): StoryTime {
  if (precisions.indexOf(precision) >= precisions.indexOf(time.precision)) return time;
  const start = { year: startOfYear, month: startOfMonth, day: startOfDay, minute: (at: number) => at };
  return { ...time, precision, at: start[precision](time.at, time.zone) };
}

function precisionOf(input: LocalInput): Precision {
  if (input.month === undefined) return 'year';
  if (input.day === undefined) return 'month';
  return input.hour === undefined ? 'day' : 'minute';
}

function plainOf(input: LocalInput): Temporal.PlainDateTime {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = input;
  try {
    if (year < 1 || year > 9999) throw new RangeError();
    return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' });
  } catch (cause) {
    throw new AppError('time.no-such-date', `There is no such date: ${Object.values(input).join('-')}.`, {
      cause,
    });
  }
}

function zoned(
  plain: Temporal.PlainDateTime,
  zone: string,
  disambiguation: 'compatible' | 'earlier' | 'later' = 'compatible',
): Temporal.ZonedDateTime {
  // A date means the whole of it: its first instant is not midnight where the clocks jump over midnight.
  const isDate = plain.hour === 0 && plain.minute === 0 && plain.second === 0;
  try {
    if (isDate && disambiguation === 'compatible') return plain.toPlainDate().toZonedDateTime(zone);
    return plain.toZonedDateTime(zone, { disambiguation });
  } catch (cause) {
    throw noSuchZone(zone, cause);
  }
}

function zonedAt(at: number, zone: string): Temporal.ZonedDateTime {
  try {
    return new Temporal.ZonedDateTime(BigInt(at) * 1_000_000n, zone);
  } catch (cause) {
    throw noSuchZone(zone, cause);
  }
}

function noSuchZone(zone: string, cause: unknown): AppError {
  return new AppError('time.no-such-zone', `There is no time zone named ${zone}.`, { cause });
}

/** Making a formatter takes a hundred times as long as using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterLimit = 1000;

function formatter(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${zone}|${Object.entries(options).join()}`;
  let found = formatters.get(key);
  if (!found) {
    if (formatters.size >= formatterLimit) formatters.clear();
    // English of no country in particular is written as in most of the world: day, month, year and 24 hours.
    const locale = language === 'en' ? 'en-GB' : language;
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, calendar: 'gregory' });
    formatters.set(key, found);
  }
  return found;
}
