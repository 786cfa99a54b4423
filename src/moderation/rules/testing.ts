import { testNow } from '../../platform/database/testing.ts';
import { usualSettings, type Reader } from '../../readers/index.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { rulebookOf } from '../settings/rulebook.ts';
import type { ModerationSettings } from '../settings/settings.ts';
import type { Submission } from '../submission.ts';
import { noStanding } from '../trust/trust.ts';
import { fold } from '../words/fold.ts';
import type { EarlierPost, Finding, Given, Rule } from './rule.ts';

/** A reader of a year's standing. */
export const someReader: Reader = {
  id: 'reader-1',
  handle: 'ann',
  name: 'Ann',
  picture: undefined,
  roles: [],
  state: 'active',
  createdAt: testNow - 365 * 86_400_000,
  email: 'ann@readers.example',
  bio: '',
  suspendedUntil: undefined,
  settings: usualSettings,
  guidelinesAt: testNow,
  leavingAt: undefined,
  daysActive: 100,
  lastActiveDay: undefined,
};

/** A comment that no rule minds. */
export function submissionOf(more: Partial<Submission> = {}): Submission {
  const text = more.text ?? more.source ?? 'The ferry was late again this morning.';
  return {
    id: 'comment-1',
    kind: 'comment',
    reader: someReader,
    story: { id: 'story-1', section: 'news', sensitive: false },
    parent: undefined,
    source: text,
    text,
    links: [],
    thread: { state: 'open', slowSeconds: 0 },
    isConfirmed: false,
    ...more,
  };
}

/** An earlier one of the same reader. @param ago milliseconds */
export function earlierPost(ago: number, more: Partial<EarlierPost> = {}): EarlierPost {
  return {
    comment: `earlier-${ago}`,
    story: 'story-1',
    at: testNow - ago,
    kind: 'comment',
    outcome: 'allow',
    fingerprint: 'another',
    ...more,
  };
}

/** Ask one rule alone. @param settings those that differ from the defaults */
export function ask(
  rule: Rule,
  submission: Partial<Submission> = {},
  more: Partial<Omit<Given, 'settings' | 'rulebook' | 'submission'>> & {
    readonly settings?: Partial<ModerationSettings>;
  } = {},
): Finding | undefined {
  const { settings, ...given } = more;
  const rulebook = rulebookOf('test', settings ?? {});
  const full = submissionOf(submission);
  return rule.judge({
    submission: full,
    now: testNow,
    rulebook,
    settings: rulebook.settings,
    level: 'known',
    standing: noStanding,
    earlier: [],
    fingerprint: fingerprintOf(full.text),
    folded: fold(full.text),
    opinions: {},
    ...given,
  });
}

/** Its verdict with the code of its reason, such as `hold moderation.links`; 'allow' where it has nothing to say. */
export function said(finding: Finding | undefined): string {
  return finding?.reason ? `${finding.verdict} ${finding.reason.code}` : (finding?.verdict ?? 'allow');
}
