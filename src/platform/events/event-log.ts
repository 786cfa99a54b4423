import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { AppError, messageOf } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { takeLease } from './lease.ts';

/** An event with its place in the one order that all processes see. */
export interface RecordedEvent {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly payload: Record<string, unknown>;
  readonly tags: string[];
  readonly urgent: boolean;
  /** Milliseconds UTC. */
  readonly createdAt: number;
}

interface Subscription {
  readonly consumer: string;
  readonly types: ReadonlySet<string> | undefined;
  readonly handle: (events: RecordedEvent[]) => Promise<void>;
  running: Promise<void> | undefined;
  /** Milliseconds UTC before which it is not tried again. */
  restUntil: number;
  failures: number;
}

const batch = 500;
const leaseTime = 15_000;
const beatEvery = 5_000;
/** A server not heard of for this long is taken to be gone. */
const goneAfter = 15_000;

/** Name of the cursor that counts positions out. */
const dispatcher = 'dispatcher';

/**
 * The outbox, handed on. One leased dispatcher gives positions to committed rows, as ids given before a commit would
 * let a cursor skip late commits; then every process sees all events in that order, and each consumer gets each
 * event at least once.
 */
export class EventLog {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #poll: number;
  readonly #owner = newId();
  readonly #listeners: ((events: readonly RecordedEvent[]) => void)[] = [];
  readonly #subscriptions: Subscription[] = [];
  #position = 0;
  #turn: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #isStarted = false;
  #stopped = false;
  #lastBeat = 0;

  /** @param parts.poll how often to look for what other processes wrote, milliseconds */
  constructor(parts: { database: Database; clock: Clock; log: Log; poll?: number }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#poll = parts.poll ?? 200;
    this.#database.onCommit(() => this.#wake());
  }

