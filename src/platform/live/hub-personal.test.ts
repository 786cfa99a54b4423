import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forEachDatabase } from '../database/testing.ts';
import { until } from '../http/testing.ts';
import { hubOpener, tell } from './testing-hub.ts';
import { listener, type TestListener } from './testing.ts';

forEachDatabase('the live hub', [], (get) => {
  const open = hubOpener(get);
  const isOf = (data: unknown, subject: string) => (data as { subject: string }).subject === subject;

  it('tells a reader alone what concerns it, and whoever it does not want to hear nothing', async (t) => {
    const { database } = get();
    const { port } = await open(t, database);
    const [ann, ben, nobody] = [listener(t), listener(t), listener(t)];
    await ann.open(port, '/live?topics=me,front,reader:ben', { cookie: 'ann' });
    await ben.open(port, '/live?topics=front,me', { cookie: 'ben' });
    await nobody.open(port, '/live?topics=front,reader:ann', {});
    const show = (topic: string, from: string) =>
      database.write(async (tx) => tx.emit({ type: 'shown', payload: { topic, from, subject: from } }));
    await show('reader:ann', 'ben');
    await show('reader:ben', 'ann');
    await show('front', 'troll');
    await show('front', 'cleo');
    await until(() => [ann, ben, nobody].every((each) => each.events.some(({ data }) => isOf(data, 'cleo'))));
    const subjects = ({ events }: TestListener) =>
      events.map(({ data }) => (data as { subject: string }).subject);
    assert.deepEqual(subjects(ann), ['ben', 'cleo']);
    assert.deepEqual(subjects(ben), ['ann', 'troll', 'cleo']);
    assert.deepEqual(subjects(nobody), ['troll', 'cleo']);
  });

  it('tells an open stream no more of whom its reader stops hearing, in every process, and tells it again', async (t) => {
    const { database, reopen } = get();
    const other = await reopen();
    const sites = [await open(t, database), await open(t, other)];
    t.after(() => other.close());
    const [near, far, ben] = [listener(t), listener(t), listener(t)];
    await near.open(sites[0]!.port, '/live?topics=front', { cookie: 'ann' });
    await far.open(sites[1]!.port, '/live?topics=front,me', { cookie: 'ann' });
    await ben.open(sites[0]!.port, '/live?topics=front', { cookie: 'ben' });
    const show = (from: string, subject: string) =>
      database.write(async (tx) => tx.emit({ type: 'shown', payload: { topic: 'front', from, subject } }));
    const stopHearing = (isUnseen: boolean) =>
      database.write(async (tx) => {
        tx.emit({ type: 'hushed', payload: { reader: 'ann', target: 'cleo', isUnseen } });
      });
    const heardLast = (subject: string) =>
      until(() => [near, far, ben].every(({ events }) => isOf(events.at(-1)?.data ?? {}, subject)));
    await show('cleo', 'before');
    await heardLast('before');
    await stopHearing(true);
    await show('cleo', 'meanwhile');
    await show('ben', 'of another');
    await heardLast('of another');
    // One that was let in before, and joins after.
    const late = listener(t);
    await late.open(sites[0]!.port, `/live?topics=front&after=0`, { cookie: 'ann' });
    await until(() => late.events.some(({ data }) => isOf(data, 'of another')));
    await stopHearing(false);
    await show('cleo', 'after');
    await heardLast('after');
    const subjects = ({ events }: TestListener) =>
      events.map(({ data }) => (data as { subject: string }).subject);
    const heard = ['before', 'of another', 'after'];
    assert.deepEqual([subjects(near), subjects(far)], [heard, heard]);
    assert.deepEqual(subjects(ben), ['before', 'meanwhile', 'of another', 'after']);
    assert.deepEqual(subjects(late).slice(0, 1), ['of another']);
  });

  it('cuts the streams of a session that ended, in every process, and says so to who comes back', async (t) => {
    const { database, reopen } = get();
    const other = await reopen();
    const sites = [await open(t, database), await open(t, other)];
    t.after(() => other.close());
    const [ann, away, ben] = [listener(t), listener(t), listener(t)];
    await ann.open(sites[0]!.port, '/live?topics=me,front', { cookie: 'ann' });
    await away.open(sites[1]!.port, '/live?topics=me,front', { cookie: 'ann' });
    await ben.open(sites[0]!.port, '/live?topics=me,front', { cookie: 'ben' });
    await database.write(async (tx) => {
      tx.emit({ type: 'ended', payload: { sessions: ['session of ann', 'session of nobody'] } });
    });
    await until(() => !ann.isOpen && !away.isOpen);
    for (const { events } of [ann, away]) assert.deepEqual(events.at(-1)?.name, 'signed-out');
    await tell(database, 'front');
    await until(() => ben.events.length === 1);
    assert.ok(ben.isOpen);
    // A request that was under way when its session ended.
    const late = listener(t);
    await late.open(sites[0]!.port, '/live?topics=me,front', { cookie: 'ann' });
    await until(() => !late.isOpen);
    assert.deepEqual(
      late.events.map(({ name }) => name),
      ['signed-out'],
    );
    const gone = listener(t);
    await gone.open(sites[0]!.port, '/live?topics=me,front');
    await until(() => !gone.isOpen);
    assert.deepEqual(
      gone.events.map(({ name }) => name),
      ['signed-out'],
    );
  });

  it('tells nothing again that is to be forgotten, from the commit on that says so', async (t) => {
    const { database } = get();
    const { port, events } = await open(t, database);
    const from = await events.lastPosition();
    const show = (subject: string, hides?: string) =>
      database.write(async (tx) => {
        const payload = { topic: 'front', from: 'ann', subject, ...(hides && { hides }) };
        tx.emit({ type: 'shown', payload });
      });
    const witness = listener(t);
    await witness.open(port, '/live?topics=front');
    await show('one');
    await show('two');
    await show('one');
    await until(() => witness.events.length === 3);
    await show('three', 'one');
    await until(() => witness.events.length === 4);
    const reader = listener(t);
    await reader.open(port, `/live?topics=front&after=${from}`);
    await until(() => reader.events.length === 2);
    assert.deepEqual(
      reader.events.map(({ data }) => (data as { subject: string }).subject),
      ['two', 'three'],
    );
  });

  it('reads no log for who missed nothing on its topics, however long it was away', async (t) => {
    const { database } = get();
    let read = 0;
    const { port, events } = await open(t, database, { frames: 2, missed: 20 }, (log) => ({
      onRecorded: (told) => log.onRecorded(told),
      lastPosition: () => log.lastPosition(),
      after: (position, limit) => {
        read += 1;
        return log.after(position, limit);
      },
    }));
    const from = await events.lastPosition();
    const witness = listener(t);
    await witness.open(port, '/live?topics=story:9');
    // One by one, or the witness itself would fall out of the window.
    for (let index = 1; index <= 30; index += 1) {
      await tell(database, 'story:9');
      await until(() => witness.events.length === index);
    }
    read = 0;
    const reader = listener(t);
    await reader.open(port, `/live?topics=front&after=${from}`);
    await tell(database, 'front');
    await until(() => reader.events.length === 1);
    assert.deepEqual([reader.events[0]!.name, read], ['told', 0]);
  });
});
