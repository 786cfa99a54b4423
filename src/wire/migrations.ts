import type { Migration } from '../platform/database/migrate.ts';

declare module '../platform/database/tables.ts' {
  interface Tables {
    import_run: ImportRunTable;
    import_version: { source: string; source_id: string; version: number };
  }
}

/** One reading of one file. Its checkpoint commits together with the stories that it counts. */
export interface ImportRunTable {
  id: string;
  source: string;
  /** Absolute path. */
  file: string;
  /** What was read and how: content, format and options. Another one means another run. */
  fingerprint: string;
  /** Records done. */
  position: number;
  /** Length of the report before the lines of the last batch, in bytes. */
  report_bytes: number;
  /** Lines of the last batch, which come after those bytes: they may not have reached the report. */
  report_tail: string;
  /** JSON of numbers by outcome and note code. */
  counts: string;
  started_at: number;
  finished_at: number | null;
}

export const migrations: readonly Migration[] = [
  {
    id: 'wire-001-import',
    async up(db) {
      await db.schema
        .createTable('import_run')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('file', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('position', 'bigint', (column) => column.notNull())
        .addColumn('report_bytes', 'bigint', (column) => column.notNull())
        .addColumn('report_tail', 'text', (column) => column.notNull())
        .addColumn('counts', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('finished_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('import_run_file')
        .on('import_run')
        .columns(['source', 'file', 'started_at'])
        .execute();
      await db.schema
        .createTable('import_version')
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('source_id', 'text', (column) => column.notNull())
        .addColumn('version', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('import_version_key', ['source', 'source_id'])
        .execute();
    },
  },
];
