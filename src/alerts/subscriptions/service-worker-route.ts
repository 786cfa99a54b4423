import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from '../../platform/http/answers.ts';
import type { Answer, Route } from '../../platform/http/route-table.ts';
import { once } from '../../platform/once.ts';

/**
 * `/service-worker.js`: at the root, as it is for all of the site. Browsers ask each time whether it is still the same
 * (Service Workers, section 4.6), and the page store answers.
 */
export function serviceWorkerRoute(dist: string): Route {
  const body = once(() => readFile(join(dist, 'service-worker.js'), 'utf8'));
  return {
    method: 'GET',
    path: '/service-worker.js',
    name: 'service-worker',
    who: 'anyone',
    proof: 'none',
    stored: true,
    async handle(): Promise<Answer> {
      return text(await body(), { type: 'text/javascript; charset=utf-8', tags: ['site'] });
    },
  };
}
