import type { Site } from '../../site/site.ts';

/** A moment in the paper's own time, as `25 November 2026 at 12:00`. @param at milliseconds UTC */
export function timeWords(site: Pick<Site, 'language' | 'zone'>, at: number): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone: site.zone } as const;
  return new Intl.DateTimeFormat(site.language, form).format(at);
}
