import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allMigrations } from '../../src/migrations.ts';
import { forEachDatabase } from '../../src/platform/database/testing.ts';
import { silentLog } from '../../src/platform/log.ts';
import { findAlert } from '../../src/alerts/breaking/alerts.ts';
import { composeAlert } from '../../src/alerts/breaking/compose-alert.ts';
import { countUnsubscribed, createAlertCounter } from '../../src/alerts/breaking/count-alerts.ts';
import { sendAlert } from '../../src/alerts/breaking/send-alert.ts';
import { listServices, noteServices } from '../../src/alerts/breaking/services.ts';
import { publicStory, testRules } from '../../src/alerts/breaking/testing.ts';
import { audienceOf } from '../../src/alerts/breaking/wide-alert.ts';

forEachDatabase('what becomes of alerts', allMigrations, (get) => {
  async function sent(): Promise<{ readonly id: string; readonly code: string }> {
    const { database } = get();
    const story = await publicStory(database);
    const given = { story: story.id, urgency: 'normal', audiences: [audienceOf('section:news')] } as const;
    const { id, code } = await database.write((tx) => composeAlert(tx, { ...given, actor: 'ann' }));
    await database.write((tx) => sendAlert(tx, { alert: id, actor: 'ann', rules: testRules }));
    return { id, code };
  }
  const countsOf = async (id: string) => (await findAlert(get().database.read, id))!.counts;

  it('is counted together, and codes that are none are passed over', async () => {
    const { database } = get();
    const { id, code } = await sent();
    const counter = createAlertCounter({ database, log: silentLog, every: 3_600_000 });
    for (let count = 0; count < 1000; count += 1) counter.count(code, 'shown');
    for (let count = 0; count < 10; count += 1) counter.count(code, 'clicked');
    counter.count(code, 'dismissed');
    counter.count("' or 1=1 --", 'shown');
    for (let number = 0; number < 2000; number += 1) counter.count(`bcdf${number}`, 'shown');
    assert.equal((await countsOf(id)).shown, 0);
    await counter.flush();
    counter.count(code, 'shown');
    await counter.close();
    assert.deepEqual(await countsOf(id), {
      delivered: 0,
      shown: 1001,
      clicked: 10,
      dismissed: 1,
      unsubscribed: 0,
    });
  });

  it('counts who leaves for the last alert that came, within a day', async () => {
    const { database, clock } = get();
    clock.advance(60_000);
    const first = await sent();
    clock.advance(60_000);
    const second = await sent();
    const leave = (deliveredAt: number | null) => database.write((tx) => countUnsubscribed(tx, deliveredAt));
    await leave(clock.now() - 1);
    await leave(clock.now());
    await leave(clock.now());
    await leave(null);
    assert.equal((await countsOf(first.id)).unsubscribed, 1);
    assert.equal((await countsOf(second.id)).unsubscribed, 2);
    clock.advance(25 * 3_600_000);
    await leave(clock.now() - 25 * 3_600_000);
    assert.equal((await countsOf(second.id)).unsubscribed, 2);
  });

  it('tells other processes how push services do, when that has changed', async () => {
    const { database, clock } = get();
    const state = { host: 'push.example', rate: 12.5, restsUntil: 5, reason: 'asked for patience' };
    let services = [{ ...state, taken: 1, later: 2, refused: 0 }];
    const noting = noteServices({ database, log: silentLog, services: () => services, every: 3_600_000 });
    await noting.note();
    services = [{ ...state, taken: 9, later: 2, refused: 0 }];
    await noting.note();
    noting.stop();
    assert.deepEqual(await listServices(database.read, clock.now()), [
      { ...state, rate: 13, taken: 9, later: 2, refused: 0, at: clock.now() },
    ]);
  });
});
