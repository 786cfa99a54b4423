import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordPosted, recordRejected } from './record-posted.ts';
import { judge } from './judge.ts';
import { listHolds } from './holds/holds.ts';
import { submissionOf } from './rules/testing.ts';
import { saveSetting } from './settings/save-settings.ts';
import { moderationSettings, moderationSettingNames } from './settings/settings.ts';
import { loadRulebook } from './settings/rulebook.ts';
import type { Submission } from './submission.ts';
import { forEachModeration, knownReader } from './testing.ts';
import { findStanding, noStanding, trustLevel, trustOf } from './trust/trust.ts';
import { someReader } from './rules/testing.ts';
import { settingsFrom } from './settings/settings.ts';
import { testNow } from '../platform/database/testing.ts';
import { pruneModeration } from './prune.ts';

forEachModeration('judging', (get) => {
  let count = 0;
  const post = (more: Partial<Submission>) =>
    get().database.write(async (tx) => {
      count += 1;
      const submission = submissionOf({ id: `posted-${count}`, ...more });
      const judgement = await judge(tx, submission);
      if (judgement.decision === 'allow' || judgement.decision === 'hold')
        await recordPosted(tx, submission, judgement);
      else if (judgement.decision === 'reject') await recordRejected(tx, submission, judgement);
      return judgement;
    });
  const set = (name: string, value: unknown) =>
    get().database.write((tx) => saveSetting(tx, { name, value, actor: 'test' }));

  it('posts what no rule minds, and counts it', async () => {
    const reader = await knownReader(get().database, { accepted: 10 });
    const { fingerprint, ...judgement } = await post({ reader });
    assert.deepEqual(judgement, { decision: 'allow', reasons: [], verdicts: [] });
    assert.match(fingerprint, /^[\w-]{16}$/);
    assert.equal((await findStanding(get().database.read, reader.id)).accepted, 11);
  });

  it('gathers what every rule says, and does the hardest', async () => {
    await set('words.banned', 'scum');
    await set('words.suspect', 'liar');
    const reader = await knownReader(get().database);
    const links = ['https://a.example/', 'https://b.example/', 'https://c.example/', 'https://d.example/'];
    const judgement = await post({ reader, source: 'YOU LIAR, YOU AWFUL SC.UM OF A PERSON', links });
    assert.equal(judgement.decision, 'reject');
    assert.deepEqual(
      judgement.verdicts.map(({ rule, verdict }) => `${rule} ${verdict}`),
      ['links hold', 'banned-words reject', 'suspect-words nudge', 'shouting nudge'],
    );
    assert.deepEqual(
      judgement.reasons.map(({ code }) => code),
      ['moderation.banned-words'],
    );
    await set('words.banned', undefined);
    await set('words.suspect', undefined);
  });

  it('asks first, and posts at the second try', async () => {
    const reader = await knownReader(get().database);
    const loud = { reader, source: 'THE FERRY WAS LATE AGAIN THIS MORNING' };
    assert.equal((await post(loud)).decision, 'nudge');
    assert.equal((await findStanding(get().database.read, reader.id)).accepted, 10, 'nothing is counted yet');
    assert.equal((await post({ ...loud, isConfirmed: true })).decision, 'allow');
  });

  it('keeps what is held with its named reasons', async () => {
    const reader = await knownReader(get().database);
    const { decision, reasons } = await post({
      reader,
      id: 'held-1',
      thread: { state: 'premoderated', slowSeconds: 0 },
    });
    assert.equal(decision, 'hold');
    assert.ok(reasons[0]!.message.length > 10);
    const held = (await listHolds(get().database.read)).items.find(({ comment }) => comment === 'held-1')!;
    assert.deepEqual(held.reasons, ['moderation.premoderated']);
    assert.deepEqual(held.verdicts, [{ rule: 'premoderated', verdict: 'hold', evidence: { by: 'story' } }]);
    assert.equal(held.reader, reader.id);
    assert.equal((await findStanding(get().database.read, reader.id)).accepted, 10);
  });

  it('looks first at one who was refused three times, and not at one who slipped', async () => {
    await set('words.banned', 'scum');
    const [bad, clumsy] = [await knownReader(get().database), await knownReader(get().database)];
    for (let time = 0; time < 3; time += 1) {
      assert.equal((await post({ reader: bad, source: `scum ${time}` })).decision, 'reject');
      assert.equal((await post({ reader: clumsy, source: 'a'.repeat(5000) })).decision, 'reject');
    }
    assert.deepEqual(
      (await post({ reader: bad })).reasons.map(({ code }) => code),
      ['moderation.rejections'],
    );
    assert.equal((await post({ reader: clumsy })).decision, 'allow');
    assert.equal((await findStanding(get().database.read, bad.id)).rejected, 3);
    assert.equal((await findStanding(get().database.read, clumsy.id)).rejected, 0);
    await set('words.banned', undefined);
  });

  it('keeps the limit for one who sends many at once', async () => {
    const reader = await knownReader(get().database);
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, at) => post({ reader, source: `Number ${at} of the many.` })),
    );
    assert.equal(sent.filter(({ decision }) => decision === 'allow').length, 5);
    get().clock.advance(60_000);
    assert.equal((await post({ reader })).decision, 'allow');
  });

  it('refuses the same words, however they are dressed', async () => {
    const reader = await knownReader(get().database);
    assert.equal((await post({ reader, source: 'The pier should be kept as it is.' })).decision, 'allow');
    const again = await post({ reader, source: 'THE PIER -- should be kept, as it is!' });
    assert.deepEqual(
      again.reasons.map(({ code, field }) => [code, field]),
      [['moderation.duplicate', 'text']],
    );
  });

  it('takes every setting, from the next comment on', async () => {
    const reader = await knownReader(get().database);
    for (const name of moderationSettingNames) {
      const { version } = await loadRulebook(get().database.read);
      await set(name, moderationSettings[name].parse(undefined));
      assert.notEqual((await loadRulebook(get().database.read)).version, version);
    }
    await set('premoderate.all', 'on');
    assert.equal((await post({ reader, source: 'One more thing.' })).decision, 'hold');
    await set('premoderate.all', undefined);
    assert.equal((await post({ reader, source: 'And one more.' })).decision, 'allow');
  });

  it('refuses a setting that is none, and a value that fits none', async () => {
    await assert.rejects(set('length.mots', 3), { code: 'moderation.no-setting' });
    await assert.rejects(set('length.most', 'many'), { code: 'moderation.bad-setting' });
    await assert.rejects(set('premoderate.all', 'perhaps'), { code: 'moderation.bad-setting' });
    assert.equal((await loadRulebook(get().database.read)).settings['length.most'], 4000);
  });

  it('forgets what was handed in after a month', async () => {
    const reader = await knownReader(get().database);
    await post({ reader, source: 'Words of a month ago.' });
    get().clock.advance(32 * 86_400_000);
    await get().database.write(pruneModeration);
    const rows = await get().database.read.selectFrom('moderation_post').selectAll().execute();
    assert.deepEqual(rows, []);
  });

  it('trusts a reader whom nobody knows as a new one', async () => {
    assert.deepEqual(await trustOf(get().database.read, 'nobody', testNow), {
      level: 'new',
      standing: noStanding,
    });
    const reader = await knownReader(get().database);
    assert.equal((await trustOf(get().database.read, reader.id, testNow)).level, 'known');
  });
});

