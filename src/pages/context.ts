export type { Context } from '../site/context.ts';
