import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testNow } from '../../platform/database/testing.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { moderationSettingNames, type ModerationSettings } from '../settings/settings.ts';
import type { Submission } from '../submission.ts';
import { noStanding } from '../trust/trust.ts';
import { rules } from './rules.ts';
import { ask, earlierPost, said, someReader, submissionOf } from './testing.ts';

interface Case {
  /** What is handed in. */
  readonly of: string;
  readonly submission?: Partial<Submission>;
  readonly given?: Parameters<typeof ask>[2];
  /** As `said` tells it. */
  readonly finds: string;
}

interface Rehearsal {
  /** What the rule is there for. */
  readonly caught: readonly Case[];
  /** What comes close and is posted. */
  readonly nearMiss: readonly Case[];
  /** Settings that change what it says: with each of them, the case is judged so. */
  readonly settings: Partial<Record<keyof ModerationSettings, Case>>;
}

const minute = 60_000;
const hour = 3_600_000;
const posts = (count: number, within: number) =>
  Array.from({ length: count }, (_, index) => earlierPost(Math.floor((index * within) / count)));
const words = 'The ferry was late again this morning.';
const same = { fingerprint: fingerprintOf(words) };
const link = 'https://news.example.com/a';
const loud = 'THE FERRY WAS LATE AGAIN THIS MORNING.';
const banned = { settings: { 'words.banned': ['scum'] } };
const suspect = { settings: { 'words.suspect': ['liar'] } };
const opinion = { labels: ['spam'] };

