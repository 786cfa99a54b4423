import { statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { openHandle } from './sqlite.ts';

/** Writers give up after fifteen seconds; a larger file could keep them waiting for longer than that. */
const largest = 1024 ** 3;
const patience = 10_000;

const { path } = workerData as { path: string };
const handle = openHandle(path, false);
try {
  handle.exec(`PRAGMA busy_timeout = ${patience}`);
  const indexes = handle
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'create virtual table % using fts5%'",
    )
    .all() as { name: string }[];
  for (const { name } of indexes) handle.exec(`INSERT INTO "${name}" ("${name}") VALUES ('optimize')`);
  if (statSync(path).size <= largest) handle.exec('VACUUM');
  const { busy } = handle.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  if (busy !== 0) throw new Error('The database is busy: somebody reads an older state of it.');
} finally {
  handle.close();
}
