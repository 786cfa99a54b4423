/*
 * The load generator: asks a server on this machine over connections that stay open, one request at a time on each,
 * and reads of the answers no more than it must. It has a process of its own, so that its work is not the server's.
 */
import { connect, type Socket } from 'node:net';

/** What is to be asked. */
export interface LoadJob {
  readonly port: number;
  /** Asked in turn. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** How long; without it each path is asked once. */
  readonly seconds?: number;
}

/** What came of it. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Bytes of the bodies. */
  readonly bytes: number;
  /** Answers that were not 200. */
  readonly failures: number;
  /** The first answer of them. */
  readonly failure?: string;
  /** Share of one core that asking took. */
  readonly busy: number;
}

process.on('message', ({ job }: { job: LoadJob }) => {
  run(job).then(
    (result) => process.send!({ result }),
    (error: Error) => process.send!({ result: { failures: 1, failure: error.message } }),
  );
});
process.on('disconnect', () => process.exit());
process.send!({ ready: true });

async function run(job: LoadJob): Promise<LoadResult> {
  const tally = { requests: 0, bytes: 0, failures: 0, failure: undefined as string | undefined };
  const requests = job.paths.map((path) => Buffer.from(requestText(path, job)));
  const started = performance.now();
  const cpu = process.cpuUsage();
  const deadline = job.seconds === undefined ? Infinity : started + job.seconds * 1000;
  let asked = 0;
  const next = (): Buffer | undefined => {
    if (job.seconds === undefined ? asked >= requests.length : performance.now() >= deadline)
      return undefined;
    return requests[asked++ % requests.length];
  };
  const count = (head: string, length: number) => {
    tally.requests += 1;
    tally.bytes += length;
    if (head.startsWith('HTTP/1.1 200 ')) return;
    tally.failures += 1;
    tally.failure ??= head.slice(0, head.indexOf('\r\n'));
  };
  await Promise.all(Array.from({ length: job.connections }, () => converse(job.port, next, count)));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { ...tally, seconds, busy: (user + system) / 1e6 / seconds };
}

function requestText(path: string, { port, headers }: LoadJob): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`;
}

/** One connection, until there is nothing more to ask. */
function converse(
  port: number,
  next: () => Buffer | undefined,
  count: (head: string, length: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', ask);
    socket.setNoDelay(true);
    /** The head as far as it has come, while it is not whole. */
    let pending: Buffer | undefined;
    /** Bytes of the body that are still to come. */
    let left = 0;
    function ask() {
      const request = next();
      if (request === undefined) finish(socket, resolve);
      else socket.write(request);
    }
    socket.on('data', (piece: Buffer) => {
      if (left > 0) {
        left -= piece.length;
        if (left === 0) ask();
        return;
      }
      const chunk = pending ? Buffer.concat([pending, piece]) : piece;
      const end = chunk.indexOf('\r\n\r\n');
      pending = end < 0 ? chunk : undefined;
      if (end < 0) return;
      const head = chunk.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? NaN);
      if (Number.isNaN(length)) return void socket.destroy(new Error(`No length is told: ${head}`));
      count(head, length);
      left = length - (chunk.length - end - 4);
      if (left === 0) ask();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection.')));
  });
}

function finish(socket: Socket, done: () => void): void {
  socket.removeAllListeners('close');
  socket.end();
  done();
}