const rehearsals: Readonly<Record<string, Rehearsal>> = {
  account: {
    caught: [
      {
        of: 'a banned reader',
        submission: { reader: { ...someReader, state: 'banned' } },
        finds: 'reject moderation.banned',
      },
      {
        of: 'a suspended one',
        submission: { reader: { ...someReader, state: 'suspended', suspendedUntil: testNow + 1 } },
        finds: 'reject moderation.suspended',
      },
      {
        of: 'one about to leave',
        submission: { reader: { ...someReader, state: 'leaving' } },
        finds: 'reject moderation.leaving',
      },
    ],
    nearMiss: [
      {
        of: 'a suspension that ended this moment',
        submission: { reader: { ...someReader, state: 'suspended', suspendedUntil: testNow } },
        finds: 'allow',
      },
    ],
    settings: {},
  },
  closed: {
    caught: [
      {
        of: 'a closed conversation',
        submission: { thread: { state: 'closed', slowSeconds: 0 } },
        finds: 'reject moderation.closed',
      },
      {
        of: 'one closed by law',
        submission: { thread: { state: 'legal', slowSeconds: 0 } },
        finds: 'reject moderation.closed-by-law',
      },
    ],
    nearMiss: [
      { of: 'an open one', finds: 'allow' },
      {
        of: 'an edit where it closed meanwhile',
        submission: { kind: 'edit', thread: { state: 'closed', slowSeconds: 0 } },
        finds: 'allow',
      },
    ],
    settings: {},
  },
  length: {
    caught: [
      {
        of: 'one character too many',
        submission: { source: 'a'.repeat(4001) },
        finds: 'reject moderation.too-long',
      },
      { of: 'nothing', submission: { source: ' \n', text: '' }, finds: 'reject moderation.too-short' },
      { of: 'signs alone', submission: { source: '...' }, finds: 'reject moderation.too-short' },
      {
        of: 'marks in their millions',
        submission: { source: `a${'\u0301'.repeat(1_000_000)}` },
        finds: 'reject moderation.too-long',
      },
    ],
    nearMiss: [
      { of: 'just as many as may be', submission: { source: 'a'.repeat(4000) }, finds: 'allow' },
      {
        of: 'emoji of many code points, each counted once',
        submission: { source: '👩‍👩‍👧‍👦'.repeat(4000) },
        finds: 'allow',
      },
      { of: 'a single emoji', submission: { source: '👍' }, finds: 'allow' },
    ],
    settings: {
      'length.most': {
        of: 'eleven',
        submission: { source: 'a'.repeat(11) },
        given: { settings: { 'length.most': 10 } },
        finds: 'reject moderation.too-long',
      },
      'length.least': {
        of: 'two letters',
        submission: { source: 'No' },
        given: { settings: { 'length.least': 3 } },
        finds: 'reject moderation.too-short',
      },
    },
  },
  rate: {
    caught: [
      {
        of: 'the sixth in a minute',
        given: { earlier: posts(5, minute) },
        finds: 'reject moderation.too-fast',
      },
      {
        of: 'the eleventh in an hour of a new reader',
        given: { level: 'new', earlier: posts(10, hour) },
        finds: 'reject moderation.too-many',
      },
      {
        of: 'the second under a slow story',
        submission: { thread: { state: 'open', slowSeconds: 120 } },
        given: { earlier: [earlierPost(119_999)] },
        finds: 'reject moderation.slow-mode',
      },
      {
        of: 'edits by a machine',
        submission: { kind: 'edit' },
        given: { earlier: posts(10, minute).map((post) => ({ ...post, kind: 'edit' as const })) },
        finds: 'reject moderation.too-fast',
      },
    ],
    nearMiss: [
      { of: 'the fifth in a minute', given: { earlier: posts(4, minute) }, finds: 'allow' },
      {
        of: 'the sixth, a minute after the first',
        given: { earlier: [...posts(4, minute), earlierPost(minute)] },
        finds: 'allow',
      },
      { of: 'the eleventh of a known reader', given: { earlier: posts(10, hour) }, finds: 'allow' },
      {
        of: 'when the wait is over',
        submission: { thread: { state: 'open', slowSeconds: 120 } },
        given: { earlier: [earlierPost(120_000)] },
        finds: 'allow',
      },
      {
        of: 'under another story',
        submission: { thread: { state: 'open', slowSeconds: 120 } },
        given: { earlier: [earlierPost(1000, { story: 'story-2' })] },
        finds: 'allow',
      },
      {
        of: 'after some that were refused',
        given: { earlier: posts(9, minute).map((post) => ({ ...post, outcome: 'slip' as const })) },
        finds: 'allow',
      },
      {
        of: 'an edit under a slow story',
        submission: { kind: 'edit', thread: { state: 'open', slowSeconds: 120 } },
        given: { earlier: [earlierPost(1)] },
        finds: 'allow',
      },
    ],
    settings: {
      'rate.burst': {
        of: 'the second',
        given: { settings: { 'rate.burst': 1 }, earlier: posts(1, minute) },
        finds: 'reject moderation.too-fast',
      },
      'rate.new': {
        of: 'the second',
        given: { level: 'new', settings: { 'rate.new': 1 }, earlier: posts(1, hour) },
        finds: 'reject moderation.too-many',
      },
      'rate.known': {
        of: 'the second',
        given: { settings: { 'rate.known': 1 }, earlier: posts(1, hour) },
        finds: 'reject moderation.too-many',
      },
      'rate.trusted': {
        of: 'the second',
        given: { level: 'trusted', settings: { 'rate.trusted': 1 }, earlier: posts(1, hour) },
        finds: 'reject moderation.too-many',
      },
    },
  },
  duplicate: {
    caught: [
      {
        of: 'the same words',
        given: { earlier: [earlierPost(hour, same)] },
        finds: 'reject moderation.duplicate',
      },
      {
        of: 'the same in capitals with signs',
        submission: { source: 'THE FERRY was late -- again, this morning!!' },
        given: { earlier: [earlierPost(hour, same)] },
        finds: 'reject moderation.duplicate',
      },
    ],
    nearMiss: [
      {
        of: 'one word more',
        submission: { source: 'The ferry was late again this morning too.' },
        given: { earlier: [earlierPost(hour, same)] },
        finds: 'allow',
      },
      { of: 'the same a day later', given: { earlier: [earlierPost(24 * hour, same)] }, finds: 'allow' },
      {
        of: 'thanks',
        submission: { source: 'Thank you, Ann!' },
        given: { earlier: [earlierPost(hour, { fingerprint: fingerprintOf('Thank you, Ann!') })] },
        finds: 'allow',
      },
      {
        of: 'after the first was removed',
        given: { earlier: [earlierPost(hour, { ...same, outcome: 'removed' })] },
        finds: 'allow',
      },
      {
        of: 'an edit that changes nothing',
        submission: { kind: 'edit' },
        given: { earlier: [earlierPost(hour, { ...same, comment: 'comment-1' })] },
        finds: 'allow',
      },
    ],
    settings: {
      'duplicate.hours': {
        of: 'the same words',
        given: { settings: { 'duplicate.hours': 0 }, earlier: [earlierPost(hour, same)] },
        finds: 'allow',
      },
      'duplicate.least': {
        of: 'the same words',
        given: { settings: { 'duplicate.least': 100 }, earlier: [earlierPost(hour, same)] },
        finds: 'allow',
      },
    },
  },
  links: {
    caught: [
      {
        of: 'a link of a new reader',
        submission: { links: [link] },
        given: { level: 'new' },
        finds: 'hold moderation.links',
      },
      {
        of: 'four of a known one',
        submission: { links: [link, link, link, link] },
        finds: 'hold moderation.links',
      },
      {
        of: 'more than may be',
        submission: { links: Array.from({ length: 21 }, () => link) },
        given: { level: 'staff' },
        finds: 'reject moderation.too-many-links',
      },
      {
        of: 'a barred host',
        submission: { links: ['http://SHOP.Bad.example.:80/x'] },
        given: { settings: { 'links.barred': ['bad.example'] } },
        finds: 'reject moderation.barred-link',
      },
      {
        of: 'a barred host in other letters',
        submission: { links: ['http://bａd.example/'] },
        given: { settings: { 'links.barred': ['bad.example'] } },
        finds: 'reject moderation.barred-link',
      },
      {
        of: 'a barred address in one number',
        submission: { links: ['http://3405803777/'] },
        given: { settings: { 'links.barred': ['203.0.113.1'] } },
        finds: 'reject moderation.barred-link',
      },
    ],
    nearMiss: [
      { of: 'no link of a new reader', given: { level: 'new' }, finds: 'allow' },
      { of: 'three of a known one', submission: { links: [link, link, link] }, finds: 'allow' },
      {
        of: 'a host whose name ends alike',
        submission: { links: ['https://notbad.example/bad.example'] },
        given: { settings: { 'links.barred': ['bad.example'] } },
        finds: 'allow',
      },
    ],
    settings: {
      'links.new': {
        of: 'a link',
        submission: { links: [link] },
        given: { level: 'new', settings: { 'links.new': 1 } },
        finds: 'allow',
      },
      'links.known': {
        of: 'a link',
        submission: { links: [link] },
        given: { settings: { 'links.known': 0 } },
        finds: 'hold moderation.links',
      },
      'links.trusted': {
        of: 'a link',
        submission: { links: [link] },
        given: { level: 'trusted', settings: { 'links.trusted': 0 } },
        finds: 'hold moderation.links',
      },
      'links.most': {
        of: 'a link',
        submission: { links: [link] },
        given: { settings: { 'links.most': 0 } },
        finds: 'reject moderation.too-many-links',
      },
      'links.barred': {
        of: 'one below it',
        submission: { links: [link] },
        given: { settings: { 'links.barred': ['*.example.com'] } },
        finds: 'reject moderation.barred-link',
      },
    },
  },
  'banned-words': {
    caught: [
      {
        of: 'the word',
        submission: { source: 'You scum' },
        given: banned,
        finds: 'reject moderation.banned-words',
      },
      {
        of: 'the word in disguise',
        submission: { source: 'You S.C.U.M' },
        given: banned,
        finds: 'reject moderation.banned-words',
      },
    ],
    nearMiss: [
      {
        of: 'a word that holds it',
        submission: { source: 'Scumble the paint' },
        given: banned,
        finds: 'allow',
      },
      {
        of: 'letters at the ends of words',
        submission: { source: "That's cumbersome" },
        given: banned,
        finds: 'allow',
      },
    ],
    settings: {
      'words.banned': {
        of: 'another word',
        submission: { source: 'Fudge' },
        given: { settings: { 'words.banned': ['fudge'] } },
        finds: 'reject moderation.banned-words',
      },
    },
  },
  'suspect-words': {
    caught: [
      {
        of: 'the word',
        submission: { source: 'You liar' },
        given: suspect,
        finds: 'nudge moderation.suspect-words',
      },
      {
        of: 'the word, confirmed',
        submission: { source: 'You liar', isConfirmed: true },
        given: suspect,
        finds: 'hold moderation.suspect-words',
      },
    ],
    nearMiss: [
      {
        of: 'a word that holds it',
        submission: { source: 'Liars and familiar faces' },
        given: suspect,
        finds: 'allow',
      },
    ],
    settings: {
      'words.suspect': {
        of: 'another word',
        submission: { source: 'Fudge' },
        given: { settings: { 'words.suspect': ['fudge'] } },
        finds: 'nudge moderation.suspect-words',
      },
      'words.suspect.first': {
        of: 'the word',
        submission: { source: 'You liar' },
        given: { settings: { ...suspect.settings, 'words.suspect.first': 'hold' } },
        finds: 'hold moderation.suspect-words',
      },
      'words.suspect.confirmed': {
        of: 'the word, confirmed',
        submission: { source: 'You liar', isConfirmed: true },
        given: { settings: { ...suspect.settings, 'words.suspect.confirmed': 'allow' } },
        finds: 'allow',
      },
    },
  },
  shouting: {
    caught: [{ of: 'capitals', submission: { source: loud }, finds: 'nudge moderation.shouting' }],
    nearMiss: [
      { of: 'capitals, confirmed', submission: { source: loud, isConfirmed: true }, finds: 'allow' },
      {
        of: 'names in capitals',
        submission: { source: 'NATO, the EU and the UN met the IMF in Geneva today' },
        finds: 'allow',
      },
      { of: 'a short cry', submission: { source: 'GOAL! GOAL! GOAL!' }, finds: 'allow' },
      {
        of: 'a script without capitals',
        submission: { source: 'العبّارة تأخرت مرة أخرى هذا الصباح A B' },
        finds: 'allow',
      },
    ],
    settings: {
      'shouting.share': {
        of: 'capitals',
        submission: { source: loud },
        given: { settings: { 'shouting.share': 1 } },
        finds: 'allow',
      },
      'shouting.least': {
        of: 'capitals',
        submission: { source: loud },
        given: { settings: { 'shouting.least': 200 } },
        finds: 'allow',
      },
      'shouting.confirmed': {
        of: 'capitals, confirmed',
        submission: { source: loud, isConfirmed: true },
        given: { settings: { 'shouting.confirmed': 'hold' } },
        finds: 'hold moderation.shouting',
      },
    },
  },
  'first-comments': {
    caught: [
      {
        of: 'the first',
        given: { settings: { 'first.comments': 1 } },
        finds: 'hold moderation.first-comments',
      },
    ],
    nearMiss: [
      {
        of: 'the second',
        given: { settings: { 'first.comments': 1 }, standing: { ...noStanding, accepted: 1 } },
        finds: 'allow',
      },
    ],
    settings: {
      'first.comments': {
        of: 'the second',
        given: { settings: { 'first.comments': 2 }, standing: { ...noStanding, accepted: 1 } },
        finds: 'hold moderation.first-comments',
      },
    },
  },
  rejections: {
    caught: [
      {
        of: 'after three refused',
        given: {
          earlier: [1, 2, 3].map((at) =>
            earlierPost(at * hour, { outcome: at === 2 ? 'removed' : 'reject' }),
          ),
        },
        finds: 'hold moderation.rejections',
      },
    ],
    nearMiss: [
      {
        of: 'after two',
        given: { earlier: [1, 2].map((at) => earlierPost(at * hour, { outcome: 'reject' })) },
        finds: 'allow',
      },
      {
        of: 'after slips',
        given: { earlier: [1, 2, 3].map((at) => earlierPost(at * hour, { outcome: 'slip' })) },
        finds: 'allow',
      },
      {
        of: 'long after',
        given: { earlier: [1, 2, 3].map((at) => earlierPost(7 * 24 * hour + at, { outcome: 'reject' })) },
        finds: 'allow',
      },
    ],
    settings: {
      'rejections.most': {
        of: 'after one',
        given: { settings: { 'rejections.most': 1 }, earlier: [earlierPost(hour, { outcome: 'reject' })] },
        finds: 'hold moderation.rejections',
      },
      'rejections.days': {
        of: 'after three',
        given: {
          settings: { 'rejections.days': 1 },
          earlier: [1, 2, 3].map((at) => earlierPost(24 * hour + at, { outcome: 'reject' })),
        },
        finds: 'allow',
      },
    },
  },
  premoderated: {
    caught: [
      {
        of: 'a story that is looked at first',
        submission: { thread: { state: 'premoderated', slowSeconds: 0 } },
        finds: 'hold moderation.premoderated',
      },
      {
        of: 'a sensitive story, of a new reader',
        submission: { story: { id: 's', sensitive: true } },
        given: { level: 'new' },
        finds: 'hold moderation.sensitive',
      },
    ],
    nearMiss: [
      {
        of: 'a sensitive story, of a known reader',
        submission: { story: { id: 's', sensitive: true } },
        finds: 'allow',
      },
      {
        of: 'a story that is looked at first, of staff',
        submission: { thread: { state: 'premoderated', slowSeconds: 0 } },
        given: { level: 'staff' },
        finds: 'allow',
      },
    ],
    settings: {
      'premoderate.all': {
        of: 'any',
        given: { settings: { 'premoderate.all': true } },
        finds: 'hold moderation.premoderated',
      },
      'premoderate.sensitive': {
        of: 'a sensitive story',
        submission: { story: { id: 's', sensitive: true } },
        given: { settings: { 'premoderate.sensitive': 'everyone' } },
        finds: 'hold moderation.sensitive',
      },
    },
  },
  filter: {
    caught: [
      {
        of: 'a high score',
        given: { opinions: { filter: { ...opinion, score: 0.8 } } },
        finds: 'hold moderation.filter',
      },
    ],
    nearMiss: [
      { of: 'a lower score', given: { opinions: { filter: { ...opinion, score: 0.79 } } }, finds: 'allow' },
      { of: 'no filter', finds: 'allow' },
    ],
    settings: {
      'filter.hold': {
        of: 'a high score',
        given: { settings: { 'filter.hold': 1 }, opinions: { filter: { ...opinion, score: 1 } } },
        finds: 'allow',
      },
      'filter.reject': {
        of: 'a high score',
        given: { settings: { 'filter.reject': 0.9 }, opinions: { filter: { ...opinion, score: 0.95 } } },
        finds: 'reject moderation.filter',
      },
    },
  },
  outside: {
    caught: [
      {
        of: 'a high score',
        given: { opinions: { outside: { ...opinion, score: 0.8 } } },
        finds: 'hold moderation.outside',
      },
      {
        of: 'what it refuses',
        given: { opinions: { outside: { ...opinion, verdict: 'reject' } } },
        finds: 'reject moderation.outside',
      },
    ],
    nearMiss: [
      { of: 'a lower score', given: { opinions: { outside: { ...opinion, score: 0.79 } } }, finds: 'allow' },
      { of: 'silence', given: { opinions: { outside: 'failed' } }, finds: 'allow' },
    ],
    settings: {
      'outside.hold': {
        of: 'a high score',
        given: { settings: { 'outside.hold': 1 }, opinions: { outside: { ...opinion, score: 0.9 } } },
        finds: 'allow',
      },
      'outside.reject': {
        of: 'a high score',
        given: { settings: { 'outside.reject': 0.9 }, opinions: { outside: { ...opinion, score: 0.9 } } },
        finds: 'reject moderation.outside',
      },
      'outside.failed': {
        of: 'silence',
        given: { settings: { 'outside.failed': 'hold' }, opinions: { outside: 'failed' } },
        finds: 'hold moderation.outside-failed',
      },
    },
  },
};

