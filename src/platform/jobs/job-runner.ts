import { Cron } from 'croner';
import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import { claimJob } from '../database/claim.ts';
import type { Database } from '../database/database.ts';
import { messageOf } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { emptyPayload, enqueue, jobEnqueued } from './jobs.ts';
import type { JobTable } from './migrations.ts';

export interface JobRun {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborted when the runner stops or the job was lost to another worker. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

export interface JobDefinition {
  /** Throws to be tried again, later each time. */
  handle(payload: Record<string, unknown>, run: JobRun): Promise<void>;
  /** Tries before the job is dead; 8 when left out, which spans about two hours. */
  readonly attempts?: number;
  /** How many of this name at once in this process; 1 when left out. */
  readonly concurrency?: number;
  /**
   * The payload is about a person: it is emptied as soon as the job is done, and a week after it died, within which
   * somebody may have it tried again.
   */
  readonly isPrivate?: boolean;
}

interface Timings {
  /** How long a silent worker keeps a job, milliseconds. */
  readonly lease: number;
  /** How often jobs are looked for whose hour has come or that other processes put in, milliseconds. */
  readonly poll: number;
  /** Waiting time after the first failure, milliseconds; doubles. */
  readonly retry: number;
}

const usual: Timings = { lease: 60_000, poll: 500, retry: 30_000 };
const longestRetry = 3_600_000;
/** How long what has ended is kept, milliseconds. */
const keepEnded = 7 * 86_400_000;
const scheduleName = 'jobs.prune';

/** Does the jobs that commands left in the database. Any number of processes may run one each. */
export class JobRunner {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #timings: Timings;
  readonly #owner = newId();
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #schedules: { name: string; cron: Cron }[] = [];
  readonly #running = new Map<string, { name: string; done: Promise<void> }>();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isStarted = false;
  /** Somebody asked for a look while one went on. */
  #again = false;
  /** The next look is that of a turn. */
  #isTurn = false;

  constructor(parts: { database: Database; clock: Clock; log: Log; timings?: Partial<Timings> }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#timings = { ...usual, ...parts.timings };
    this.define(scheduleName, { handle: () => this.#prune() });
    this.schedule(scheduleName, '17 4 * * *', 'UTC');
    this.#database.onCommit((events) => {
      if (events.some(({ type }) => type === jobEnqueued.type)) this.#wake();
    });
  }

  /** Say how jobs of a name are done. */
  define(name: string, definition: JobDefinition): void {
    this.#definitions.set(name, definition);
  }

  /**
   * Have a job put in again and again; once for each firing, however many processes run.
   * @param pattern five fields as in cron, read in `zone`: an hour that is skipped or lived twice fires once
   */
  schedule(name: string, pattern: string, zone: string): void {
    this.#schedules.push({ name, cron: new Cron(pattern, { timezone: zone, paused: true }) });
  }

  start(): void {
    this.#isStarted = true;
    this.#wake(true);
  }

