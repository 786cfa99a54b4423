import { testNow } from '../../platform/database/testing.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { rehearse, type Rehearsal } from './testing-rehearsal.ts';
import { rules } from './rules.ts';
import { earlierPost, someReader } from './testing.ts';

const minute = 60_000;
const hour = 3_600_000;
const posts = (count: number, within: number) =>
  Array.from({ length: count }, (_, index) => earlierPost(Math.floor((index * within) / count)));
const words = 'The ferry was late again this morning.';
const same = { fingerprint: fingerprintOf(words) };
const link = 'https://news.example.com/a';
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
};

for (const rule of rules) if (rehearsals[rule.name]) rehearse(rule, rehearsals[rule.name]!);
