import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { killStory, unpublishStory } from '../../src/stories/index.ts';
import { findAlert, listAlerts, listRuns, listTexts } from '../../src/alerts/breaking/alerts.ts';
import { composeAlert, type NewAlert } from '../../src/alerts/breaking/compose-alert.ts';
import { correctAlert } from '../../src/alerts/breaking/correct-alert.ts';
import { approveAlert, sendAlert } from '../../src/alerts/breaking/send-alert.ts';
import { publicStory, testPaper, testRules } from '../../src/alerts/breaking/testing.ts';
import { audienceOf, everyone } from '../../src/alerts/breaking/wide-alert.ts';
import { cancelAlert, withdrawAlert, withdrawAlertsOf } from '../../src/alerts/breaking/withdraw-alert.ts';

const two = { ...testRules, needsTwo: true };
const day = 86_400_000;

forEachDatabase('alerts of the newsroom', allMigrations, (get) => {
  const write: ReturnType<typeof get>['database']['write'] = (command) => get().database.write(command);
  const find = async (id: string) => (await findAlert(get().database.read, id))!;
  async function compose(given: Partial<NewAlert> = {}): Promise<string> {
    const story = given.story ?? (await publicStory(get().database)).id;
    const usual = { story, urgency: 'breaking', audiences: [audienceOf('topic:ferries')], actor: 'ann' };
    return (await write((tx) => composeAlert(tx, { ...usual, ...given } as NewAlert))).id;
  }
  const rejects = (work: Promise<unknown>, code: string) => assert.rejects(work, { code });

  it('are composed of words on one line, without signs that turn what follows', async () => {
    const alert = await find(
      await compose({
        title: '\u202eThe\u2066 <b>harbour</b>\u0007\r\n is\tclosed\u2069\ufeff ',
        body: '\ud83d\ude22 Nobody\u2028may leave\ud83d',
      }),
    );
    assert.equal(alert.title, 'The <b>harbour</b> is closed');
    assert.equal(alert.body, '\u{1f622} Nobody may leave\ufffd');
  });

  it('are refused without words, audience or a story that stands', async () => {
    await rejects(compose({ title: '\u202e ' }), 'alert.invalid');
    await rejects(compose({ title: 'x'.repeat(121) }), 'alert.invalid');
    await rejects(compose({ body: 'x'.repeat(401) }), 'alert.invalid');
    await rejects(compose({ audiences: [] }), 'alert.no-audience');
    await rejects(compose({ audiences: [audienceOf('author:nobody')] }), 'alert.unknown-audience');
    await rejects(compose({ picture: 'no-such' }), 'alert.no-picture');
    await rejects(compose({ story: 'no-such' }), 'alert.no-story');
    const { id } = await publicStory(get().database);
    await write((tx) => killStory(tx, { id, reason: 'false', actor: 'ann' }));
    await rejects(compose({ story: id }), 'alert.story-killed');
    assert.throws(() => audienceOf('breaking:x'), { code: 'alert.bad-audience' });
    assert.throws(() => audienceOf('reader:x'), { code: 'alert.bad-audience' });
  });

  it('wait for somebody else where two must agree', async () => {
    const id = await compose();
    const sent = await write((tx) => sendAlert(tx, { alert: id, actor: 'ann', rules: two }));
    assert.equal(sent.state, 'waiting');
    assert.deepEqual(await listRuns(get().database.read, id), []);
    await rejects(
      write((tx) => approveAlert(tx, { alert: id, actor: 'ann', rules: two })),
      'alert.two-persons',
    );
    await rejects(
      write((tx) => sendAlert(tx, { alert: id, actor: 'ben', rules: two })),
      'alert.wrong-state',
    );
    const approved = await write((tx) => approveAlert(tx, { alert: id, actor: 'ben', rules: two }));
    assert.deepEqual([approved.state, approved.approvedBy], ['sending', 'ben']);
    assert.equal((await listRuns(get().database.read, id)).length, 1);
    // Whoever sends what another composed is the second.
    const other = await compose();
    const ben = await write((tx) => sendAlert(tx, { alert: other, actor: 'ben', rules: two }));
    assert.deepEqual([ben.state, ben.approvedBy], ['sending', 'ben']);
  });

  it('are corrected by two where two must agree, and taken back by one', async () => {
    const id = await compose({ title: 'The habour' });
    await write((tx) => sendAlert(tx, { alert: id, actor: 'ben', rules: two }));
    await write((tx) => correctAlert(tx, { alert: id, title: 'The harbor', actor: 'ann', rules: two }));
    await write((tx) => correctAlert(tx, { alert: id, title: 'The harbour', actor: 'ann', rules: two }));
    assert.deepEqual([(await find(id)).title, (await find(id)).version], ['The habour', 1]);
    await rejects(
      write((tx) => approveAlert(tx, { alert: id, actor: 'ann', rules: two })),
      'alert.two-persons',
    );
    await write((tx) => approveAlert(tx, { alert: id, actor: 'ben', rules: two }));
    const { title, version } = await find(id);
    assert.equal(title, 'The harbour');
    await rejects(
      write((tx) => approveAlert(tx, { alert: id, actor: 'ben', rules: two })),
      'alert.wrong-state',
    );
    await write((tx) => withdrawAlert(tx, { alert: id, reason: 'false', actor: 'ann', paper: 'The Test' }));
    const after = await find(id);
    assert.deepEqual([after.state, after.version], ['withdrawn', version + 1]);
    const texts = await listTexts(get().database.read, id);
    assert.deepEqual(
      texts.map(({ action, approvedBy }) => [action, approvedBy]),
      [
        ['composed', undefined],
        ['corrected', 'ben'],
        ['withdrawn', undefined],
      ],
    );
    await rejects(
      write((tx) => correctAlert(tx, { alert: id, title: 'x', actor: 'ann', rules: testRules })),
      'alert.wrong-state',
    );
    await rejects(
      write((tx) => withdrawAlert(tx, { alert: id, reason: 'x', actor: 'ann', paper: 'x' })),
      'alert.wrong-state',
    );
  });

  it('go to everyone four times a day, as the zone of the publication has its days', async () => {
    const { clock } = get();
    clock.advance(30 * day);
    const send = async (more: object = {}) => {
      const alert = await compose({ audiences: [everyone] });
      return write((tx) => sendAlert(tx, { alert, actor: 'ann', rules: testRules, ...more }));
    };
    // Noon there; the fourth is ahead, on this same day.
    for (let count = 0; count < 3; count += 1) await send();
    const fourth = await send({ at: clock.now() + 3_600_000 });
    await rejects(send(), 'alert.beyond-the-cap');
    await send({ at: clock.now() + day });
    await write((tx) => cancelAlert(tx, { alert: fourth.id }));
    await send();
    await rejects(send(), 'alert.beyond-the-cap');
    await send({ isBeyondTheCap: true });
    const unlimited = await compose();
    await write((tx) => sendAlert(tx, { alert: unlimited, actor: 'ann', rules: testRules }));
    clock.advance(-30 * day);
  });

  it('are neither sent twice nor sent of a story that is not public', async () => {
    const { id: story } = await publicStory(get().database);
    const id = await compose({ story });
    await write((tx) => unpublishStory(tx, { id: story, actor: 'ann' }));
    const sending = { alert: id, actor: 'ann', rules: testRules };
    await rejects(
      write((tx) => sendAlert(tx, sending)),
      'alert.story-not-public',
    );
    await rejects(
      write((tx) => sendAlert(tx, { ...sending, at: get().clock.now() })),
      'alert.time-passed',
    );
    const other = await compose();
    const both = await Promise.allSettled(
      [1, 2].map(() => write((tx) => sendAlert(tx, { ...sending, alert: other }))),
    );
    assert.equal((await listRuns(get().database.read, other)).length, 1, JSON.stringify(both));
    assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('end with their story, whatever they were about to do', async () => {
    const { id: story } = await publicStory(get().database);
    const [draft, ahead, sending, cancelled] = [
      await compose({ story }),
      await compose({ story }),
      await compose({ story }),
      await compose({ story }),
    ];
    const send = (alert: string, at?: number) =>
      write((tx) => sendAlert(tx, { alert, actor: 'ann', rules: testRules, at }));
    await send(ahead, get().clock.now() + day);
    await send(sending);
    await write((tx) => cancelAlert(tx, { alert: cancelled }));
    await write((tx) => withdrawAlertsOf(tx, { story, state: 'killed', paper: testPaper.name }));
    const states = await Promise.all(
      [draft, ahead, sending, cancelled].map(async (id) => (await find(id)).state),
    );
    assert.deepEqual(states, ['cancelled', 'cancelled', 'withdrawn', 'cancelled']);
    // The events may come again.
    await write((tx) => withdrawAlertsOf(tx, { story, state: 'killed', paper: testPaper.name }));
    const open = (await listRuns(get().database.read, sending)).filter(({ state }) => state === 'waiting');
    assert.deepEqual(
      open.map(({ kind }) => kind),
      ['withdraw'],
    );
  });

  it('are listed a page at a time, the newest first', async () => {
    const { read } = get().database;
    const all = await listAlerts(read, { limit: 200 });
    const paged: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await listAlerts(read, { before, limit: 3 });
      if (page.length === 0) break;
      paged.push(...page.map(({ id }) => id));
      before = page.at(-1)!.id;
    }
    assert.deepEqual(
      paged,
      all.map(({ id }) => id),
    );
  });
});
