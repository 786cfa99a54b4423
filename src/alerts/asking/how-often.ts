import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { countStories } from '../../stories/index.ts';
import type { AlertThing } from '../preferences/choice.ts';

const day = 86_400_000;
/** Days that are looked back on. */
const lookback = 28;

/**
 * How many alerts a day would have come of one thing, by what was published or sent in the last four weeks. Undefined for a
 * single story: nobody knows what will happen.
 * @param now milliseconds UTC
 */
export async function alertsADay(
  db: Kysely<Tables>,
  { kind, target }: AlertThing,
  now: number,
): Promise<number | undefined> {
  const from = now - lookback * day;
  if (kind === 'section' || kind === 'topic' || kind === 'author')
    return (await countStories(db, { [kind]: target, firstHere: true, from })) / lookback;
  if (kind !== 'breaking') return undefined;
  const { count } = await db
    .selectFrom('alert')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('kind', '=', 'breaking')
    .where('state', 'in', ['sending', 'sent', 'withdrawn'])
    .where('created_at', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(count) / lookback;
}
