export { parseDate, parseTime, type DateOptions, type ParsedDate } from './dates.ts';
export { fillFromDump, takeUpFilled } from './dump-fill.ts';
export { restoreDump, type RestoreOptions, type RestoreResult } from './dump-restore.ts';
export { dumpTables } from './dump-tables.ts';
export { writeDump, writeDumpFile, type DumpOptions, type DumpResult } from './dump-write.ts';
export { ninjsItems, ninjsOf, type NinjsExportOptions } from './export-ninjs.ts';
export type { ColumnUse } from './import-item.ts';
export { detectKind, importKinds, readers, type ImportKind } from './import-kinds.ts';
export { removeSource } from './import-rows.ts';
export {
  defaultFields,
  importFile,
  SeenStories,
  type DefaultField,
  type ImportOptions,
  type ImportProgress,
  type ImportResult,
} from './import-run.ts';
export { migrations } from './migrations.ts';
export { wireRoutes, type WireContext } from './routes.ts';
