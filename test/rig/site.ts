import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, before, describe } from 'node:test';
import { dist } from '../../src/cli/build.ts';
import { createSite, type RunningSite, type SiteParts } from '../../src/main.ts';
import { allMigrations } from '../../src/migrations.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { FixedClock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import type { Database, Transaction } from '../../src/platform/database/database.ts';
import { openTestDatabase, testNow } from '../../src/platform/database/testing.ts';
import { silentLog, type Log } from '../../src/platform/log.ts';
import {
  correctStory,
  createStory,
  killStory,
  publishStory,
  unpublishStory,
  updateStory,
  type Story,
  type StoryContentInput,
  type StoryTime,
} from '../../src/stories/index.ts';

export const zone = 'Europe/London';
export const actor = 'test';

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface SiteOptions {
  /** Stands at 24 November 2026, 12:00 UTC, when left out. */
  readonly clock?: Clock;
  /** More settings, as in the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps nothing when left out. */
  readonly log?: Log;
  /** As `createSite` takes them. */
  readonly defineJobs?: SiteParts['defineJobs'];
  readonly pushTrust?: SiteParts['pushTrust'];
}

/** The whole site on a database of its own, as readers reach it, with commands to fill it. */
export interface TestSite {
  readonly site: RunningSite;
  readonly database: Database;
  readonly clock: FixedClock;
  readonly port: number;
  /** Public address of the site. */
  readonly origin: string;
  /** Settings for another process on the same data. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** Ask for a path just as it is written, without following where it leads. A stream is read to its first piece. */
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Got>;
  /** All that comes back for these very bytes, on a connection that the server closes. */
  say(bytes: string | Buffer): Promise<string>;
  write<T>(command: (tx: Transaction) => Promise<T>): Promise<T>;
  create(content: StoryContentInput): Promise<Story>;
  /** Create a story and publish it. @param at when it first appeared; now when left out */
  publish(content: StoryContentInput, at?: StoryTime): Promise<PublishedStory>;
  update(id: string, content: Partial<StoryContentInput>): Promise<Story>;
  correct(id: string, text: string): Promise<Story>;
  unpublish(id: string): Promise<Story>;
  kill(id: string): Promise<Story>;
}

export type PublishedStory = Story & { readonly path: string; readonly published: StoryTime };

/** Put the real site together on a temporary folder, or a throwaway PostgreSQL database, on a free port. */
export async function openTestSite(
  dialect: Database['dialect'],
  options: SiteOptions = {},
): Promise<TestSite & { close(): Promise<void> }> {
  const data = await openTestDatabase(dialect, allMigrations);
  const clock = options.clock ?? new FixedClock(testNow);
  const env = {
    DATA_DIR: data.dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    ORIGIN: 'https://paper.example',
    LOG_LEVEL: 'silent',
    AVIF: 'off',
    ...(data.url && { DATABASE_URL: data.url }),
    ...options.env,
  };
  const { log = silentLog, defineJobs, pushTrust } = options;
  const site = await createSite({
    config: loadConfig(env),
    log,
    dist,
    clock,
    ...(defineJobs && { defineJobs }),
    ...(pushTrust && { pushTrust }),
  });
  const port = await site.listen();
  const agent = new Agent({ keepAlive: true });
  const write: TestSite['write'] = (command) => site.database.write(command);
  const create: TestSite['create'] = (content) => write((tx) => createStory(tx, { content, actor }));
  return {
    site,
    database: site.database,
    get clock() {
      if (!(clock instanceof FixedClock)) throw new Error('This clock cannot be set.');
      return clock;
    },
    port,
    origin: env.ORIGIN,
    env,
    dataDir: data.dataDir,
    get: (path, headers = {}, method = 'GET') => get({ port, path, headers, method, agent }),
    say: (bytes) => say(port, bytes),
    write,
    create,
    async publish(content, at) {
      const { id } = await create(content);
      return (await write((tx) => publishStory(tx, { id, actor, zone, at }))) as PublishedStory;
    },
    update: (id, content) => write((tx) => updateStory(tx, { id, content, actor, zone })),
    correct: (id, text) => write((tx) => correctStory(tx, { id, text, actor, zone })),
    unpublish: (id) => write((tx) => unpublishStory(tx, { id, actor })),
    kill: (id) => write((tx) => killStory(tx, { id, reason: 'Untrue', actor })),
    async close() {
      agent.destroy();
      await site.close();
      await data.close();
    },
  };
}

/**
 * Run the same tests against the whole site on both databases; PostgreSQL is left out, by name, where
 * TEST_DATABASE_URL is not set.
 * @param define is given a getter, as the site opens only when the tests run
 */
export function forEachSite(
  title: string,
  options: SiteOptions,
  define: (get: () => TestSite, dialect: Database['dialect']) => void,
): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const skip = dialect === 'postgres' && !process.env.TEST_DATABASE_URL ? 'no PostgreSQL' : false;
    describe(`${title} on ${dialect}`, { skip }, () => {
      let opened: Awaited<ReturnType<typeof openTestSite>> | undefined;
      before(async () => {
        if (!skip) opened = await openTestSite(dialect, options);
      });
      after(() => opened?.close());
      define(() => opened!, dialect);
    });
  }
}

let asked = 0;

/** A path as nobody asked for it before: a page that changed by no kill may be sent once more as it was. */
export function fresh(path: string): string {
  asked += 1;
  return `${path}${path.includes('?') ? '&' : '?'}fresh=${asked}`;
}

/** A story of one paragraph in the section news. */
export function contentOf(headline: string, more: Partial<StoryContentInput> = {}): StoryContentInput {
  return { headline, section: 'news', body: [paragraph(`The words of ${headline}.`)], ...more };
}

export function paragraph(text: string) {
  return { type: 'paragraph' as const, text: [{ text }] };
}

interface Asked {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly agent: Agent;
}

async function get(asked: Asked): Promise<Got> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', ...asked }, resolve)
      .on('error', reject)
      .end();
  });
  const body = isStream(response) ? await firstPiece(response) : await buffer(response);
  return { status: response.statusCode!, headers: response.headers, body, text: body.toString() };
}

function isStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}

async function firstPiece(response: IncomingMessage): Promise<Buffer> {
  // Leaving the loop closes the connection.
  for await (const piece of response) return piece as Buffer;
  return Buffer.alloc(0);
}

function say(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (heard += text));
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}
