import assert from 'node:assert/strict';
import { it } from 'node:test';
import { healthRoutes } from './health.ts';
import { serve } from './testing.ts';

it('health says that the process answers, ready that it can do its work', async (t) => {
  let isAway = false;
  const { ask } = await serve(
    t,
    healthRoutes({
      database: async () => {
        if (isAway) throw new Error('secret: connection to 10.0.0.5 refused');
      },
      jobs: async () => 'anything',
    }),
  );
  const read = async (path: string) => {
    const { status, headers, body } = await ask(path);
    assert.equal(headers['cache-control'], 'no-store');
    return [status, JSON.parse(body.toString())];
  };
  assert.deepEqual(await read('/ready'), [200, { status: 'ok', database: 'ok', jobs: 'ok' }]);
  isAway = true;
  assert.deepEqual(await read('/ready'), [503, { status: 'not ready', database: 'failed', jobs: 'ok' }]);
  assert.deepEqual(await read('/health'), [200, { status: 'ok' }]);
});
