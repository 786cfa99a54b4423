import { fromInstant, fromLocal, howOften, isZone, toLocal, type StoryTime } from '../stories/index.ts';
import { fillers, monthOf, plainWord, weekdayOf, zoneOf } from './date-words.ts';

/** Why a text was not taken for a date. */
export type DateProblem =
  | 'empty'
  | 'unreadable'
  | 'no-such-date'
  | 'ambiguous-order'
  | 'two-digit-year'
  | 'zone-unknown'
  | 'zone-ambiguous'
  | 'out-of-range';

/** What was guessed in reading a date. */
export type DateGuess = 'hour-lived-twice' | 'hour-skipped' | 'midnight-as-day' | 'weekday-differs' | 'epoch';

export type ParsedDate =
  | { readonly time: StoryTime; readonly guesses: readonly DateGuess[] }
  | { readonly time?: undefined; readonly reason: DateProblem };

export interface DateOptions {
  /** IANA zone of the publication: what texts without a zone are in, and the zone of the result. */
  readonly zone: string;
  /** Which comes first in 03/04/2009. Without it such a date is ambiguous. */
  readonly order?: 'dmy' | 'mdy';
  /** Somebody typed it just now: midnight is meant, not a day that a program padded with zeros. */
  readonly isTyped?: boolean;
}

interface Fields {
  year: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Milliseconds. */
  fraction?: number;
  weekday?: number;
  zone?: ZoneText;
  /** Written for people, or by a program that pads dates: midnight without a zone means the day. */
  isLoose?: boolean;
}
type ZoneText = { offset: number } | { offsets: readonly number[] } | { zone: string };

class Refused extends Error {
  readonly reason: DateProblem;
  constructor(reason: DateProblem) {
    super(reason);
    this.reason = reason;
  }
}

const longest = 120;
const earliest = Date.UTC(1970, 0, 2);
const latest = Date.UTC(2100, 0, 1);

/**
 * Read a date or time that somebody else wrote: ISO 8601, RFC 3339, RFC 5322, dates in words of ten European
 * languages, numeric dates, epoch seconds and milliseconds. Never takes the server's zone, never guesses which
 * of day and month is which. The precision is that of the text. Never throws for any text.
 */
export function parseDate(text: string, options: DateOptions): ParsedDate {
  const words = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  if (words === '') return { reason: 'empty' };
  if (words.length > longest || /\b(?:minutes?|mins?|hours?|days?|weeks?|months?|years?) ago\b/i.test(words))
    return { reason: 'unreadable' };
  const clean = withoutLabel(words);
  try {
    const epoch = readDigits(clean);
    if (epoch !== undefined && 'at' in epoch)
      return { time: fromInstant(epoch.at, options.zone, words), guesses: ['epoch'] };
    const fields = epoch ?? readIso(clean) ?? readNumeric(clean, options.order) ?? readWords(clean);
    if (!fields) return { reason: 'unreadable' };
    return resolve(options.isTyped ? { ...fields, isLoose: false } : fields, options.zone, words);
  } catch (error) {
    if (error instanceof Refused) return { reason: error.reason };
    if ((error as { code?: string }).code === 'time.no-such-date') return { reason: 'no-such-date' };
    throw error;
  }
}

/** A time that somebody types now, in the zone of the publication unless it names another; undefined if unclear. */
export function parseTime(words: string, zone: string): StoryTime | undefined {
  return parseDate(words, { zone, isTyped: true }).time;
}

function withoutLabel(words: string): string {
  return words
    .replace(
      /^(?:first |last )?(?:published|posted|updated|modified|created|issued|date)(?: (?:on|at))?\s*:?\s+(?=\S)/i,
      '',
    )
    .replace(/\s*[.,;]+$/, '');
}

/** Runs of digits: 20090728, 200907281030, 20090728103000, or seconds or milliseconds since 1970. */
function readDigits(text: string): Fields | { at: number } | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(text);
  if (match && isPlausible(match)) {
    const [, year, month, day, hour, minute, second] = match;
    return {
      ...numbers({ year, month, day, hour, minute, second }),
      isLoose: true,
    };
  }
  const epoch = /^(\d{9,10})(?:\.(\d+))?$|^(\d{12,13})$/.exec(text);
  if (!epoch) return undefined;
  const at = epoch[3] ? Number(epoch[3]) : Number(epoch[1]) * 1000 + milliseconds(epoch[2]);
  if (at < earliest || at > latest) throw new Refused('out-of-range');
  return { at };
}

