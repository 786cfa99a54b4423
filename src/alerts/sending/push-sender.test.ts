import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { testCertificate } from '../../../test/rig/certificate.ts';
import {
  startPushService,
  type PushReply,
  type PushService,
  type TestSubscription,
} from '../../../test/rig/push-service.ts';
import { openTestDatabase, testNow } from '../../platform/database/testing.ts';
import { migrations } from '../migrations.ts';
import type { PushOptions } from '../push-message.ts';
import { presentPushKey, rotatePushKeys } from './push-keys.ts';
import { createPushSender, type OwnPushSender } from './push-sender.ts';
import type { PushResult, PushTarget } from './sender.ts';

const options: PushOptions = { ttl: 3600, urgency: 'high', topic: 'a-topic' };
const opened = await openTestDatabase('sqlite', migrations);
after(() => opened.close());
const { database, clock } = opened;
const key = await presentPushKey(database);

/** What a sender logs, as it would stand in the log. */
const logged: { level: number; msg: string; host?: string }[] = [];
const log = pino({ base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) });

function openSender(hosts: readonly string[], workers = 0, pool = 0): OwnPushSender {
  return createPushSender({
    config: {
      PUSH_HOSTS: hosts.join(','),
      PUSH_WORKERS: workers,
      PUSH_POOL: pool,
      CONTACT_MAIL: undefined,
      origin: 'https://ledger.example',
    },
    database,
    clock,
    log,
    trust: [testCertificate.cert],
  });
}

function targetOf(subscription: TestSubscription, keyId: string | null = null): PushTarget {
  return { id: randomUUID(), ...subscription, keyId };
}

const outcomes = (results: readonly PushResult[]) => results.map(({ outcome, status }) => [outcome, status]);

for (const workers of [0, 1, 2]) {
  describe(`sending to many with ${workers} threads`, () => {
    let service: PushService;
    let sender: OwnPushSender;
    before(async () => {
      service = await startPushService({ streams: 20 });
      sender = openSender([service.host], workers);
    });
    after(async () => {
      await sender.close();
      await service.close();
    });

    it('reaches each once, over few connections, no more at a time than the service takes', async () => {
      const targets = Array.from({ length: 300 }, () => targetOf(service.subscribe(key.public)));
      const results = await sender.sendToMany(targets, '{"words":"für alle"}', options);
      assert.deepEqual(
        results.map(({ id, outcome, status }) => [id, outcome, status]),
        targets.map(({ id }) => [id, 'taken', 201]),
      );
      assert.deepEqual(
        service.messages.map(({ endpoint }) => endpoint).sort(),
        targets.map(({ endpoint }) => endpoint).sort(),
      );
      for (const message of service.messages) {
        const { text, ttl, urgency, topic, claims, httpVersion } = message;
        assert.deepEqual(
          { text, ttl, urgency, topic, httpVersion, aud: claims?.aud, sub: claims?.sub },
          {
            ...options,
            text: '{"words":"für alle"}',
            httpVersion: '2.0',
            aud: `https://${service.host}`,
            sub: 'https://ledger.example',
          },
        );
      }
      assert.ok(service.connections <= 8, `${service.connections} connections`);
      assert.ok(service.inFlight.most <= 20 * service.connections);
      const [state] = sender.services();
      assert.deepEqual([state!.host, state!.taken, state!.rate], [service.host, 300, undefined]);
    });

    it('tells what became of each', async () => {
      const there = service.subscribe(key.public);
      const gone = service.subscribe(key.public);
      const another = service.subscribe('another key');
      service.forget(gone.endpoint);
      const targets = [
        targetOf(there),
        targetOf(gone),
        targetOf(another),
        targetOf({ ...there, endpoint: `https://${service.host}/push/none` }),
        targetOf({ ...there, endpoint: 'https://evil.example/push/x' }),
        targetOf({ ...there, endpoint: '' }),
        targetOf({ ...there, endpoint: `${there.endpoint}\nhttps://evil.example/` }),
        targetOf({ ...there, endpoint: `https://${service.host}@evil.example/x` }),
        targetOf({ ...there, p256dh: `B${'A'.repeat(86)}` }),
        targetOf({ ...there, auth: 'short' }),
      ];
      assert.deepEqual(outcomes(await sender.sendToMany(targets, '{}', options)), [
        ['taken', 201],
        ['gone', 410],
        ['refused', 401],
        ['gone', 404],
        ['refused', undefined],
        ['refused', undefined],
        ['refused', undefined],
        ['refused', undefined],
        ['failed', undefined],
        ['failed', undefined],
      ]);
      assert.ok(logged.some(({ level, msg }) => level === 50 && /does not accept the key/.test(msg)));
    });

    it('sends one reader’s own message', async () => {
      const subscription = service.subscribe(key.public);
      const result = await sender.sendToOne(targetOf(subscription), '{"for":"one"}', {
        ttl: 60,
        urgency: 'normal',
      });
      assert.deepEqual([result.outcome, service.messages.at(-1)!.text], ['taken', '{"for":"one"}']);
      assert.equal(service.messages.at(-1)!.topic, undefined);
    });

    it('takes the longest message, and none that is longer', async () => {
      const target = targetOf(service.subscribe(key.public));
      assert.equal((await sender.sendToOne(target, 'x'.repeat(3993), options)).outcome, 'taken');
      await assert.rejects(sender.sendToOne(target, 'x'.repeat(3994), options), { code: 'push.too-large' });
    });

    it('has the same message taken again over a connection that broke', async () => {
      service.breakConnections();
      const target = targetOf(service.subscribe(key.public));
      const first = await sender.sendToOne(target, '{}', options);
      const result = first.outcome === 'later' ? await sender.sendToOne(target, '{}', options) : first;
      assert.ok(['taken', 'later'].includes(result.outcome));
    });
  });
}

