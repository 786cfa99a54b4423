import type { Site } from '../site/site.ts';

type Paper = Pick<Site, 'language' | 'zone'>;

/** A moment in the paper's own time, as `25 November 2026 at 12:00`. @param at milliseconds UTC */
export function momentWords(paper: Paper, at: number): string {
  return formatOf(paper, { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/** A day, as `25 November 2026`. @param at milliseconds UTC */
export function dayWords(paper: Paper, at: number): string {
  return formatOf(paper, { dateStyle: 'long' }).format(at);
}

/** The time of day, as `12:00`. @param at milliseconds UTC */
export function clockWords(paper: Paper, at: number): string {
  return formatOf(paper, { timeStyle: 'short' }).format(at);
}

/** Plain English is that of the paper's stories: the day first, and 24 hours. */
function formatOf({ language, zone }: Paper, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...form, timeZone: zone });
}
