export * from './alert.ts';
export { migrations } from './migrations.ts';