describe('a push service', () => {
  let service: PushService;
  before(async () => {
    service = await startPushService();
  });
  after(() => service.close());
  const all = (count: number) => Array.from({ length: count }, () => targetOf(service.subscribe(key.public)));

  /** A sender that has met nobody yet, and the service's answer from now on. */
  async function withAnswer(
    answer: PushReply | ((count: number) => PushReply | undefined),
    work: (sender: OwnPushSender) => Promise<void>,
  ): Promise<void> {
    let count = 0;
    service.answer = () => (typeof answer === 'function' ? answer((count += 1)) : answer);
    logged.length = 0;
    const sender = openSender([service.host]);
    try {
      await work(sender);
    } finally {
      service.answer = undefined;
      await sender.close();
    }
  }

  for (const status of [429, 406, 503]) {
    it(`that answers ${status} is left alone for as long as it says`, async () => {
      await withAnswer({ status, headers: { 'retry-after': '120' } }, async (sender) => {
        const [first] = await sender.sendToMany(all(1), '{}', options);
        assert.deepEqual([first!.outcome, first!.status], ['later', status]);
        assert.ok(first!.retryAt! >= testNow + 120_000 && first!.retryAt! < testNow + 180_000);
        const before = service.messages.length;
        const [second] = await sender.sendToMany(all(1), '{}', options);
        assert.deepEqual([second!.outcome, service.messages.length], ['later', before]);
        assert.ok(second!.retryAt! >= testNow + 120_000);
        const [state] = sender.services();
        assert.ok(state!.restsUntil! >= testNow + 120_000);
        assert.match(state!.reason!, new RegExp(String(status)));
        assert.ok(logged.some(({ level, host }) => level === 40 && host === service.host));
      });
    });
  }

  it('that answers nothing but 429 slows itself down, and says so', async () => {
    await withAnswer({ status: 429, headers: { 'retry-after': '1' } }, async (sender) => {
      const results = await sender.sendToMany(all(300), '{}', options);
      assert.ok(results.every(({ outcome }) => outcome === 'later'));
      const [state] = sender.services();
      assert.ok(state!.rate! >= 1);
      assert.ok(logged.some(({ msg }) => /again and again/.test(msg)));
      // Not all at the same time.
      assert.ok(new Set(results.map(({ retryAt }) => retryAt)).size > 50);
    });
  });

  it('that does not know our key loses no browser for it, and is asked less and less', async () => {
    await withAnswer({ status: 403 }, async (sender) => {
      const results = await sender.sendToMany(all(400), '{}', options);
      const refused = results.filter(({ outcome }) => outcome === 'refused').length;
      assert.ok(refused >= 100 && refused < 400, `${refused} refused`);
      assert.ok(results.every(({ outcome }) => outcome === 'refused' || outcome === 'later'));
      assert.equal(logged.filter(({ level }) => level === 50).length, 1);
    });
  });

  it('that finds a message too long says that we made a mistake', async () => {
    await withAnswer({ status: 413 }, async (sender) => {
      assert.deepEqual(outcomes(await sender.sendToMany(all(2), '{}', options)), [
        ['failed', 413],
        ['failed', 413],
      ]);
      assert.equal(logged.filter(({ level, msg }) => level === 50 && /too long/.test(msg)).length, 1);
    });
  });

  it('that breaks down is tried again later, and one that does not understand is not', async () => {
    await withAnswer({ status: 500 }, async (sender) => {
      const [result] = await sender.sendToMany(all(1), '{}', options);
      assert.deepEqual([result!.outcome, result!.status], ['later', 500]);
      assert.ok(result!.retryAt! > testNow);
    });
    await withAnswer({ status: 400 }, async (sender) => {
      assert.deepEqual(outcomes(await sender.sendToMany(all(1), '{}', options)), [['failed', 400]]);
    });
  });

  it('that ends the connection under a message leaves it for later', async () => {
    await withAnswer(
      (count) => (count === 150 ? { status: 0, breaks: true } : undefined),
      async (sender) => {
        const results = await sender.sendToMany(all(300), '{}', options);
        const counts = Map.groupBy(results, ({ outcome }) => outcome);
        assert.deepEqual([...counts.keys()].sort(), ['later', 'taken']);
        const later = new Set(counts.get('later')!.map(({ id }) => id));
        assert.ok(results.every(({ id, retryAt }) => !later.has(id) || retryAt! > testNow));
      },
    );
  });

  it('that is not there is left alone for longer and longer', async () => {
    const gone = await startPushService();
    await gone.close();
    const sender = openSender([gone.host]);
    const target = { ...all(1)[0]!, endpoint: `https://${gone.host}/push/x` };
    const result = await sender.sendToOne(target, '{}', options);
    assert.deepEqual([result.outcome, result.status], ['later', undefined]);
    assert.ok(result.retryAt! > testNow);
    assert.match(sender.services()[0]!.reason!, /could not be reached/);
    await sender.close();
  });

  it('that knows no HTTP/2 is spoken to as it can', async () => {
    const plain = await startPushService({ http1: true });
    const sender = openSender([plain.host]);
    const targets = Array.from({ length: 40 }, () => targetOf(plain.subscribe(key.public)));
    const results = await sender.sendToMany(targets, '{"plain":1}', options);
    assert.ok(results.every(({ outcome, status }) => outcome === 'taken' && status === 201));
    assert.deepEqual(
      new Set(plain.messages.map(({ httpVersion, text }) => `${httpVersion} ${text}`)),
      new Set(['1.1 {"plain":1}']),
    );
    assert.ok(plain.inFlight.most <= 16);
    await sender.close();
    await plain.close();
  });

  it('whose certificate nobody trusts gets nothing', async () => {
    const sender = createPushSender({
      config: {
        PUSH_HOSTS: service.host,
        PUSH_WORKERS: 0,
        PUSH_POOL: 0,
        CONTACT_MAIL: undefined,
        origin: 'https://ledger.example',
      },
      database,
      clock,
      log,
    });
    const before = service.messages.length;
    assert.equal((await sender.sendToOne(all(1)[0]!, '{}', options)).outcome, 'later');
    assert.equal(service.messages.length, before);
    await sender.close();
  });

  it('gets no more of a message that is cancelled', async () => {
    const controller = new AbortController();
    await withAnswer(
      (count) => {
        if (count === 10) controller.abort();
        return undefined;
      },
      async (sender) => {
        const before = service.messages.length;
        const results = await sender.sendToMany(all(2000), '{}', options, controller.signal);
        const taken = results.filter(({ outcome }) => outcome === 'taken').length;
        assert.equal(service.messages.length - before, taken);
        assert.ok(taken >= 10 && taken < 2000, `${taken} taken`);
        const [late] = await sender.sendToMany(all(1), '{}', options, controller.signal);
        assert.equal(late!.outcome, 'later');
      },
    );
  });

  it('is told by which key a browser subscribed, also after that key retired', async () => {
    const sender = openSender([service.host]);
    const old = service.subscribe(key.public);
    assert.equal((await sender.sendToOne(targetOf(old, null), '{}', options)).outcome, 'taken');
    clock.advance(1000);
    const made = await database.write(rotatePushKeys);
    const recent = service.subscribe(made.public);
    const targets = [targetOf(recent, made.id), targetOf(old, key.id), targetOf(old, made.id)];
    assert.deepEqual(outcomes(await sender.sendToMany(targets, '{}', options)), [
      ['taken', 201],
      ['taken', 201],
      ['refused', 401],
    ]);
    await sender.close();
  });
});
