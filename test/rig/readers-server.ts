import type { TestContext } from 'node:test';
import { dist } from '../../src/cli/build.ts';
import { loadConfig } from '../../src/platform/config.ts';
import type { TestDatabase } from '../../src/platform/database/testing.ts';
import { page } from '../../src/platform/http/answers.ts';
import type { Route } from '../../src/platform/http/route-table.ts';
import { startTestServer } from '../../src/platform/http/testing.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { MailMessage } from '../../src/platform/mail/message.ts';
import { MediaStore } from '../../src/platform/media/media-store.ts';
import { readersRoutes, sessionIdentifier, type ReadersOptions } from '../../src/readers/index.ts';
import type { DomainContext } from '../../src/site/context.ts';
import { html } from '../../src/site/html.ts';
import { loadSite } from '../../src/site/site.ts';

/** The readers' own addresses, and others that a test gives, without the rest of the paper around them. */
export async function startReadersServer(
  t: TestContext,
  { database, clock, dataDir }: TestDatabase,
  options: Partial<ReadersOptions> = {},
  more: (context: DomainContext) => readonly Route[] = () => [],
  env: Readonly<Record<string, string>> = {},
) {
  const origin = 'https://paper.example';
  const config = loadConfig({ DATA_DIR: dataDir, ORIGIN: origin, ...env });
  const context: DomainContext = {
    config,
    database,
    clock,
    log: silentLog,
    livePosition: () => 0,
    media: new MediaStore({ dataDir, log: silentLog }),
    site: loadSite(config, dist),
    frame: async (_request, { main, status, title }) =>
      page(html`<!doctype html><title>${title}</title>${main}`, { status: status ?? 200, noStore: true }),
  };
  const routes = [...readersRoutes(context, { intents: {}, ...options }), ...more(context)];
  const started = await startTestServer(routes, {
    origin,
    clock,
    writeLimit: 10_000,
    trustedProxies: 'loopback',
    identity: sessionIdentifier({ database, clock, origin }),
  });
  t.after(() => started.server.close());
  return { port: started.port, origin, context };
}

/** The code that was mailed to an address last, as the mail waits to be sent. */
export async function lastCode(
  { database }: Pick<TestDatabase, 'database'>,
  address: string,
): Promise<string> {
  return mailedTo(await mails(database), address, /^(\d{3}) (\d{3})/m).replace(' ', '');
}

/** Path of the link that was mailed to an address last. */
export async function lastLink(
  { database }: Pick<TestDatabase, 'database'>,
  address: string,
): Promise<string> {
  const found = (await mails(database)).find(({ to }) => to === address)?.text;
  return /\/sign-in\/link\/[\w-]+/.exec(found ?? '')![0];
}

function mailedTo(all: readonly MailMessage[], address: string, pattern: RegExp): string {
  const found = all.find(({ to }) => to === address);
  if (!found) throw new Error(`No mail waits for ${address}.`);
  return pattern.exec(found.subject)![0];
}

async function mails(database: TestDatabase['database']): Promise<MailMessage[]> {
  const jobs = await database.read
    .selectFrom('job')
    .select('payload')
    .where('name', '=', 'mail.send')
    .orderBy('id', 'desc')
    .execute();
  return jobs.map(({ payload }) => (JSON.parse(payload) as { message: MailMessage }).message);
}