function isPlausible(match: RegExpExecArray): boolean {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match.map(Number) as number[];
  return (
    year! >= 1600 &&
    year! <= 2199 &&
    month! >= 1 &&
    month! <= 12 &&
    day! >= 1 &&
    day! <= 31 &&
    !(Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60)
  );
}

const isoDate = String.raw`(?<year>\d{4})(?:-?W(?<week>\d{2})(?:-?(?<weekday>[1-7]))?|-(?<ordinal>\d{3})|(?<separator>[-/.])(?<month>\d{1,2})(?:\k<separator>(?<day>\d{1,2}))?|(?<basicMonth>\d{2})(?<basicDay>\d{2}))?`;
const isoClock = String.raw`(?:[Tt]|[ ,]\s*|:)(?<hour>\d{1,2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?)?(?:\s*(?<half>[ap])\.?m\.?)?`;
const isoPattern = new RegExp(`^${isoDate}(?:${isoClock})?(?<rest>.*)$`, 'i');

/** ISO 8601 and RFC 3339 in the shapes that are met, with the year first. */
function readIso(text: string): Fields | undefined {
  const groups = isoPattern.exec(text)?.groups;
  if (!groups) return undefined;
  const rest = groups.rest!.trim();
  // '2009 July 28' begins like a year alone.
  if (/^[,\s]*\p{L}{3,}/u.test(rest) && groups.month === undefined && groups.basicMonth === undefined)
    return undefined;
  if (/^[\d./-]/.test(rest) && groups.hour === undefined) return undefined;
  const year = Number(groups.year);
  const isDotted = groups.separator !== undefined && groups.separator !== '-';
  const fields: Fields = { year, isLoose: isDotted || !/T/i.test(text) };
  if (groups.week) Object.assign(fields, weekDate(year, Number(groups.week), groups.weekday));
  else if (groups.ordinal) Object.assign(fields, ordinalDate(year, Number(groups.ordinal)));
  else {
    const [month, day] = [groups.month ?? groups.basicMonth, groups.day ?? groups.basicDay];
    if (month !== undefined) fields.month = Number(month);
    if (day !== undefined) fields.day = Number(day);
  }
  if (groups.hour !== undefined) {
    if (fields.day === undefined) return undefined;
    if (groups.minute === undefined && groups.half === undefined && !/T/i.test(text)) return undefined;
    setClock(fields, groups.hour, groups.minute, groups.second, groups.fraction, groups.half);
  }
  if (rest !== '') fields.zone = readZone(rest);
  return fields;
}

function weekDate(year: number, week: number, weekday = '1'): Partial<Fields> {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const date = fourth.add({ days: (week - 1) * 7 + Number(weekday) - fourth.dayOfWeek });
  if (week < 1 || week > 53 || date.weekOfYear !== week) throw new Refused('no-such-date');
  return { year: date.year, month: date.month, day: date.day };
}

function ordinalDate(year: number, ordinal: number): Partial<Fields> {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  if (ordinal < 1 || ordinal > first.daysInYear) throw new Refused('no-such-date');
  const date = first.add({ days: ordinal - 1 });
  return { month: date.month, day: date.day };
}

/** 28/07/2009, 07/28/2009, 28.7.2009 with or without a clock time. */
function readNumeric(text: string, order: DateOptions['order']): Fields | undefined {
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])(.*)$/.exec(text);
  if (!match) return undefined;
  const [, one, separator, two, yearText, rest] = match;
  if (yearText!.length === 2) throw new Refused('two-digit-year');
  const [a, b, year] = [Number(one), Number(two), Number(yearText)];
  // With full stops the day comes first wherever such dates are written.
  const isDayFirst =
    separator === '.' || a > 12 || a === b ? true : b > 12 ? false : order ? order === 'dmy' : undefined;
  if (isDayFirst === undefined) throw new Refused('ambiguous-order');
  const fields: Fields = { year, isLoose: true, month: isDayFirst ? b : a, day: isDayFirst ? a : b };
  readTail(fields, rest!);
  return fields;
}