for (const rule of rules) {
  describe(`the rule ${rule.name}`, () => {
    const { caught, nearMiss, settings } = rehearsals[rule.name]!;
    const judge = ({ of, submission, given, finds }: Case, what: string) =>
      it(`${what} ${of}`, () => assert.equal(said(ask(rule, submission, given)), finds));
    for (const each of caught) judge(each, 'minds');
    for (const each of nearMiss) judge(each, 'lets pass');
    for (const [name, each] of Object.entries(settings)) {
      judge(each, `by its setting ${name} judges`);
      it(`judges it otherwise when ${name} is left alone`, () => {
        const { [name]: _, ...others } = each.given?.settings as Record<string, unknown>;
        assert.notEqual(said(ask(rule, each.submission, { ...each.given, settings: others })), each.finds);
      });
    }
    it('has an example of both', () => {
      assert.ok(caught.some(({ finds }) => finds !== 'allow'));
      assert.ok(nearMiss.length > 0);
    });
    it('keeps no word of the writer', () => {
      for (const { submission, given } of caught) {
        const { source } = submissionOf(submission);
        const kept = JSON.stringify(ask(rule, submission, given)?.evidence ?? {});
        for (const word of source.match(/\p{L}{4,}/gu) ?? [])
          if (
            !Object.values(given?.settings ?? {})
              .flat()
              .includes(word)
          )
            assert.ok(!kept.includes(word), kept);
      }
    });
  });
}

it('every setting of a rule is rehearsed', () => {
  const rehearsed = Object.values(rehearsals).flatMap(({ settings }) => Object.keys(settings));
  const others = ['outside.deadline', 'guidelines'];
  assert.deepEqual(
    moderationSettingNames.filter(
      (name) => !rehearsed.includes(name) && !others.includes(name) && !/^(trust|reports)\./.test(name),
    ),
    [],
  );
});
