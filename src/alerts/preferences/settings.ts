import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import type { AlertOwner } from '../alert.ts';
import type { AlertSettingTable } from './migrations.ts';
import { usualSetting, type AlertSetting } from './setting.ts';

const atOnce = 500;

/**
 * When alerts may ring for an account or a browser; as usual where it has set nothing.
 * @param zone where it is, as far as that is known
 */
export async function settingOf(db: Kysely<Tables>, owner: AlertOwner, zone: string): Promise<AlertSetting> {
  return (await rowsOf(db, [owner])).get(owner) ?? usualSetting(owner, zone);
}

/** As `settingOf`, of many. @returns what is set; whoever has set nothing is left out */
export async function settingsOf(
  db: Kysely<Tables>,
  owners: readonly AlertOwner[],
): Promise<Map<AlertOwner, AlertSetting>> {
  const found = new Map<AlertOwner, AlertSetting>();
  for (let at = 0; at < owners.length; at += atOnce)
    for (const [owner, setting] of await rowsOf(db, owners.slice(at, at + atOnce))) found.set(owner, setting);
  return found;
}

/**
 * When news may ring in browsers, by their ids: where an account is signed in, its quiet hours and its pause hold; how much
 * a day is each browser's own matter.
 */
export async function browserSettings(
  db: Kysely<Tables>,
  browsers: readonly { readonly id: string; readonly reader: string | null; readonly zone: string }[],
): Promise<Map<string, AlertSetting>> {
  const owners = browsers.flatMap(({ id, reader }): AlertOwner[] =>
    reader === null ? [`browser:${id}`] : [`browser:${id}`, `reader:${reader}`],
  );
  const set = await settingsOf(db, [...new Set(owners)]);
  return new Map(
    browsers.map(({ id, reader, zone }) => {
      const own = set.get(`browser:${id}`) ?? usualSetting(`browser:${id}`, zone);
      const account = reader === null ? undefined : set.get(`reader:${reader}`);
      return [id, account ? { ...account, dailyCap: own.dailyCap } : own];
    }),
  );
}

async function rowsOf(
  db: Kysely<Tables>,
  owners: readonly AlertOwner[],
): Promise<Map<AlertOwner, AlertSetting>> {
  if (owners.length === 0) return new Map();
  const rows = await db.selectFrom('alert_setting').selectAll().where('owner', 'in', owners).execute();
  return new Map(rows.map((row) => [row.owner as AlertOwner, settingFromRow(row)]));
}

function settingFromRow(row: Selectable<AlertSettingTable>): AlertSetting {
  return {
    zone: row.zone,
    quiet:
      row.quiet_from === null || row.quiet_to === null
        ? undefined
        : { from: row.quiet_from, to: row.quiet_to },
    isGravestLet: row.gravest === 1,
    dailyCap: row.daily_cap,
    pausedUntil: row.paused_until ?? undefined,
  };
}
