import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Write a database's file anew and empty its write-ahead log, in a thread of its own: SQLite leaves copies of rows where
 * it splits a page, which `secure_delete` does not reach, and the full-text index keeps the words of removed documents
 * until its parts are merged.
 */
export async function scrubFile(path: string): Promise<void> {
  const worker = new Worker(new URL('sqlite-scrub-thread.ts', import.meta.url), { workerData: { path } });
  await once(worker, 'exit');
}
