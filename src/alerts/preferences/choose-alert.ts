import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { AlertChannel, AlertOwner } from '../alert.ts';
import { channelsOf, isTargetKind, mostChoices, type AlertThing } from './choice.ts';
import { nameThings } from './named-things.ts';
import { preferencesText } from './text.ts';

const words = preferencesText.errors;

/**
 * Decide how an account or a browser is told of something, or leave it to what is usual.
 * @param choice.channel undefined to decide no more
 * @throws AppError `alert.bad-choice` for a way that there is not, `alert.not-found` for what nobody can hear of,
 *   `alert.too-many`
 */
export async function chooseAlert(
  tx: Transaction,
  choice: AlertThing & { readonly owner: AlertOwner; readonly channel: AlertChannel | undefined },
): Promise<void> {
  const { owner, kind, target, channel } = choice;
  if (channel === undefined) {
    await tx.db
      .deleteFrom('alert_choice')
      .where('owner', '=', owner)
      .where('kind', '=', kind)
      .where('target', '=', target)
      .execute();
    return;
  }
  if (!channelsOf(owner, kind).includes(channel) || (target !== '' && !isTargetKind(kind)))
    throw new AppError('alert.bad-choice', words.badChoice, { status: 422 });
  // A browser follows nothing, and a section is not followed: there is no 'all' of them.
  if (target === '' && isTargetKind(kind) && (kind === 'section' || owner.startsWith('browser:')))
    throw new AppError('alert.bad-choice', words.badChoice, { status: 422 });
  const { numUpdatedRows } = await tx.db
    .updateTable('alert_choice')
    .set({ channel, changed_at: tx.now })
    .where('owner', '=', owner)
    .where('kind', '=', kind)
    .where('target', '=', target)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  if (target !== '') await checkThing(tx, owner, { kind, target });
  await checkRoom(tx, owner);
  await tx.db
    .insertInto('alert_choice')
    .values({ owner, kind, target, channel, changed_at: tx.now })
    .onConflict((conflict) =>
      conflict.columns(['owner', 'kind', 'target']).doUpdateSet({ channel, changed_at: tx.now }),
    )
    .execute();
}

async function checkThing({ db }: Transaction, owner: AlertOwner, thing: AlertThing): Promise<void> {
  const notFound = new AppError('alert.not-found', words.notFound, { status: 404 });
  const [known] = await nameThings(db, [thing]);
  if (!known) throw notFound;
  if (thing.kind !== 'reader') return;
  const own = owner.slice('reader:'.length);
  const barred = await db
    .selectFrom('reader_block')
    .select('since')
    .where((is) =>
      is.or([
        is.and([is('reader_id', '=', thing.target), is('target_id', '=', own)]),
        is.and([is('reader_id', '=', own), is('target_id', '=', thing.target)]),
      ]),
    )
    .executeTakeFirst();
  if (barred || thing.target === own) throw notFound;
}

async function checkRoom({ db }: Transaction, owner: AlertOwner): Promise<void> {
  const { count } = await db
    .selectFrom('alert_choice')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  const most = owner.startsWith('browser:') ? mostChoices.browser : mostChoices.reader;
  if (Number(count) >= most) throw new AppError('alert.too-many', words.tooMany(most), { status: 409 });
}