describe('trust', () => {
  const settings = settingsFrom({});
  const level = (more: object, standing: object = {}) =>
    trustLevel({ ...someReader, ...more }, { ...noStanding, ...standing }, settings, testNow);
  const day = 86_400_000;

  it('comes with age, days and accepted comments, and each of them is needed', () => {
    assert.equal(level({}, { accepted: 2 }), 'new');
    assert.equal(level({}, { accepted: 3 }), 'known');
    assert.equal(level({ createdAt: testNow - 3 * day + 1 }, { accepted: 100 }), 'new');
    assert.equal(level({ daysActive: 1 }, { accepted: 100 }), 'new');
    assert.equal(level({}, { accepted: 30 }), 'trusted');
    assert.equal(level({ createdAt: testNow - 59 * day }, { accepted: 30 }), 'known');
  });

  it('is lost by removed comments', () => {
    assert.equal(level({}, { accepted: 30, removed: 2 }), 'known');
    assert.equal(level({}, { accepted: 5, removed: 2 }), 'new');
    assert.equal(level({}, { accepted: 100, removed: 1, removedAt: testNow - day }), 'known');
    assert.equal(level({}, { accepted: 100, removed: 1, removedAt: testNow - 14 * day }), 'trusted');
  });

  it('of staff is given, and money buys none', () => {
    assert.equal(level({ roles: ['author'] }), 'staff');
    assert.equal(level({ roles: ['supporter'] }), 'new');
  });
});
