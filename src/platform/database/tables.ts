/**
 * All tables. Each domain adds its own from its migrations.ts:
 * `declare module '../platform/database/tables.ts' { interface Tables { story: StoryTable } }`
 */
// eslint-disable-next-line typescript/no-empty-object-type
export interface Tables {
  migration: { id: string; applied_at: number };
}
