import type { Transaction } from '../../platform/database/database.ts';
import { chooseAlert } from '../preferences/choose-alert.ts';
import { choicesOf } from '../preferences/choices.ts';
import { keyOf } from '../preferences/choice.ts';
import type { PublicKind } from '../alert.ts';

/** What a browser decides about one public thing. */
export interface PushWish {
  readonly kind: PublicKind;
  /** '' for breaking news. */
  readonly target: string;
  readonly isOn: boolean;
}

/**
 * Take over what a browser was asked. What it had chosen and does not want any more is not chosen from now on; what it never
 * chose stays open, so that an account may still be told of it here.
 * @throws AppError as `chooseAlert`
 */
export async function choosePush(
  tx: Transaction,
  browser: string,
  wishes: readonly PushWish[],
): Promise<void> {
  if (wishes.length === 0) return;
  const owner = `browser:${browser}` as const;
  const before = new Set((await choicesOf(tx.db, owner)).map(keyOf));
  for (const { kind, target, isOn } of wishes) {
    if (isOn) await chooseAlert(tx, { owner, kind, target, channel: 'push' });
    else if (before.has(keyOf({ kind, target })))
      await chooseAlert(tx, { owner, kind, target, channel: undefined });
  }
}