function readTail(fields: Fields, rest: string): void {
  const left = takeClock(fields, rest).trim();
  const words = left.split(/[\s,]+/).filter((word) => word !== '' && !fillers.has(plainWord(word)));
  if (words.length > 0) fields.zone = readZone(words.join(' '));
}

/** '28 July 2009', 'July 28, 2009', 'Tue 28 Jul 2009 00.00 BST', RFC 5322, and what JavaScript and C print. */
function readWords(text: string): Fields | undefined {
  const fields: Fields = { year: Number.NaN, isLoose: true };
  // RFC 5322 comments; what stands in them repeats the offset before them.
  const plain = takeClock(fields, text.replaceAll(/\([^()]*\)/g, ' '));
  const zone = /(?:\b(?:GMT|UTC) ?)?(?<![\d-])([+-]\d{1,2}(?::?\d{2})?)\b/i.exec(plain);
  if (zone && fields.hour !== undefined) fields.zone = readZone(zone[0]);
  const rest = zone && fields.hour !== undefined ? plain.replace(zone[0], ' ') : plain;
  const numbersLeft: { value: number; digits: number; isOrdinal: boolean }[] = [];
  for (const token of rest.split(/[\s,]+|(?<=\p{L})-(?=\d)|(?<=\d)-(?=\p{L})/u)) {
    const word = plainWord(token);
    if (word === '' || word === '-' || word === '–' || word === '|') continue;
    const number = /^(\d{1,2}|\d{4})(st|nd|rd|th|er|º|ª|\.)?$/.exec(token.toLowerCase());
    if (number) {
      numbersLeft.push({
        value: Number(number[1]),
        digits: number[1]!.length,
        isOrdinal: number[2] !== undefined,
      });
      continue;
    }
    const month = monthOf(word);
    const weekday = weekdayOf(word);
    if (month !== undefined && fields.month === undefined) fields.month = month;
    else if (weekday !== undefined && fields.weekday === undefined) fields.weekday = weekday;
    else if (fillers.has(word)) continue;
    else if (fields.hour !== undefined && fields.zone === undefined) fields.zone = readZone(token);
    else return undefined;
  }
  if (fields.month === undefined) return undefined;
  const year = numbersLeft.find((number) => number.digits === 4);
  const others = numbersLeft.filter((number) => number !== year);
  if (others.length > (year ? 1 : 2) || numbersLeft.length === 0) return undefined;
  if (year) fields.year = year.value;
  else if (others.length === 2 && fields.zone !== undefined)
    // RFC 5322 section 4.3: only there two digits are a year.
    fields.year = others[1]!.value + (others[1]!.value < 50 ? 2000 : 1900);
  else throw new Refused('two-digit-year');
  if (others.length > 0) fields.day = others[0]!.value;
  else if (fields.hour !== undefined || fields.weekday !== undefined) return undefined;
  return fields;
}

const clockPattern =
  /(?<![\d.:])(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?)(?:\s*([ap])\.?m\b\.?)?(?![\d:])|(?<![\d.:])(\d{1,2})\s*([ap])\.?m\b\.?|\b(noon|midnight)\b/iu;

/** Takes a clock time out of a text, and gives back what is left. */
function takeClock(fields: Fields, text: string): string {
  const match = clockPattern.exec(text);
  if (!match) return text;
  if (match[8]) setClock(fields, match[8].toLowerCase() === 'noon' ? '12' : '0', '00');
  else if (match[6]) setClock(fields, match[6], '00', undefined, undefined, match[7]);
  else setClock(fields, match[1]!, match[2], match[3], match[4], match[5]);
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
}

