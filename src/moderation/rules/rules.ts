import { accountRule } from './account.ts';
import { bannedWordsRule } from './banned-words.ts';
import { closedRule } from './closed.ts';
import { duplicateRule } from './duplicate.ts';
import { filterRule } from './filter.ts';
import { firstCommentsRule } from './first-comments.ts';
import { lengthRule } from './length.ts';
import { linksRule } from './links.ts';
import { outsideRule } from './outside.ts';
import { premoderatedRule } from './premoderated.ts';
import { rateRule } from './rate.ts';
import { rejectionsRule } from './rejections.ts';
import type { Rule } from './rule.ts';
import { shoutingRule } from './shouting.ts';
import { suspectWordsRule } from './suspect-words.ts';

/** All rules. Each is asked, whatever the others say; the order is that of the reasons. */
export const rules: readonly Rule[] = [
  accountRule,
  closedRule,
  lengthRule,
  rateRule,
  duplicateRule,
  linksRule,
  bannedWordsRule,
  suspectWordsRule,
  shoutingRule,
  firstCommentsRule,
  rejectionsRule,
  premoderatedRule,
  filterRule,
  outsideRule,
];
