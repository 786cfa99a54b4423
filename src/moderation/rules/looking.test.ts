import { noStanding } from '../trust/trust.ts';
import { rehearse, type Rehearsal } from './testing-rehearsal.ts';
import { rules } from './rules.ts';
import { earlierPost } from './testing.ts';

const hour = 3_600_000;
const loud = 'THE FERRY WAS LATE AGAIN THIS MORNING.';
const banned = { settings: { 'words.banned': ['scum'] } };
const suspect = { settings: { 'words.suspect': ['liar'] } };
const opinion = { labels: ['spam'] };
const rehearsals: Readonly<Record<string, Rehearsal>> = {
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

for (const rule of rules) if (rehearsals[rule.name]) rehearse(rule, rehearsals[rule.name]!);
