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
