import { once } from 'node:events';
import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { testCertificate } from '../../../test/rig/certificate.ts';

/** What the server says no to from now on. */
type Refusal = { at: 'rcpt' | 'data'; status: number; words: string } | undefined;

/** How the server ends the connection of the next mails: before it hears of one, or once it has one whole. */
type Ending = 'before' | 'unanswered' | 'answered' | 'silent' | undefined;

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** A real mail server that keeps what it is given; whoever signs in has the password `word`. */
export async function startMailServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const taken: { to: string[]; from: string; raw: string; isSecure: boolean; user: string | undefined }[] =
    [];
  const state: { refusal: Refusal; ending: Ending } = { refusal: undefined, ending: undefined };
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const error = ({ status, words }: NonNullable<Refusal>) =>
    Object.assign(new Error(words), { responseCode: status });
  const server = new SMTPServer({
    ...testCertificate,
    authOptional: true,
    logger: false,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) =>
      password === 'word'
        ? done(null, { user: username! })
        : done(new Error('No such user ann@paper.example')),
    onMailFrom(_address, _session, done) {
      if (state.ending !== 'before') return done();
      state.ending = undefined;
      cut();
    },
    onRcptTo: (_address, _session, done) =>
      state.refusal?.at === 'rcpt' ? done(error(state.refusal)) : done(),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (state.refusal?.at === 'data') return done(error(state.refusal));
        taken.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          from: (session.envelope.mailFrom as { address: string }).address,
          raw: Buffer.concat(chunks).toString(),
          isSecure: session.secure,
          user: session.user as string | undefined,
        });
        if (state.ending === 'unanswered') return cut();
        if (state.ending === 'silent') return;
        done();
        if (state.ending === 'answered') setImmediate(cut);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as { port: number };
  return { host: `127.0.0.1:${port}`, taken, state, close: () => server.close() };
}

/** Header lines, unfolded, by name in lower case. */
export function headersOf(raw: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  const [head = ''] = raw.split('\r\n\r\n');
  for (const line of head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
  }
  return headers;
}
