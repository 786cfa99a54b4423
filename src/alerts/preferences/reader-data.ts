import type { ReaderData } from '../../readers/index.ts';
import type { AlertOwner } from '../alert.ts';
import { choicesOf } from './choices.ts';
import { settingsOf } from './settings.ts';

/** What an account has chosen to hear of, how and when. */
export const alertChoicesData: ReaderData = {
  name: 'alerts',
  async collect(db, { id }) {
    const owner: AlertOwner = `reader:${id}`;
    const choices = await choicesOf(db, owner);
    const setting = (await settingsOf(db, [owner])).get(owner);
    if (choices.length === 0 && !setting) return undefined;
    return {
      choices: choices.map(({ kind, target, channel }) => ({ kind, of: target, channel })),
      ...(setting && {
        zone: setting.zone,
        quietFromMinute: setting.quiet?.from,
        quietToMinute: setting.quiet?.to,
        isGravestLetThrough: setting.isGravestLet,
        mostADay: setting.dailyCap,
        pausedUntilAt: setting.pausedUntil,
      }),
    };
  },
  async erase({ db }, { id }) {
    const owner: AlertOwner = `reader:${id}`;
    await db.deleteFrom('alert_setting').where('owner', '=', owner).execute();
    await db
      .deleteFrom('alert_choice')
      .where((is) =>
        is.or([is('owner', '=', owner), is.and([is('kind', '=', 'reader'), is('target', '=', id)])]),
      )
      .execute();
  },
};
