import type { Database } from '../../platform/database/database.ts';
import type { PoolBrowser } from './engine-client.ts';

const pageSize = 1000;

/** Browsers that keys are made ahead for, in the order in which an alert goes to them. @param most of all */
export async function* poolBrowsers(
  { read }: Pick<Database, 'read'>,
  most: number,
): AsyncGenerator<{ readonly browsers: readonly PoolBrowser[]; readonly isLast: boolean }> {
  let after = '';
  for (let left = most, isLast = false; !isLast;) {
    const rows = await read
      .selectFrom('alert_browser')
      .select(['id', 'p256dh', 'auth'])
      .where('id', '>', after)
      .where('endpoint', 'is not', null)
      .orderBy('id')
      .limit(Math.min(pageSize, left))
      .execute();
    left -= rows.length;
    isLast = rows.length < pageSize || left === 0;
    after = rows.at(-1)?.id ?? after;
    const browsers = rows.flatMap(({ p256dh, auth }) =>
      p256dh === null || auth === null ? [] : [{ p256dh, auth }],
    );
    yield { browsers, isLast };
  }
}
