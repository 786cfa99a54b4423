import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { testCertificate } from '../../../test/rig/certificate.ts';

/** What the server says no to from now on. */
type Refusal = { at: 'rcpt' | 'data'; status: number; words: string } | undefined;

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** A real mail server that keeps what it is given; whoever signs in has the password `word`. */
export async function startMailServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const taken: { to: string[]; from: string; raw: string; isSecure: boolean; user: string | undefined }[] =
    [];
  const state: { refusal: Refusal } = { refusal: undefined };
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
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
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