  /**
   * Look now: a job was put in, or there is room for one.
   * @param isTurn whether what the schedules say is put in too, as it is turn by turn
   */
  #wake(isTurn = false): void {
    if (!this.#isStarted || this.#stopping.signal.aborted) return;
    this.#isTurn ||= isTurn;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    const isWhole = this.#isTurn;
    this.#isTurn = false;
    this.#again = false;
    this.#looking = (isWhole ? this.look() : this.#claim())
      .catch((error: unknown) => this.#log.error({ error: messageOf(error) }, 'jobs could not be looked for'))
      .finally(() => {
        this.#looking = undefined;
        if (this.#stopping.signal.aborted) return;
        if (isWhole) this.#timer = setTimeout(() => this.#wake(true), this.#timings.poll);
        if (this.#again) this.#wake();
      });
  }

  /** Ask running jobs to end, wait for them, and give back what did not end in time. */
  async stop(deadline = 10_000): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    const all = Promise.all([...this.#running.values()].map(({ done }) => done));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, deadline)))]);
    clearTimeout(timer);
    await this.#database.write(({ db, now }) =>
      db
        .updateTable('job')
        .set({ state: 'waiting', owner: null, lease_until: null, run_at: now })
        .where('owner', '=', this.#owner)
        .where('state', '=', 'running')
        .execute(),
    );
  }

  /** Put in what the schedules say, start what is due, and resolve; the jobs themselves go on. */
  async look(): Promise<void> {
    await this.#fire();
    await this.#claim();
  }

  async #claim(): Promise<void> {
    for (;;) {
      const names = [...this.#definitions.keys()].filter((name) => this.#hasRoom(name));
      if (names.length === 0 || this.#stopping.signal.aborted || !(await this.#isAnyDue(names))) return;
      const job = await this.#database.write(({ db }) => {
        const now = this.#clock.now();
        return claimJob(db, { names, owner: this.#owner, now, until: now + this.#timings.lease });
      });
      if (!job) return;
      const done = this.#run(job).finally(() => {
        this.#running.delete(job.id);
        this.#wake();
      });
      this.#running.set(job.id, { name: job.name, done });
    }
  }

  /** Resolves when no job runs in this process. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  #hasRoom(name: string): boolean {
    const running = [...this.#running.values()].filter((each) => each.name === name).length;
    return running < (this.#definitions.get(name)!.concurrency ?? 1);
  }

  async #isAnyDue(names: string[]): Promise<boolean> {
    const now = this.#clock.now();
    const row = await this.#database.read
      .selectFrom('job')
      .select('id')
      .where('name', 'in', names)
      .where((is) =>
        is.or([
          is.and([is('state', '=', 'waiting'), is('run_at', '<=', now)]),
          is.and([is('state', '=', 'running'), is('lease_until', '<=', now)]),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async #fire(): Promise<void> {
    const now = this.#clock.now();
    for (const schedule of this.#schedules) {
      const next = schedule.cron.nextRun(new Date(now));
      if (!next) continue;
      const key = new Date(next.getTime()).toISOString();
      const known = await this.#database.read
        .selectFrom('job')
        .select('id')
        .where('name', '=', schedule.name)
        .where('key', '=', key)
        .executeTakeFirst();
      if (known) continue;
      await this.#database.write((tx) => enqueue(tx, schedule.name, {}, { at: next.getTime(), key }));
    }
  }

  async #run(job: Selectable<JobTable>): Promise<void> {
    const definition = this.#definitions.get(job.name)!;
    const lost = new AbortController();
    const beat = setInterval(() => void this.#heartbeat(job.id, lost), this.#timings.lease / 3);
    const log = this.#log.child({ job: job.name, id: job.id });
    try {
      const signal = AbortSignal.any([this.#stopping.signal, lost.signal]);
      const payload = JSON.parse(job.payload) as Record<string, unknown>;
      await definition.handle(payload, { id: job.id, attempt: job.attempts, signal, log });
      const end = { state: 'done', error: null } as const;
      await this.#end(job.id, definition.isPrivate ? { ...end, payload: emptyPayload } : end);
    } catch (error) {
      if (lost.signal.aborted) return;
      await this.#fail(job, definition, error, log);
    } finally {
      clearInterval(beat);
    }
  }

  async #fail(job: Selectable<JobTable>, definition: JobDefinition, error: unknown, log: Log): Promise<void> {
    const message = messageOf(error).slice(0, 1000);
    if (this.#stopping.signal.aborted) {
      await this.#end(job.id, { state: 'waiting', attempts: job.attempts - 1, error: message });
    } else if (job.attempts >= (definition.attempts ?? 8)) {
      log.error({ error: message }, 'job is dead');
      await this.#end(job.id, { state: 'dead', error: message });
    } else {
      const pause = Math.min(longestRetry, this.#timings.retry * 2 ** (job.attempts - 1));
      log.warn({ error: message, attempt: job.attempts }, 'job failed and will be tried again');
      const run_at = this.#clock.now() + Math.round(pause * (0.8 + Math.random() * 0.4));
      await this.#end(job.id, { state: 'waiting', run_at, error: message });
    }
  }

  async #end(id: string, change: Partial<Selectable<JobTable>>): Promise<void> {
    const isOver = change.state === 'done' || change.state === 'dead';
    await this.#database.write(({ db }) =>
      db
        .updateTable('job')
        .set({ ...change, owner: null, lease_until: null, ended_at: isOver ? this.#clock.now() : null })
        .where('id', '=', id)
        .where('owner', '=', this.#owner)
        .execute(),
    );
  }

  async #heartbeat(id: string, lost: AbortController): Promise<void> {
    try {
      const { numUpdatedRows } = await this.#database.write(({ db }) =>
        db
          .updateTable('job')
          .set({ lease_until: this.#clock.now() + this.#timings.lease })
          .where('id', '=', id)
          .where('owner', '=', this.#owner)
          .executeTakeFirst(),
      );
      if (numUpdatedRows === 0n) lost.abort(new Error('The job was taken by another worker.'));
    } catch (error) {
      this.#log.warn({ error: messageOf(error) }, 'a job could not tell that it is alive');
    }
  }

  async #prune(): Promise<void> {
    const names = [...this.#definitions].flatMap(([name, { isPrivate }]) => (isPrivate ? [name] : []));
    await this.#database.write(async ({ db, now }) => {
      await db
        .deleteFrom('job')
        .where('state', '=', 'done')
        .where('ended_at', '<', now - keepEnded)
        .execute();
      if (names.length === 0) return;
      await db
        .updateTable('job')
        .set({ payload: emptyPayload })
        .where('state', '=', 'dead')
        .where('ended_at', '<', now - keepEnded)
        .where('name', 'in', names)
        .where('payload', '!=', emptyPayload)
        .execute();
    });
  }
}