  /** Begin at the newest event; what consumers missed while no process ran comes first to them. */
  async start(): Promise<void> {
    await this.#database.write(({ db }) =>
      db
        .insertInto('outbox_cursor')
        .values({ consumer: dispatcher, position: 0, seen_at: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    this.#position = await this.lastPosition();
    await this.#beat();
    this.#isStarted = true;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
    await Promise.all(this.#subscriptions.map(({ running }) => running));
    await this.#database.write(async ({ db }) => {
      await db.deleteFrom('outbox_cursor').where('consumer', '=', `server:${this.#owner}`).execute();
      await db.deleteFrom('lease').where('owner', '=', this.#owner).execute();
    });
  }

  /** Be told of every event in order, in this process alone, from now on. A listener must not throw. */
  onRecorded(listener: (events: readonly RecordedEvent[]) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Be given every event at least once, by one process at a time, from where the consumer last was.
   * @param handle throws to be given the same events again, later
   */
  subscribe(
    consumer: string,
    handle: (events: RecordedEvent[]) => Promise<void>,
    options: { types?: readonly string[] } = {},
  ): void {
    const types = options.types && new Set(options.types);
    this.#subscriptions.push({ consumer, types, handle, running: undefined, restUntil: 0, failures: 0 });
  }

  /** Events after a position, oldest first. @param limit at most 500 */
  async after(position: number, limit: number = batch): Promise<RecordedEvent[]> {
    return eventsAfter(this.#database.read, position, Math.min(limit, batch));
  }

  /** The newest position given out. */
  async lastPosition(): Promise<number> {
    const row = await this.#database.read
      .selectFrom('outbox_cursor')
      .select('position')
      .where('consumer', '=', dispatcher)
      .executeTakeFirst();
    return row?.position ?? 0;
  }

  #wake(): void {
    if (this.#stopped || !this.#isStarted) return;
    if (this.#turn) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#turn = this.#takeTurn()
      .catch((error: unknown) =>
        this.#log.error({ error: messageOf(error) }, 'events could not be handed on'),
      )
      .finally(() => {
        this.#turn = undefined;
        if (this.#stopped) return;
        if (this.#again) this.#wake();
        else this.#timer = setTimeout(() => this.#wake(), this.#poll);
        this.#again = false;
      });
  }

  async #takeTurn(): Promise<void> {
    let isMore = true;
    while (isMore && !this.#stopped) {
      isMore = await this.#dispatch();
      isMore = (await this.#tail()) || isMore;
    }
    for (const subscription of this.#subscriptions) this.#feed(subscription);
    if (this.#clock.now() - this.#lastBeat >= beatEvery) await this.#beat();
  }

  /** Give positions to committed rows, when this process holds the lease. @returns whether more may wait */
  async #dispatch(): Promise<boolean> {
    const isAny = await this.#database.read
      .selectFrom('outbox')
      .select('id')
      .where('position', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (!isAny) return false;
    return this.#database.write(async ({ db }) => {
      // The lease row stays locked until the commit: two dispatchers can never count at once.
      if (!(await takeLease(db, dispatcher, this.#owner, this.#clock.now(), leaseTime))) return false;
      const { position } = await db
        .selectFrom('outbox_cursor')
        .select('position')
        .where('consumer', '=', dispatcher)
        .executeTakeFirstOrThrow();
      const { numAffectedRows } = await sql`update outbox set position = counted.place + ${position} from (
          select id, row_number() over (order by created_at, id) as place from outbox where position is null
          order by created_at, id limit ${batch}
        ) as counted where counted.id = outbox.id`.execute(db);
      const count = Number(numAffectedRows ?? 0n);
      await db
        .updateTable('outbox_cursor')
        .set({ position: position + count })
        .where('consumer', '=', dispatcher)
        .execute();
      return count === batch;
    });
  }

  async #tail(): Promise<boolean> {
    const events = await eventsAfter(this.#database.read, this.#position, batch);
    const last = events.at(-1);
    if (!last) return false;
    for (const listener of this.#listeners) listener(events);
    this.#position = last.position;
    // Whoever waits for a kill to have reached every server is answered at once.
    if (events.some(({ urgent }) => urgent)) await this.#beat();
    return events.length === batch;
  }

  #feed(subscription: Subscription): void {
    if (subscription.running || subscription.restUntil > this.#clock.now()) return;
    subscription.running = this.#deliver(subscription)
      .then(() => {
        subscription.failures = 0;
      })
      .catch((error: unknown) => {
        subscription.failures += 1;
        const rest = Math.min(300_000, 1000 * 2 ** subscription.failures);
        subscription.restUntil = this.#clock.now() + rest;
        this.#log.error(
          { consumer: subscription.consumer, error: messageOf(error) },
          'events are given again later',
        );
      })
      .finally(() => {
        subscription.running = undefined;
      });
  }

  async #deliver({ consumer, types, handle }: Subscription): Promise<void> {
    const { read } = this.#database;
    const newest = await this.lastPosition();
    const cursor = await read
      .selectFrom('outbox_cursor')
      .select('position')
      .where('consumer', '=', consumer)
      .executeTakeFirst();
    let position = cursor?.position ?? 0;
    while (position < newest && !this.#stopped) {
      const isMine = await this.#database.write(({ db }) =>
        takeLease(db, `consumer:${consumer}`, this.#owner, this.#clock.now(), leaseTime),
      );
      if (!isMine) return;
      const events = await eventsAfter(read, position, batch);
      const last = events.at(-1);
      if (!last) return;
      const wanted = types ? events.filter(({ type }) => types.has(type)) : events;
      if (wanted.length > 0) await handle(wanted);
      position = last.position;
      const values = { position, seen_at: this.#clock.now() };
      await this.#database.write(({ db }) =>
        db
          .insertInto('outbox_cursor')
          .values({ consumer, ...values })
          .onConflict((conflict) => conflict.column('consumer').doUpdateSet(values))
          .execute(),
      );
    }
  }

  async #beat(): Promise<void> {
    this.#lastBeat = this.#clock.now();
    const values = { position: this.#position, seen_at: this.#lastBeat };
    await this.#database.write(async ({ db }) => {
      await db
        .insertInto('outbox_cursor')
        .values({ consumer: `server:${this.#owner}`, ...values })
        .onConflict((conflict) => conflict.column('consumer').doUpdateSet(values))
        .execute();
      await db
        .deleteFrom('outbox_cursor')
        .where('consumer', 'like', 'server:%')
        .where('seen_at', '<', this.#lastBeat - 60 * goneAfter)
        .execute();
    });
  }
}

async function eventsAfter(db: Kysely<Tables>, position: number, limit: number): Promise<RecordedEvent[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    position: row.position!,
    id: row.id,
    type: row.type,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    tags: JSON.parse(row.tags) as string[],
    urgent: row.urgent === 1,
    createdAt: row.created_at,
  }));
}

/**
 * Wait until every server that runs on this database has seen all that is committed now: a kill from the command
 * line is told as done only when no server shows the story any more.
 * @throws AppError `server.not-listening` when one lives but does not follow
 */
export async function waitUntilSeen(database: Database, clock: Clock, patience = 20_000): Promise<void> {
  const deadline = clock.now() + patience;
  for (;;) {
    const servers = await liveServers(database, clock);
    if (servers.length === 0) return;
    const newest = await database.read
      .selectFrom('outbox')
      .select((expression) => [
        expression.fn.max('position').as('position'),
        expression.fn.countAll<number>().filterWhere('position', 'is', null).as('waiting'),
      ])
      .where('urgent', '=', 1)
      .executeTakeFirstOrThrow();
    const position = newest.position ?? 0;
    if (Number(newest.waiting) === 0 && servers.every((server) => server.position >= position)) return;
    if (clock.now() > deadline) {
      throw new AppError(
        'server.not-listening',
        'It is saved, but a running server has not taken notice yet and may still show old pages. Restart it.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * The servers that run on this database, each with how far it has seen. One that was killed is taken to be gone
 * fifteen seconds later.
 */
export function liveServers(
  database: Pick<Database, 'read'>,
  clock: Clock,
): Promise<{ readonly position: number }[]> {
  return database.read
    .selectFrom('outbox_cursor')
    .select('position')
    .where('consumer', 'like', 'server:%')
    .where('seen_at', '>', clock.now() - goneAfter)
    .execute();
}

/** Remove events that every consumer has had, and that are older than a week. */
export async function pruneEvents(database: Database): Promise<void> {
  await database.write(async ({ db, now }) => {
    const slowest = await db
      .selectFrom('outbox_cursor')
      .select((expression) => expression.fn.min('position').as('position'))
      .where('consumer', 'not like', 'server:%')
      .executeTakeFirst();
    await db
      .deleteFrom('outbox')
      .where('created_at', '<', now - 7 * 86_400_000)
      .where('position', '<', slowest?.position ?? 0)
      .execute();
  });
}
