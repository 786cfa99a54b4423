import { isoOf, toLocal, type StoryTime } from '../../stories/index.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * For formats that know no date without a clock: RFC 3339, of a day its first instant in the zone of the publication,
 * and likewise of a month or a year.
 */
export function rfc3339(time: StoryTime): string {
  return isoOf({ at: time.at, zone: whole(time), precision: 'minute' });
}

/** As `rfc3339`, in the manner of mail and RSS (RFC 5322, section 3.3): 'Tue, 28 Jul 2009 00:00:00 +0100'. */
export function rfc5322(time: StoryTime): string {
  const { year, month, day, hour, minute, second, weekday, offset } = toLocal(time.at, whole(time));
  const minutes = Math.abs(offset) / 60;
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${two(minutes % 60)}`;
  const date = `${weekdays[weekday - 1]}, ${two(day)} ${months[month - 1]} ${String(year).padStart(4, '0')}`;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)} ${zone}`;
}

/** The zone, or UTC where its offset has seconds, as before standard time: no format can write that. */
function whole({ at, zone }: StoryTime): string {
  return toLocal(at, zone).offset % 60 === 0 ? zone : 'UTC';
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
