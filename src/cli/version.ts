import { readFileSync } from 'node:fs';
import { root } from './root.ts';

/** The version of this Freesheet, such as 0.1.0. */
export const version = (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string })
  .version;
