import type { Migration } from '../database/migrate.ts';

declare module '../database/tables.ts' {
  interface Tables {
    job: JobTable;
  }
}

export interface JobTable {
  id: string;
  name: string;
  /** JSON. */
  payload: string;
  /** With the name, what may exist once. */
  key: string;
  state: 'waiting' | 'running' | 'done' | 'dead';
  run_at: number;
  attempts: number;
  owner: string | null;
  lease_until: number | null;
  error: string | null;
  created_at: number;
  ended_at: number | null;
}

export const migrations: readonly Migration[] = [
  {
    id: 'jobs-001-job',
    async up(db) {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('run_at', 'bigint', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('owner', 'text')
        .addColumn('lease_until', 'bigint')
        .addColumn('error', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .execute();
      await db.schema.createIndex('job_key').on('job').columns(['name', 'key']).unique().execute();
      await db.schema.createIndex('job_due').on('job').columns(['state', 'run_at']).execute();
    },
  },
];
