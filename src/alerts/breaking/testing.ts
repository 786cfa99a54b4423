import type { Database } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import type { TestDatabase } from '../../platform/database/testing.ts';
import { createStory, publishStory, saveSection, type Story } from '../../stories/index.ts';
import type { AlertKind, AlertOwner } from '../alert.ts';
import type { PushOptions } from '../push-message.ts';
import type { PushOutcome, PushResult, PushSender } from '../sending/sender.ts';
import type { FanOutParts } from './fan-out/parts.ts';
import type { AlertRules } from './policy.ts';

export const testZone = 'Europe/London';
export const testRules: AlertRules = { needsTwo: false, aDay: 4, zone: testZone };
export const testPaper = {
  name: 'The Test',
  origin: 'https://paper.example',
  zone: testZone,
  language: 'en',
  direction: 'ltr',
} as const;

export interface Told {
  readonly browser: string;
  readonly notification: { title: string; body: string; tag: string; navigate: string; silent?: boolean };
  readonly options: PushOptions;
}

/** Takes what is sent and keeps it, or does what a test says instead. */
export function recordingSender(): Pick<PushSender, 'sendToMany'> & {
  readonly told: Told[];
  /** What becomes of a message to a browser. */
  outcome: (browser: string) => Partial<PushResult> & { outcome: PushOutcome };
  /** Called before each batch is answered. */
  before: () => Promise<void> | void;
} {
  const told: Told[] = [];
  return {
    told,
    outcome: () => ({ outcome: 'taken', status: 201 }),
    before: () => {},
    async sendToMany(targets, payload, options) {
      await this.before();
      return targets.map(({ id }) => {
        const result = { status: undefined, ...this.outcome(id), id };
        const { notification } = JSON.parse(payload) as Pick<Told, 'notification'>;
        if (result.outcome === 'taken') told.push({ browser: id, notification, options });
        return result;
      });
    },
  };
}

export function partsOf(
  { database, clock }: Pick<TestDatabase, 'database' | 'clock'>,
  sender: FanOutParts['sender'],
  more: Partial<FanOutParts> = {},
): FanOutParts {
  return {
    database,
    clock,
    log: silentLog,
    sender,
    paper: testPaper,
    spread: 0,
    warm: async () => {},
    batch: 3,
    ...more,
  };
}

/** A story that is public. */
export function publicStory(
  database: Database,
  content: { headline?: string; topics?: string[] } = {},
): Promise<Story> {
  return database.write(async (tx) => {
    await saveSection(tx, { slug: 'news', name: 'News' });
    const { id } = await createStory(tx, {
      content: {
        headline: content.headline ?? 'The harbour is closed',
        standfirst: 'Nobody may leave.',
        section: 'news',
        topics: content.topics ?? ['ferries'],
        body: [{ type: 'paragraph', text: [{ text: 'The harbour.' }] }],
      },
      actor: 'test',
    });
    return publishStory(tx, { id, actor: 'test', zone: testZone });
  });
}

export interface TestBrowser {
  readonly zone?: string;
  /** What it chose: `breaking:`, `topic:ferries`. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly reader?: string;
  readonly session?: string;
  readonly dayCount?: { readonly day: number; readonly count: number };
}

let count = 0;

/** Browsers that are subscribed. @returns their ids, in the order of ids */
export async function addBrowsers(database: Database, browsers: readonly TestBrowser[]): Promise<string[]> {
  const ids = browsers.map(() => newId()).sort();
  await database.write(async ({ db, now }) => {
    for (const [index, browser] of browsers.entries()) {
      count += 1;
      const id = ids[index]!;
      await db
        .insertInto('alert_browser')
        .values({
          id,
          token: `token ${count}`,
          endpoint: `https://push.example/${count}`,
          host: 'push.example',
          p256dh: 'key',
          auth: 'secret',
          key_id: null,
          reader_id: browser.reader ?? null,
          session_id: browser.session ?? null,
          last_reader_id: null,
          label: 'A test',
          zone: browser.zone ?? testZone,
          language: 'en',
          created_at: now,
          seen_at: now,
          subscribed_at: now,
          delivered_at: null,
          day: browser.dayCount?.day ?? 0,
          day_count: browser.dayCount?.count ?? 0,
        })
        .execute();
    }
  });
  for (const [index, { choices = {} }] of browsers.entries())
    await choose(database, `browser:${ids[index]!}`, choices);
  return ids;
}

export async function choose(
  database: Database,
  owner: AlertOwner,
  choices: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [thing, channel] of Object.entries(choices)) {
    const at = thing.indexOf(':');
    await database.write(({ db, now }) =>
      db
        .insertInto('alert_choice')
        .values({
          owner,
          kind: thing.slice(0, at) as AlertKind,
          target: thing.slice(at + 1),
          channel,
          changed_at: now,
        })
        .execute(),
    );
  }
}
