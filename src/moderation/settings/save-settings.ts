import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { moderationSettingsChanged } from '../events.ts';
import { moderationText } from '../text.ts';
import { rulesRow } from './rulebook.ts';
import { moderationSettings, moderationSettingNames, type ModerationSettingName } from './settings.ts';

const words = moderationText.errors;

/**
 * Change a setting of the rules; it holds from the next comment on, on every server.
 * @param input.value as typed; undefined for the default
 * @throws AppError `moderation.no-setting`, `moderation.bad-setting`
 */
export async function saveSetting(
  tx: Transaction,
  input: { readonly name: string; readonly value: unknown; readonly actor: string },
): Promise<void> {
  const name = settingNameOf(input.name);
  const checked = moderationSettings[name].safeParse(input.value);
  if (!checked.success) {
    const problem = words.badSetting(name, checked.error.issues.map(({ message }) => message).join('; '));
    throw new AppError('moderation.bad-setting', problem, { fields: { [name]: problem } });
  }
  // Made before it is read, so that of two who change something neither is lost.
  await tx.db
    .insertInto('moderation_setting')
    .values({
      id: rulesRow,
      version: newId(tx.now),
      value: '{}',
      changed_at: tx.now,
      changed_by: input.actor,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ version: newId(tx.now), changed_at: tx.now, changed_by: input.actor }),
    )
    .execute();
  const { value: stored } = await tx.db
    .selectFrom('moderation_setting')
    .select('value')
    .where('id', '=', rulesRow)
    .executeTakeFirstOrThrow();
  const { [name]: _, ...others } = JSON.parse(stored) as Record<string, unknown>;
  const value = input.value === undefined ? others : { ...others, [name]: checked.data };
  await tx.db
    .updateTable('moderation_setting')
    .set({ value: JSON.stringify(value) })
    .where('id', '=', rulesRow)
    .execute();
  tx.emit(moderationSettingsChanged());
}

/** @throws AppError `moderation.no-setting` */
export function settingNameOf(name: string): ModerationSettingName {
  const known = moderationSettingNames.find((each) => each === name);
  if (known) return known;
  throw new AppError('moderation.no-setting', words.noSetting(name), { status: 404 });
}
