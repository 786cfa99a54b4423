import type { TestContext } from 'node:test';
import type { FixedClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { EventLog } from '../events/event-log.ts';
import type { Identity } from '../http/route-table.ts';
import type { Identifier } from '../http/server.ts';
import { startTestServer } from '../http/testing.ts';
import { silentLog } from '../log.ts';
import type { Hush } from './frames.ts';
import { LiveHub, type LiveLimits, type LiveSource } from './hub.ts';
import { liveRoutes } from './routes.ts';

/** Something to tell on topics (with a space between), of so many bytes. */
export function tell(database: Database, topics: string, size = 0): Promise<void> {
  return database.write(async (tx) => tx.emit({ type: 'told', payload: { topics, size } }));
}

/** Opens processes of their own on a database: log, hub and server. Whoever asks is the one whom the cookie names. */
export function hubOpener(get: () => { readonly clock: FixedClock }) {
  return async function open(
    t: TestContext,
    database: Database,
    limits: Partial<LiveLimits> = {},
    wrap: (events: EventLog) => LiveSource = (events) => events,
  ) {
    const events = new EventLog({ database, clock: get().clock, log: silentLog, poll: 5 });
    const hub = new LiveHub({ events: wrap(events), log: silentLog, limits });
    hub.publisher('told', ({ payload, position }) => ({
      topics: (payload.topics as string).split(' '),
      name: 'told',
      data: { position, fill: 'x'.repeat(payload.size as number) },
    }));
    hub.publisher('broken', () => {
      throw new Error('A publisher broke.');
    });
    hub.publisher('broken-later', async () => {
      throw new Error('A publisher broke.');
    });
    hub.publisher(
      'shown',
      async ({ payload: { subject, from, topic } }) => ({
        topics: [String(topic)],
        name: 'shown',
        data: { subject },
        subject: String(subject),
        from: String(from),
      }),
      { forgets: ({ hides }) => hides as string | undefined },
    );
    hub.publisher('ended', () => undefined, { ends: ({ sessions }) => sessions as string[] });
    hub.publisher('hushed', () => undefined, { hushes: (payload) => payload as unknown as Hush });
    database.onCommit((recorded) => hub.committed(recorded));
    await events.start();
    await hub.start();
    const routes = liveRoutes({
      hub,
      topics: /^(?:front|story:[a-z0-9]+)$/,
      personal: async ({ id }) => ({
        topics: [`reader:${id}`],
        session: `session of ${id}`,
        without: new Set(id === 'ann' ? ['troll'] : []),
      }),
    });
    const identity: Identifier = {
      isClaimed: ({ cookie }) => cookie !== undefined,
      find: async ({ cookie }) => ({ id: cookie }) as Identity,
    };
    const { port, server, ask } = await startTestServer(routes, { identity });
    t.after(async () => {
      await hub.close();
      await server.close();
      await events.stop();
    });
    return { events, hub, port, server, ask };
  };
}
