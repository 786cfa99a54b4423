import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FixedClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { page, redirect } from './answers.ts';
import { PageStore, plainBody, type StoredPage } from './page-store.ts';
import type { Answer } from './route-table.ts';

const start = 1_795_521_600_000;
const big = 10_000_000;

/** A render that ends when it is told to. */
class Gate {
  count = 0;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  readonly render = () =>
    new Promise<Answer>((resolve, reject) => {
      this.count += 1;
      this.#waiting.push({ resolve, reject });
    });
  answer(answer: Answer): void {
    this.#waiting.shift()!.resolve(answer);
  }
  fail(error: unknown): void {
    this.#waiting.shift()!.reject(error);
  }
}

const newStore = (bytes = big, atOnce = 4) => {
  const clock = new FixedClock(start);
  return { clock, store: new PageStore({ clock, bytes, atOnce }) };
};
const answer = (text: string, tags: string[] = ['story:1'], more: Partial<Answer> = {}): Answer => ({
  ...page(text, { tags }),
  ...more,
});
const rendering = (text: string, tags?: string[]) => async () => answer(text, tags);
const textOf = (made: StoredPage | Answer | undefined): string => {
  if (made === undefined) return 'nothing';
  return 'brotli' in made ? plainBody(made).toString() : String(made.body);
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Resolves when a condition holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

describe('page store', () => {
  it('renders once for all who wait', async () => {
    const { store } = newStore();
    const gate = new Gate();
    const waiting = Array.from({ length: 50 }, () => store.getOrRender('/a', gate.render));
    await turn();
    gate.answer(answer('once'));
    const pages = await Promise.all(waiting);
    assert.equal(gate.count, 1);
    assert.deepEqual(new Set(pages.map(textOf)), new Set(['once']));
    assert.equal(textOf(store.get('/a')), 'once');
    const { gzip } = pages[0] as StoredPage;
    assert.equal(gunzipSync(Buffer.from(gzip as string, 'latin1')).toString(), 'once');
  });

  it('tells all who wait of a failure, and tries again', async () => {
    const { store } = newStore();
    const gate = new Gate();
    const waiting = [store.getOrRender('/a', gate.render), store.getOrRender('/a', gate.render)];
    gate.fail(new Error('no'));
    for (const each of await Promise.allSettled(waiting)) assert.equal(each.status, 'rejected');
    assert.equal(textOf(await store.getOrRender('/a', rendering('better'))), 'better');
  });

  it('sends a page that an ordinary change touched once more while it makes it anew', async () => {
    const { store } = newStore();
    await store.getOrRender('/a', rendering('first'));
    store.drop(['story:1']);
    assert.equal(store.get('/a'), undefined);
    const gate = new Gate();
    assert.equal(textOf(await store.getOrRender('/a', gate.render)), 'first');
    assert.equal(textOf(await store.getOrRender('/a', gate.render)), 'first');
    assert.equal(gate.count, 1);
    gate.answer(answer('second'));
    await until(() => store.get('/a') !== undefined);
    assert.equal(textOf(store.get('/a')), 'second');
  });

  it('never sends a page after an urgent change, not even one that was being made', async () => {
    const { store } = newStore();
    await store.getOrRender('/a', rendering('killed'));
    store.drop(['story:1'], true);
    assert.equal(store.get('/a'), undefined);
    const gate = new Gate();
    const waiting = store.getOrRender('/a', gate.render);
    store.drop(['story:1'], true);
    gate.answer(answer('killed'));
    await until(() => gate.count === 2);
    const late = store.getOrRender('/a', gate.render);
    gate.answer(answer('gone', ['story:1'], { status: 410 }));
    assert.equal(textOf(await waiting), 'gone');
    assert.equal(textOf(await late), 'gone');
    assert.equal(gate.count, 2);
  });

  it('begins anew when an urgent change comes while a page is compressed', async () => {
    const { store } = newStore();
    const gate = new Gate();
    const waiting = store.getOrRender('/a', gate.render);
    gate.answer(answer('killed '.repeat(100_000)));
    await turn();
    store.drop(['story:1'], true);
    await until(() => gate.count === 2);
    gate.answer(answer('gone'));
    assert.equal(textOf(await waiting), 'gone');
  });

  it('keeps what was begun before an ordinary change as stale at most', async () => {
    const { store } = newStore();
    const gate = new Gate();
    const waiting = store.getOrRender('/a', gate.render);
    store.drop(['story:1']);
    gate.answer(answer('old'));
    assert.equal(textOf(await waiting), 'old');
    assert.equal(store.get('/a'), undefined);
  });

  it('lets other pages be', async () => {
    const { store } = newStore();
    await store.getOrRender('/a', rendering('a', ['story:1', 'front']));
    await store.getOrRender('/b', rendering('b', ['story:2']));
    store.drop(['story:2', 'story:3'], true);
    assert.equal(textOf(store.get('/a')), 'a');
    assert.equal(store.get('/b'), undefined);
  });

  it('forgets a page that has moved, is gone or is no longer for everyone', async () => {
    for (const gone of [
      async () => redirect('/b'),
      async () => answer('secret', ['story:1'], { noStore: true }),
      async () => Promise.reject(new AppError('page.not-found', 'Gone.', { status: 404 })),
    ]) {
      const { store } = newStore();
      await store.getOrRender('/a', rendering('withdrawn'));
      store.drop(['story:1']);
      assert.equal(textOf(await store.getOrRender('/a', gone)), 'withdrawn');
      await until(() => store.size.pages === 0);
      assert.deepEqual(store.size, { pages: 0, bytes: 0 });
    }
  });

  it('keeps a stale page through a fault of ours, and says so once for each try', async () => {
    const { store } = newStore();
    await store.getOrRender('/a', rendering('good'));
    store.drop(['story:1']);
    const told: unknown[] = [];
    const gate = new Gate();
    const tell = (error: unknown) => void told.push(error);
    await store.getOrRender('/a', gate.render, tell);
    assert.equal(textOf(await store.getOrRender('/a', gate.render, tell)), 'good');
    gate.fail(new Error('The database is away.'));
    await until(() => told.length > 0);
    assert.equal(told.length, 1);
    assert.equal(textOf(await store.getOrRender('/a', rendering('again'))), 'good');
    await until(() => store.get('/a') !== undefined);
    assert.equal(textOf(store.get('/a')), 'again');
  });

  it('keeps no answer that is not the same for all', async () => {
    const { store } = newStore();
    for (const bare of [
      answer('x', [], { noStore: true }),
      page('no tags'),
      answer('no', [], { status: 404 }),
      redirect('/x', 301, { tags: ['story:1'] }),
    ]) {
      assert.equal(await store.getOrRender('/a', async () => bare), bare);
      assert.equal(store.size.pages, 0);
    }
  });

  it('lets a page go at its hour', async () => {
    const { store, clock } = newStore();
    const expiring = async () => answer(`at ${clock.now()}`, [], { expiresAt: clock.now() + 1000 });
    await store.getOrRender('/a', expiring);
    clock.advance(999);
    assert.equal(textOf(store.get('/a')), `at ${start}`);
    clock.advance(1);
    assert.equal(store.get('/a'), undefined);
    assert.equal(textOf(await store.getOrRender('/a', expiring)), `at ${start + 1000}`);
  });

  it('stays within its bytes, and keeps what is asked for', async () => {
    const { store } = newStore(100_000);
    const noise = (seed: number) =>
      Array.from({ length: 2000 }, (_, index) => Math.imul(seed + 1, index * 7919) & 0xffff).join(' ');
    await store.getOrRender('/popular', rendering(noise(1000)));
    for (let index = 0; index < 60; index += 1) {
      await store.getOrRender(`/${index}`, rendering(noise(index)));
      assert.ok(store.size.bytes <= 100_000);
      assert.ok(store.get('/popular'));
    }
    assert.ok(store.size.pages > 2 && store.size.pages < 60);
    const { pages } = store.size;
    const huge = Array.from({ length: 60 }, (_, index) => noise(index)).join();
    assert.equal(textOf(await store.getOrRender('/huge', rendering(huge))), huge);
    assert.equal(store.size.pages, pages);
    store.clear();
    assert.deepEqual(store.size, { pages: 0, bytes: 0 });
  });

  it('keeps no larger buffers than it counts', async () => {
    const { store } = newStore();
    const noise = randomBytes(20_000).toString('base64');
    await store.getOrRender('/a', rendering(noise));
    await store.getOrRender('/b', rendering('small'));
    for (const key of ['/a', '/b']) {
      const { brotli, gzip } = store.get(key)!;
      for (const bytes of [brotli, gzip])
        assert.ok(typeof bytes === 'string' || bytes.buffer.byteLength === bytes.length, key);
    }
    assert.equal(textOf(store.get('/a')), noise);
    assert.equal(textOf(store.get('/b')), 'small');
  });

  it('makes a few pages at once, the others in the order in which they came', async () => {
    const { store } = newStore(big, 2);
    const gate = new Gate();
    const ended: string[] = [];
    const waiting = Promise.allSettled(
      ['/a', '/b', '/c', '/d'].map((key) =>
        store.getOrRender(key, gate.render).finally(() => void ended.push(key)),
      ),
    );
    await turn();
    assert.equal(gate.count, 2);
    gate.fail(new Error('no'));
    await until(() => gate.count === 3);
    assert.deepEqual(ended, ['/a']);
    gate.answer(answer('b'));
    await until(() => gate.count === 4);
    gate.answer(answer('c'));
    gate.answer(answer('d'));
    const texts = (await waiting).map((each) =>
      each.status === 'fulfilled' ? textOf(each.value) : each.status,
    );
    assert.deepEqual(texts, ['rejected', 'b', 'c', 'd']);
  });

  it('sends what it has while all turns are taken, and what waits for one knows of changes until then', async () => {
    const { store } = newStore(big, 1);
    await store.getOrRender('/here', rendering('here'));
    await store.getOrRender('/stale', rendering('first', ['story:2']));
    const gate = new Gate();
    const slow = store.getOrRender('/slow', gate.render);
    store.drop(['story:2']);
    assert.equal(textOf(await store.getOrRender('/stale', rendering('second', ['story:2']))), 'first');
    assert.equal(textOf(store.get('/here')), 'here');
    const late = store.getOrRender('/late', rendering('late', ['story:3']));
    // Comes before its turn: no reason to keep the page as stale.
    store.drop(['story:3']);
    assert.equal(gate.count, 1);
    gate.answer(answer('slow'));
    assert.deepEqual([textOf(await slow), textOf(await late)], ['slow', 'late']);
    assert.equal(textOf(store.get('/late')), 'late');
    assert.equal(textOf(store.get('/stale')), 'second');
  });

  it('clears all, and what was being made', async () => {
    const { store } = newStore();
    await store.getOrRender('/a', rendering('a'));
    const gate = new Gate();
    const waiting = store.getOrRender('/b', gate.render);
    store.clear();
    assert.equal(store.get('/a'), undefined);
    gate.answer(answer('old'));
    await until(() => gate.count === 2);
    gate.answer(answer('new'));
    assert.equal(textOf(await waiting), 'new');
  });
});

/**
 * The world that pages show: each tag has a version, and a page is the versions that it saw when it began. Steps come
 * in any order; what is sent is held against what was true then.
 */
describe('page store against a model', () => {
  const tags = ['a', 'b', 'c'];
  const pages: Readonly<Record<string, string[]>> = {
    '/a': ['a'],
    '/ab': ['a', 'b'],
    '/c': ['c'],
    '/': tags,
  };
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('ask' as const), key: fc.constantFrom('/a', '/ab', '/c', '/') }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat(5) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        tag: fc.constantFrom(...tags),
        urgent: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), time: fc.nat(800) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  );

  it('holds in any order of asking, finishing and changing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        // Fewer than there are pages, so that some wait for their turn.
        const { store, clock } = newStore(9000, 2);
        const version: Record<string, number> = { a: 0, b: 0, c: 0 };
        /** Nothing older than this may be sent any more. */
        const floor: Record<string, number> = { a: 0, b: 0, c: 0 };
        const running: { key: string; finish: () => void }[] = [];
        const asked: Promise<void>[] = [];
        const wrong: unknown[] = [];
        const check = (text: string, least: Record<string, number>) => {
          const seen = JSON.parse(text) as { versions: Record<string, number>; until: number };
          for (const [tag, at] of Object.entries(seen.versions)) {
            assert.ok(at >= least[tag]!, `${tag} ${at} was sent, ${least[tag]} was due`);
          }
          return seen;
        };
        const render = (key: string) => () => {
          const versions = Object.fromEntries(pages[key]!.map((tag) => [tag, version[tag]!]));
          const expiresAt = clock.now() + 1000;
          assert.ok(!running.some((each) => each.key === key), `${key} was made twice at once`);
          return new Promise<Answer>((resolve) => {
            const body = JSON.stringify({ versions, until: expiresAt });
            running.push({ key, finish: () => resolve(answer(body, pages[key]!, { expiresAt })) });
          });
        };
        const ask = (key: string) => {
          const quick = store.get(key);
          if (quick) assert.ok(check(textOf(quick), version).until > clock.now(), 'an expired page was sent');
          asked.push(
            store
              .getOrRender(key, render(key))
              .then((made) => void check(textOf(made), floor))
              .catch((error: unknown) => void wrong.push(error)),
          );
        };
        const settle = async () => {
          let left = asked.length;
          for (const each of asked) void each.then(() => (left -= 1));
          await until(() => {
            for (const each of running.splice(0)) each.finish();
            return left === 0;
          });
        };
        for (const each of steps) {
          if (each.do === 'ask') {
            ask(each.key);
            // What is sent at once is sent before the next step.
            for (let count = 0; count < 5; count += 1) await undefined;
          } else if (each.do === 'finish') running.splice(each.which, 1)[0]?.finish();
          else if (each.do === 'pass') clock.advance(each.time);
          else if (each.do === 'turn') await turn();
          else if (each.do === 'settle') await settle();
          else if (each.do === 'clear') {
            Object.assign(floor, version);
            store.clear();
          } else {
            version[each.tag]! += 1;
            if (each.urgent) floor[each.tag] = version[each.tag]!;
            store.drop([each.tag], each.urgent);
          }
          assert.ok(store.size.bytes <= 9000);
        }
        await settle();
        if (wrong.length > 0) throw wrong[0];
        // When nothing changes any more, what is asked for becomes current.
        for (const key of Object.keys(pages)) {
          const current = JSON.stringify(Object.fromEntries(pages[key]!.map((tag) => [tag, version[tag]])));
          let last = '';
          for (let round = 0; last !== current && round < 10_000; round += 1) {
            const waiting = store.getOrRender(key, render(key));
            asked.push(waiting.then(() => {}));
            await settle();
            last = JSON.stringify(JSON.parse(textOf(await waiting)).versions);
          }
          assert.equal(last, current);
        }
        store.clear();
        assert.deepEqual(store.size, { pages: 0, bytes: 0 });
      }),
      { numRuns: 200 },
    );
  });
});
