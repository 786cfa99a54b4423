// The importers have a door of their own, import/index.ts: a server does without what they parse with.
export { parseDate, parseTime, type DateOptions, type ParsedDate } from './dates.ts';
export { fillFromDump, takeUpFilled } from './dump/dump-fill.ts';
export { restoreDump, type RestoreOptions, type RestoreResult } from './dump/dump-restore.ts';
export { dumpTables } from './dump/dump-tables.ts';
export { backupTables } from './dump/member-tables.ts';
export { writeDump, writeDumpFile, type DumpOptions, type DumpResult } from './dump/dump-write.ts';
export { ninjsItems, ninjsOf, type NinjsExportOptions } from './export-ninjs.ts';
export { migrations } from './migrations.ts';
export { wireRoutes, type WireContext } from './routes.ts';
