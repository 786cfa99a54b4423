import { z } from 'zod';

const count = (most = 100_000) => z.coerce.number().int().min(0).max(most);
const share = z.coerce.number().min(0).max(1);
const flag = z.preprocess(
  (value) =>
    value === 'on' || value === 'true' ? true : value === 'off' || value === 'false' ? false : value,
  z.boolean({ error: 'must be on or off' }),
);
const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[,\n]/).map((each) => each.trim()) : value),
  z
    .array(z.string().max(200))
    .max(20_000)
    .transform((words) => [...new Set(words.filter((word) => word !== ''))]),
);
const afterNudge = z.enum(['allow', 'hold']);

/** Every setting of the rules: type, default, meaning. Changed by `npx freesheet moderation set`. */
export const moderationSettings = {
  'length.least': count(1000).default(1).describe('fewest letters or digits of a comment'),
  'length.most': count(19_999).min(1).default(4000).describe('most characters of a comment'),
  'rate.burst': count().min(1).default(5).describe('comments that anyone may post in a minute'),
  'rate.new': count().min(1).default(10).describe('comments that a new reader may post in an hour'),
  'rate.known': count().min(1).default(30).describe('comments that a known reader may post in an hour'),
  'rate.trusted': count().min(1).default(60).describe('comments that a trusted reader may post in an hour'),
  'duplicate.hours': count(24)
    .default(24)
    .describe('hours for which the same words are not posted again; 0 is off'),
  'duplicate.least': count(1000)
    .default(20)
    .describe('letters below which the same words may come again, such as Thank you'),
  'links.new': count(100)
    .default(0)
    .describe('links of a new reader that are posted without being looked at'),
  'links.known': count(100)
    .default(3)
    .describe('links of a known reader that are posted without being looked at'),
  'links.trusted': count(100)
    .default(10)
    .describe('links of a trusted reader that are posted without being looked at'),
  'links.most': count(100).default(20).describe('links above which a comment is refused'),
  'links.barred': list.default([]).describe('hosts that are never linked to, with all below them'),
  'words.banned': list
    .default([])
    .describe('words and phrases that are refused; * at an end stands for more letters'),
  'words.suspect': list.default([]).describe('words and phrases that are asked about, or held'),
  'words.suspect.first': z
    .enum(['nudge', 'hold'])
    .default('nudge')
    .describe('what a suspect word leads to: the writer is asked first, or the comment is held'),
  'words.suspect.confirmed': afterNudge
    .default('hold')
    .describe('what becomes of it when the writer was asked and said yes'),
  'shouting.share': share.default(0.7).describe('share of capitals from which words are shouted; 1 is off'),
  'shouting.least': count(1000).default(20).describe('letters below which nothing is shouted'),
  'shouting.confirmed': afterNudge
    .default('allow')
    .describe('what becomes of it when the writer was asked and said yes'),
  'first.comments': count(100)
    .default(0)
    .describe('first comments of each reader that are looked at before they are shown'),
  'rejections.days': count(30).default(7).describe('days for which refused and removed comments count'),
  'rejections.most': count()
    .default(3)
    .describe('refused comments in that time from which on all are looked at first; 0 is off'),
  'premoderate.all': flag.default(false).describe('look at every comment of the site before it is shown'),
  'premoderate.sensitive': z
    .enum(['nobody', 'new', 'everyone'])
    .default('new')
    .describe('whose comments under sensitive stories are looked at before they are shown'),
  'filter.hold': share
    .default(0.8)
    .describe('score of the learning filter from which a comment is held; 1 is off'),
  'filter.reject': share
    .default(1)
    .describe('score of the learning filter from which a comment is refused; 1 is off'),
  'outside.deadline': count(10_000)
    .min(100)
    .default(1500)
    .describe('milliseconds that the outside service has to answer'),
  'outside.failed': z
    .enum(['allow', 'hold'])
    .default('allow')
    .describe('what becomes of a comment when the outside service does not answer'),
  'outside.hold': share
    .default(0.8)
    .describe('score of the outside service from which a comment is held; 1 is off'),
  'outside.reject': share
    .default(1)
    .describe('score of the outside service from which a comment is refused; 1 is off'),
  'trust.known.age': count(3650).default(3).describe('days after which a reader can be known'),
  'trust.known.active': count(3650).default(2).describe('days on which a known reader came'),
  'trust.known.accepted': count().default(3).describe('accepted comments of a known reader'),
  'trust.trusted.age': count(3650).default(60).describe('days after which a reader can be trusted'),
  'trust.trusted.active': count(3650).default(15).describe('days on which a trusted reader came'),
  'trust.trusted.accepted': count().default(30).describe('accepted comments of a trusted reader'),
  'trust.known.removed': share.default(0.25).describe('largest share of removed comments of a known reader'),
  'trust.trusted.removed': share
    .default(0.05)
    .describe('largest share of removed comments of a trusted reader'),
  'trust.setback': count(365)
    .default(14)
    .describe('days for which a removed comment costs one level of trust'),
  'reports.hide': count(10_000)
    .default(300)
    .describe(
      'weight of open reports from which a comment is hidden until looked at; one of a known reader weighs 100; 0 is off',
    ),
  'reports.daily': count(1000).min(1).default(20).describe('reports that a reader may send in a day'),
  guidelines: z
    .string()
    .max(20_000)
    .default('')
    .describe(
      "the forum's guidelines: paragraphs, and headings as lines that begin with #; empty for those of the house",
    ),
} as const;

export type ModerationSettingName = keyof typeof moderationSettings;
export type ModerationSettings = {
  readonly [Name in ModerationSettingName]: z.output<(typeof moderationSettings)[Name]>;
};

export const moderationSettingNames = Object.keys(moderationSettings) as ModerationSettingName[];

/** All settings, those that are not given at their default. What is stored was checked when it was written. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>): ModerationSettings {
  const all: Record<string, unknown> = {};
  for (const name of moderationSettingNames) {
    const checked = moderationSettings[name].safeParse(stored[name]);
    // A setting that a later version reads otherwise falls back; nobody must be kept from writing by it.
    all[name] = checked.success ? checked.data : moderationSettings[name].parse(undefined);
  }
  return all as ModerationSettings;
}
