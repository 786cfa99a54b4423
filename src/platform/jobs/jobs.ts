import type { Kysely } from 'kysely';
import type { DomainEvent, Transaction } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';

/** What stands in place of a payload that was about a person, once the job has ended. */
export const emptyPayload = 'null';

export interface EnqueueOptions {
  /** Milliseconds UTC; at once when left out. */
  readonly at?: number;
  /** A job of this name and key is put in once; a second time changes nothing. */
  readonly key?: string;
}

/** Says that a job was put in, so that runners of this process look at once. */
export const jobEnqueued: DomainEvent = { type: 'job.enqueued', payload: {}, isHint: true };

/** Have work done after this transaction commits, at least once. @param payload JSON-safe facts: ids, never whole rows */
export async function enqueue(
  tx: Transaction,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  options: EnqueueOptions = {},
): Promise<void> {
  const id = newId(tx.now);
  await tx.db
    .insertInto('job')
    .values({
      id,
      name,
      payload: JSON.stringify(payload),
      key: options.key ?? id,
      state: 'waiting',
      run_at: options.at ?? tx.now,
      attempts: 0,
      owner: null,
      lease_until: null,
      error: null,
      created_at: tx.now,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['name', 'key']).doNothing())
    .execute();
  tx.emit(jobEnqueued);
}

export interface DeadJob {
  readonly id: string;
  readonly name: string;
  readonly payload: string;
  readonly attempts: number;
  readonly error: string | null;
  /** Milliseconds UTC. */
  readonly ended_at: number | null;
}

/** Jobs that failed too often, newest first; they wait for a person. */
export function deadJobs(db: Kysely<Tables>, limit = 100): Promise<DeadJob[]> {
  return db
    .selectFrom('job')
    .select(['id', 'name', 'payload', 'attempts', 'error', 'ended_at'])
    .where('state', '=', 'dead')
    .orderBy('ended_at', 'desc')
    .orderBy('id')
    .limit(Math.min(limit, 1000))
    .execute();
}

/** Give a dead job all its attempts again. @throws AppError `job.not-dead`, also where its payload is emptied */
export async function retryJob(tx: Transaction, id: string): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('job')
    .set({ state: 'waiting', attempts: 0, run_at: tx.now, ended_at: null })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .where('payload', '!=', emptyPayload)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError('job.not-dead', 'No dead job has this id.', { status: 404 });
  tx.emit(jobEnqueued);
}
