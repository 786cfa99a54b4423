import type { Migration } from '../database/migrate.ts';
import { searchDialect } from '../database/search-dialect.ts';

export const migrations: readonly Migration[] = [
  { id: 'search-001-index', up: (db) => searchDialect(db).createTables(db) },
  { id: 'search-002-comments', up: (db) => searchDialect(db, 'comments').createTables(db) },
];
