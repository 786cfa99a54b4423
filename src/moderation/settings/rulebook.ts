import type { Kysely } from 'kysely';
import { statement } from '../../platform/database/statement.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { settingsFrom, type ModerationSettings } from './settings.ts';
import { WordList } from '../words/word-list.ts';

/** The settings, with what is made of them once. */
export interface Rulebook {
  /** '' for the defaults. */
  readonly version: string;
  readonly settings: ModerationSettings;
  readonly banned: WordList;
  readonly suspect: WordList;
}

export const rulesRow = 'rules';

/** @param stored settings that differ from the defaults */
export function rulebookOf(version: string, stored: Readonly<Record<string, unknown>>): Rulebook {
  const settings = settingsFrom(stored);
  return {
    version,
    settings,
    banned: new WordList(settings['words.banned']),
    suspect: new WordList(settings['words.suspect']),
  };
}

/** The latest ones. A version is random and stands for one content, so nothing here can grow stale. */
const known = new Map<string, Rulebook>([['', rulebookOf('', {})]]);
const mostKnown = 4;

/** The rules as they stand now: a word list of thousands is read and made ready once, then known by its version. */
export async function loadRulebook(db: Kysely<Tables>): Promise<Rulebook> {
  const { rows } = await statement<{ version: string }>`
    select version from moderation_setting where id = ${rulesRow}`.execute(db);
  const ready = known.get(rows[0]?.version ?? '');
  if (ready) return ready;
  const { version, value } = await db
    .selectFrom('moderation_setting')
    .select(['version', 'value'])
    .where('id', '=', rulesRow)
    .executeTakeFirstOrThrow();
  const rulebook = rulebookOf(version, JSON.parse(value) as Record<string, unknown>);
  known.set(version, rulebook);
  for (const old of known.keys())
    if (known.size > mostKnown && old !== '' && old !== version) known.delete(old);
  return rulebook;
}
