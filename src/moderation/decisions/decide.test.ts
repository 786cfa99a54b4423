import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Command } from '../../platform/database/database.ts';
import { findReader } from '../../readers/index.ts';
import { listHolds } from '../holds/holds.ts';
import { judge } from '../judge.ts';
import { moderationData } from '../reader-data.ts';
import { recordPosted } from '../record-posted.ts';
import { listReported, reportsAbout } from '../reports/reports.ts';
import { reportTarget } from '../reports/report-target.ts';
import { submissionOf } from '../rules/testing.ts';
import { fakeComments, forEachModeration, knownReader } from '../testing.ts';
import { findStanding } from '../trust/trust.ts';
import { decide, type DecisionInput } from './decide.ts';
import { decisionsAbout, decisionsFor } from './decisions.ts';
import { answerLook, askAgain, findLook, listLooks } from './look.ts';
import { undoDecision } from './undo.ts';

const actor = { kind: 'moderator', name: 'mo' } as const;

forEachModeration('deciding', (get) => {
  const fake = fakeComments();
  const { handlers } = fake;
  const write = <T>(command: Command<T>) => get().database.write(command);
  const act = (
    kind: DecisionInput['target']['kind'],
    id: string,
    action: DecisionInput['action'],
    more: Partial<DecisionInput> = {},
  ) =>
    write((tx) =>
      decide(tx, { target: { kind, id }, action, reason: 'guidelines', actor, ...more }, handlers),
    );
  const standing = (id: string) => findStanding(get().database.read, id);
  const report = async (
    reader: Parameters<typeof reportTarget>[1]['reader'],
    id: string,
    kind: 'comment' | 'profile' = 'comment',
  ) =>
    write((tx) =>
      reportTarget(tx, { reader, target: { kind, id }, category: 'abuse', text: 'Look.' }, handlers),
    );

  it('shows what was held, and counts it as accepted', async () => {
    const reader = await knownReader(get().database);
    const comment = fake.add(reader.id, 'held');
    await write(async (tx) => {
      const submission = submissionOf({
        id: comment.id,
        reader,
        thread: { state: 'premoderated', slowSeconds: 0 },
      });
      await recordPosted(tx, submission, await judge(tx, submission));
    });
    await act('comment', comment.id, 'approve');
    assert.equal(comment.state, 'visible');
    assert.equal((await standing(reader.id)).accepted, 11);
    const { items } = await listHolds(get().database.read);
    assert.ok(items.every(({ comment: id }) => id !== comment.id));
    const [told] = (await decisionsFor(get().database.read, reader.id)).items;
    assert.equal(told!.action, 'approve');
    await act('comment', comment.id, 'keep');
    assert.equal(
      (await decisionsFor(get().database.read, reader.id)).items.length,
      1,
      'no news is good news',
    );
  });

  it('removes, restores and undoes, each as a row that stays, with the counters going along', async () => {
    const reader = await knownReader(get().database);
    const comment = fake.add(reader.id);
    const removed = await act('comment', comment.id, 'remove', {
      note: 'It names a neighbour.',
      reason: 'private',
    });
    assert.equal(comment.state, 'removed');
    assert.deepEqual([(await standing(reader.id)).accepted, (await standing(reader.id)).removed], [9, 1]);
    const undone = await write((tx) => undoDecision(tx, { id: removed.id, actor }, handlers));
    assert.equal(comment.state, 'visible');
    assert.deepEqual([undone.action, undone.undoes, undone.reason], ['restore', removed.id, 'mistake']);
    assert.deepEqual([(await standing(reader.id)).accepted, (await standing(reader.id)).removed], [10, 0]);
    await assert.rejects(
      write((tx) => undoDecision(tx, { id: removed.id, actor }, handlers)),
      { code: 'moderation.cannot-undo' },
    );
    const rows = await decisionsAbout(get().database.read, { kind: 'comment', id: comment.id });
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['restore', 'remove'],
    );
    const told = (await decisionsFor(get().database.read, reader.id)).items;
    assert.equal(told.length, 2);
  });

  it('counts a comment once, however often it is decided about', async () => {
    const reader = await knownReader(get().database);
    const comment = fake.add(reader.id);
    for (const action of ['hide', 'remove', 'remove', 'restore', 'restore', 'remove'] as const)
      await act('comment', comment.id, action);
    assert.deepEqual([(await standing(reader.id)).accepted, (await standing(reader.id)).removed], [9, 1]);
  });

  it('suspends, bans and lets write again', async () => {
    const reader = await knownReader(get().database);
    const until = get().clock.now() + 86_400_000;
    const state = async () => (await findReader(get().database.read, reader.id))!;
    await act('reader', reader.id, 'suspend', { until });
    assert.deepEqual([(await state()).state, (await state()).suspendedUntil], ['suspended', until]);
    const banned = await act('reader', reader.id, 'ban');
    assert.equal((await state()).state, 'banned');
    await write((tx) => undoDecision(tx, { id: banned.id, actor }, handlers));
    assert.deepEqual([(await state()).state, (await state()).suspendedUntil], ['active', undefined]);
    await assert.rejects(act('reader', reader.id, 'suspend'), { code: 'moderation.needs-until' });
    await assert.rejects(act('reader', reader.id, 'remove'), { code: 'moderation.wrong-action' });
    await assert.rejects(act('comment', 'none', 'remove'), { code: 'moderation.no-target' });
    await assert.rejects(act('reader', reader.id, 'warn', { reason: 'law', law: ' ' }), {
      code: 'moderation.needs-law',
    });
  });

  it('empties a profile, and brings back what stood there first', async () => {
    const reader = await knownReader(get().database, { handle: 'profile1', name: 'Rude Name' });
    await act('profile', reader.id, 'hide');
    await act('profile', reader.id, 'remove');
    const emptied = (await findReader(get().database.read, reader.id))!;
    assert.deepEqual([emptied.name, emptied.bio], ['profile1', '']);
    await act('profile', reader.id, 'restore');
    assert.equal((await findReader(get().database.read, reader.id))!.name, 'Rude Name');
  });

  it('hides what is reported enough, until a person looks, and learns from who was right', async () => {
    const owner = await knownReader(get().database);
    const comment = fake.add(owner.id);
    const reporters = [1, 2, 3].map(() => knownReader(get().database));
    const [first, second, third] = await Promise.all(reporters);
    await report(first!, comment.id);
    await report(first!, comment.id);
    await report(second!, comment.id);
    assert.equal(comment.state, 'visible', 'one who reports twice counts once');
    assert.deepEqual(
      (await listReported(get().database.read)).map(({ target, weight, count }) => [
        target.id,
        weight,
        count,
      ]),
      [[comment.id, 200, 2]],
    );
    await report(third!, comment.id);
    assert.equal(comment.state, 'hidden');
    assert.equal((await standing(owner.id)).removed, 0, 'nothing is held against anybody by numbers alone');
    const held = (await listHolds(get().database.read)).items.find(({ comment: id }) => id === comment.id)!;
    assert.deepEqual([held.kind, held.reasons], ['reported', ['moderation.reported']]);
    const [told] = (await decisionsFor(get().database.read, owner.id)).items;
    assert.deepEqual([told!.action, told!.actor.kind, told!.reason], ['hide', 'reports', 'reported']);
    await act('comment', comment.id, 'restore', { reason: 'mistake' });
    assert.equal(comment.state, 'visible');
    assert.equal((await standing(first!.id)).dismissed, 1);
    for (let more = 0; more < 4; more += 1) await report(await knownReader(get().database), comment.id);
    assert.equal(comment.state, 'visible', 'what a person left standing is not taken away by numbers');
    await act('comment', comment.id, 'remove');
    assert.equal((await standing(owner.id)).removed, 1);
    assert.deepEqual(await listReported(get().database.read), []);
    assert.equal((await reportsAbout(get().database.read, { kind: 'comment', id: comment.id })).length, 7);
  });

  it('hides by the sum of all who report at once', async () => {
    const owner = await knownReader(get().database);
    const comment = fake.add(owner.id);
    const reporters = [];
    for (let more = 0; more < 3; more += 1) reporters.push(await knownReader(get().database));
    await Promise.all(reporters.map((reader) => report(reader, comment.id)));
    assert.equal(comment.state, 'hidden');
  });

  it('weighs a report by who sends it', async () => {
    const owner = await knownReader(get().database);
    const comment = fake.add(owner.id);
    for (let more = 0; more < 11; more += 1)
      await report(await knownReader(get().database, { accepted: 0 }), comment.id);
    assert.equal(comment.state, 'visible', 'eleven new accounts are not enough');
    await report(await knownReader(get().database, { roles: ['moderator'] }), comment.id);
    assert.equal(comment.state, 'hidden');
  });

  it('takes no report of what is not seen, of oneself, of a banned reader, or too many', async () => {
    const [owner, reader] = [await knownReader(get().database), await knownReader(get().database)];
    await assert.rejects(report(reader, 'none'), { code: 'moderation.no-target' });
    await assert.rejects(report(reader, fake.add(owner.id, 'held').id), { code: 'moderation.no-target' });
    await assert.rejects(report(owner, fake.add(owner.id).id), { code: 'moderation.own' });
    await assert.rejects(report({ ...reader, state: 'banned' }, fake.add(owner.id).id), {
      code: 'moderation.banned',
    });
    for (let more = 0; more < 20; more += 1) await report(reader, fake.add(owner.id).id);
    await assert.rejects(report(reader, fake.add(owner.id).id), { code: 'moderation.too-many-reports' });
  });

  it('looks again for its owner alone, once, and says what came of it', async () => {
    const [owner, other] = [await knownReader(get().database), await knownReader(get().database)];
    const comment = fake.add(owner.id);
    const decision = await act('comment', comment.id, 'remove');
    const ask = (reader: string, text = 'It is a quotation.') =>
      write((tx) => askAgain(tx, { decision: decision.id, reader, text }));
    await assert.rejects(ask(other.id), { code: 'moderation.no-decision' });
    await assert.rejects(ask(owner.id, ' '), { code: 'moderation.look-empty' });
    await ask(owner.id);
    await assert.rejects(ask(owner.id), { code: 'moderation.look-asked' });
    assert.ok((await listLooks(get().database.read)).some(({ decision: id }) => id === decision.id));
    await write((tx) =>
      answerLook(tx, { decision: decision.id, outcome: 'changed', answer: 'So it is.', actor }, handlers),
    );
    assert.equal(comment.state, 'visible');
    const look = (await findLook(get().database.read, decision.id))!;
    assert.deepEqual([look.outcome, look.answer], ['changed', 'So it is.']);
    await assert.rejects(
      write((tx) =>
        answerLook(tx, { decision: decision.id, outcome: 'upheld', answer: '', actor }, handlers),
      ),
      { code: 'moderation.no-look' },
    );
    const late = await act('comment', comment.id, 'remove');
    get().clock.advance(184 * 86_400_000);
    await assert.rejects(
      write((tx) => askAgain(tx, { decision: late.id, reader: owner.id, text: 'Late' })),
      { code: 'moderation.look-late' },
    );
  });

  it('pages through the decisions of one reader, and shows nobody those of another', async () => {
    const reader = await knownReader(get().database);
    for (let more = 0; more < 7; more += 1)
      await act('reader', reader.id, 'warn', { note: `Number ${more}` });
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const { items, next } = await decisionsFor(get().database.read, reader.id, { before, limit: 3 });
      seen.push(...items.map(({ note }) => note));
      before = next;
    } while (before !== undefined);
    assert.deepEqual(
      seen,
      [6, 5, 4, 3, 2, 1, 0].map((each) => `Number ${each}`),
    );
  });

  it('gives out what it holds of a reader, and keeps no word after erasure', async () => {
    const canary = 'zephyrine';
    const [reader, other] = [
      await knownReader(get().database, { email: `${canary}@readers.example` }),
      await knownReader(get().database),
    ];
    const [own, others] = [fake.add(reader.id), fake.add(other.id)];
    const say = (from: typeof reader, id: string) =>
      write((tx) =>
        reportTarget(
          tx,
          { reader: from, target: { kind: 'comment', id }, category: 'other', text: canary },
          handlers,
        ),
      );
    await say(reader, others.id);
    await say(other, own.id);
    const decision = await act('comment', own.id, 'remove', { note: `You wrote ${canary}.` });
    await write((tx) => askAgain(tx, { decision: decision.id, reader: reader.id, text: canary }));
    const collected = JSON.stringify(await moderationData.collect(get().database.read, reader));
    assert.equal(
      collected.split(canary).length - 1,
      3,
      'the report, the note and the wish, and no report of others',
    );
    await write((tx) => moderationData.erase(tx, { ...reader, addresses: [reader.email!] }, 'delete'));
    for (const table of [
      'moderation_decision',
      'moderation_look',
      'moderation_report',
      'moderation_hold',
      'moderation_post',
      'moderation_standing',
      'moderation_notice',
    ] as const) {
      const rows = await get().database.read.selectFrom(table).selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes(canary), table);
    }
  });
});
