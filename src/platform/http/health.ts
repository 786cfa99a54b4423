import { json } from './answers.ts';
import type { Route } from './route-table.ts';

/** `/health`: the process answers. `/ready`: it can do its work. @param checks each throws when its part cannot */
export function healthRoutes(checks: Readonly<Record<string, () => Promise<unknown>>>): Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      name: 'health',
      who: 'anyone',
      proof: 'none',
      handle: () => json({ status: 'ok' }, { noStore: true }),
    },
    {
      method: 'GET',
      path: '/ready',
      name: 'ready',
      who: 'anyone',
      proof: 'none',
      handle: async () => {
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => {
            try {
              await check();
              return [name, 'ok'] as const;
            } catch {
              return [name, 'failed'] as const;
            }
          }),
        );
        const isReady = results.every(([, result]) => result === 'ok');
        return json(
          { status: isReady ? 'ok' : 'not ready', ...Object.fromEntries(results) },
          { status: isReady ? 200 : 503, noStore: true },
        );
      },
    },
  ];
}