function setClock(
  fields: Fields,
  hour: string,
  minute = '00',
  second?: string,
  fraction?: string,
  half?: string,
): void {
  let value = Number(hour);
  if (half) {
    if (value < 1 || value > 12) throw new Refused('no-such-date');
    value = (value % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  fields.hour = value;
  fields.minute = Number(minute);
  if (second !== undefined) fields.second = Number(second);
  if (fraction !== undefined) fields.fraction = milliseconds(fraction);
}

/** @throws Refused `zone-unknown` */
function readZone(text: string): ZoneText {
  const words = text.replaceAll(/\([^()]*\)/g, ' ').trim();
  const bracketed = /^(.*)\[([A-Za-z_+\-/0-9]+)\]$/.exec(words);
  if (bracketed) {
    if (bracketed[1]!.trim() !== '') return readZone(bracketed[1]!);
    if (isZone(bracketed[2]!)) return { zone: bracketed[2]! };
  }
  const offset = /^(?:GMT|UTC)? ?([+-−])(\d{1,2})(?::?(\d{2}))?$/i.exec(words);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 15 * 60 || Number(offset[3] ?? 0) > 59) throw new Refused('zone-unknown');
    return { offset: offset[1] === '+' ? minutes : -minutes };
  }
  const known = /^[A-Za-z]{1,5}$/.test(words) ? zoneOf(words) : undefined;
  if (known) return known;
  if (/^[A-Za-z]+\/[A-Za-z_/+-]+\d*$/.test(words) && isZone(words)) return { zone: words };
  throw new Refused('zone-unknown');
}

function resolve(fields: Fields, zone: string, words: string): ParsedDate {
  const guesses: DateGuess[] = [];
  const { year, month, day, hour, minute, second = 0, fraction = 0 } = fields;
  const date = fromLocal({ year, month, day }, zone, words);
  if (fields.weekday !== undefined && toWeekday(year, month!, day!) !== fields.weekday)
    guesses.push('weekday-differs');
  if (hour === undefined || minute === undefined) return { time: date, guesses };
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0))
    throw new Refused('no-such-date');
  // 24:00 is the next day's first minute; a leap second is taken for the second after it.
  const plain = Temporal.PlainDateTime.from({ year, month: month!, day: day! }).add({
    hours: hour,
    minutes: minute,
    seconds: second,
  });
  const local = {
    year: plain.year,
    month: plain.month,
    day: plain.day,
    hour: plain.hour,
    minute: plain.minute,
    second: plain.second,
  };
  const wall = Date.UTC(2000, 0, 1) + wallDistance(plain);
  const offset = fields.zone && offsetOf(fields.zone, wall, zone);
  if (offset === undefined) {
    const often = howOften(local, fields.zone && 'zone' in fields.zone ? fields.zone.zone : zone);
    if (often === 'twice') guesses.push('hour-lived-twice');
    if (often === 'never') guesses.push('hour-skipped');
  }
  const at =
    (offset === undefined
      ? fromLocal(local, fields.zone && 'zone' in fields.zone ? fields.zone.zone : zone).at
      : wall - offset * 60_000) + fraction;
  const isMidnight = hour === 0 && minute === 0 && second === 0 && fraction === 0;
  if (fields.isLoose && isMidnight && at === date.at)
    return { time: date, guesses: [...guesses, 'midnight-as-day'] };
  return { time: fromInstant(at, zone, words), guesses };
}

/** Minutes east, or undefined where a zone's own rules decide. */
function offsetOf(text: ZoneText, wall: number, zone: string): number | undefined {
  if ('offset' in text) return text.offset;
  if ('zone' in text) return undefined;
  if (text.offsets.length === 1) return text.offsets[0];
  // IST is India's, Ireland's or Israel's: the publication's own, where it is one of them.
  const own = text.offsets.find((minutes) => toLocal(wall - minutes * 60_000, zone).offset === minutes * 60);
  if (own !== undefined) return own;
  throw new Refused('zone-ambiguous');
}

function wallDistance(plain: Temporal.PlainDateTime): number {
  return plain.toZonedDateTime('UTC').epochMilliseconds - Date.UTC(2000, 0, 1);
}

function toWeekday(year: number, month: number, day: number): number {
  return Temporal.PlainDate.from({ year, month, day }).dayOfWeek;
}

function milliseconds(fraction = '0'): number {
  return Number(`${fraction}000`.slice(0, 3));
}

function numbers(texts: Record<string, string | undefined>): Fields {
  const entries = Object.entries(texts).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)])) as unknown as Fields;
}
