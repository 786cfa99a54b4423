import type { Rule } from './rule.ts';
import { findingOf } from './scored.ts';

/** What the filter that learns from decisions holds of it, where one is set up. Settings: `filter.hold`, `filter.reject`. */
export const filterRule: Rule = {
  name: 'filter',
  judge({ opinions: { filter }, settings, level }) {
    if (!filter || level === 'staff') return undefined;
    return findingOf('moderation.filter', filter, {
      hold: settings['filter.hold'],
      reject: settings['filter.reject'],
    });
  },
};
