import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { startLoad } from '../bench/rig/load.ts';
import { Report } from '../bench/rig/report.ts';
import { quantile, ratios, spreadOf } from '../bench/rig/statistics.ts';
import { canTellUsage, usageOf } from '../bench/rig/usage.ts';

describe('the bench: figures', () => {
  it('are the least, the middle and the most', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { min: 1, median: 2, max: 3 });
    assert.deepEqual(spreadOf([4, 1]), { min: 1, median: 2.5, max: 4 });
    assert.equal(quantile([0, 10], 0.99), 9.9);
    assert.deepEqual(ratios([2, 9], [1, 3]), [2, 3]);
  });

  it('hold a budget or miss it by the middle of the rounds', () => {
    const lines: string[] = [];
    const report = new Report((line) => lines.push(line));
    report.part('some', 'a part');
    report.budget({ what: 'speed', measured: [2, 4, 9], limit: 4, is: 'at least', unit: '/s' });
    report.budget({ what: 'weight', measured: [4.1, 1, 9], limit: 4, is: 'at most' });
    assert.equal(report.finish(), 1);
    assert.match(lines[1]!, /holds .* speed: 4 \(2 to 9\)\/s, budget >= 4\/s/);
    assert.match(lines.at(-1)!, /some .*MISSES .* weight: 4\.1 \(1 to 9\), budget <= 4/);
  });

  it('of a process are those of that process', { skip: !canTellUsage }, () => {
    const { cpu, rss, peak } = usageOf(process.pid);
    const own = process.cpuUsage();
    assert.ok(cpu > 0 && cpu <= own.user + own.system + 20_000);
    assert.ok(rss > 10 * 2 ** 20 && peak >= rss);
  });
});

describe('the bench: load generator', () => {
  /** Answers with these pieces, a turn of the loop between them. */
  const serve = (pieces: readonly string[]) => {
    const answer = async (socket: Socket) => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('data', () => void answer(socket));
      socket.on('error', () => {});
    });
    return new Promise<{ port: number; close(): void }>((resolve) => {
      server.listen(0, '127.0.0.1', () =>
        resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }),
      );
    });
  };

  it('asks each path once and counts whole answers, however they come', async () => {
    const server = await serve(['HTTP/1.1 200 OK\r\nContent-', 'Length: 10\r\n\r\nabc', 'defg', 'hij']);
    const load = await startLoad();
    const paths = Array.from({ length: 25 }, (_, index) => `/${index}`);
    const result = await load.run({ port: server.port, paths, headers: {}, connections: 4 });
    assert.deepEqual([result.requests, result.bytes, result.failures], [25, 250, 0]);
    await load.stop();
    server.close();
  });

  it('takes no other answer for a page', async () => {
    const server = await serve(['HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n']);
    const load = await startLoad();
    await assert.rejects(
      load.run({ port: server.port, paths: ['/'], headers: {}, connections: 1 }),
      /1 answers were not 200; the first: HTTP\/1\.1 503/,
    );
    await load.stop();
    server.close();
  });
});
