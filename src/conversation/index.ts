export * from './follows/follow.ts';
export { relationsOf } from './follows/relations.ts';
export { migrations } from './migrations.ts';
