/*
 * Readers who follow a live stream, each over a connection and from a network of its own, as an edge in front would tell.
 * A process of its own, so that listening is not the server's work.
 */
import { connect } from 'node:net';

/** Whom to be. */
export interface LiveJob {
  readonly port: number;
  readonly readers: number;
  /** As in /live?topics=. */
  readonly topics: string;
  /** Name of the events that count. */
  readonly event: string;
}

/** What one event took to reach everybody, in milliseconds from when it was asked to be written. */
export interface LiveHeard {
  readonly delays: readonly number[];
}

/** Connections that are being opened at the same time. */
const openingAtOnce = 200;

let heardAt: number[] = [];
let expected = 0;
let told = () => {};

process.on('message', (message: { follow?: LiveJob; listen?: { since: number } }) => {
  if (message.follow) {
    expected = message.follow.readers;
    follow(message.follow).then(
      (count) => process.send!({ following: count }),
      (error: Error) => process.send!({ following: 0, failure: error.message }),
    );
  }
  if (message.listen) {
    const { since } = message.listen;
    heardAt = [];
    const heard = (): LiveHeard => ({ delays: heardAt.map((at) => at - since) });
    told = () => process.send!({ heard: heard() });
    process.send!({ listening: true });
  }
});
process.on('disconnect', () => process.exit());
process.send!({ ready: true });

async function follow(job: LiveJob): Promise<number> {
  let next = 0;
  const open = async () => {
    while (next < job.readers) await join(job, next++);
  };
  await Promise.all(Array.from({ length: openingAtOnce }, open));
  return next;
}

/** Resolves when the stream has begun. */
function join({ port, topics, event }: LiveJob, index: number): Promise<void> {
  const mark = `event: ${event}\n`;
  const network = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  // One address has 28,000 ports to call from; a server on the loopback may be called from any of its addresses.
  const localAddress = `127.0.0.${2 + (index % 4)}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }, () =>
      socket.write(
        `GET /live?topics=${topics} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Forwarded-For: ${network}\r\nAccept: text/event-stream\r\n\r\n`,
      ),
    );
    socket.setEncoding('latin1');
    let head: string | undefined = '';
    /** The end of the last piece: a mark may come in two. */
    let rest = '';
    socket.on('data', (text: string) => {
      if (head !== undefined) {
        head += text;
        if (!head.includes('id: ')) return;
        if (!head.startsWith('HTTP/1.1 200')) return void socket.destroy(new Error(head.slice(0, 40)));
        head = undefined;
        resolve();
        return;
      }
      const piece = rest + text;
      rest = piece.slice(1 - mark.length);
      if (piece.includes(mark)) hear();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a stream.')));
  });
}

function hear(): void {
  heardAt.push(Date.now());
  if (heardAt.length === expected) told();
}
