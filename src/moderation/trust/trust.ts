import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReader, type Reader } from '../../readers/index.ts';
import { loadRulebook } from '../settings/rulebook.ts';
import type { ModerationSettings } from '../settings/settings.ts';

/** From the least. `staff` is given by the paper, the others by what a reader has done here. */
export const trustLevels = ['new', 'known', 'trusted', 'staff'] as const;
export type TrustLevel = (typeof trustLevels)[number];

/** What became of what a reader wrote and reported; kept with each change, no reading is remembered. */
export interface Standing {
  readonly accepted: number;
  readonly removed: number;
  readonly rejected: number;
  /** Milliseconds UTC. */
  readonly removedAt: number | undefined;
  readonly upheld: number;
  readonly dismissed: number;
}

export const noStanding: Standing = {
  accepted: 0,
  removed: 0,
  rejected: 0,
  removedAt: undefined,
  upheld: 0,
  dismissed: 0,
};

type Known = Pick<Reader, 'roles' | 'createdAt' | 'daysActive'>;

/**
 * How far a reader is trusted, from the account's age, the days on which the reader came, and what became of the
 * comments.
 * @param now milliseconds UTC
 */
export function trustLevel(
  reader: Known,
  standing: Standing,
  settings: ModerationSettings,
  now: number,
): TrustLevel {
  if (reader.roles.some((role) => role !== 'supporter')) return 'staff';
  const day = 86_400_000;
  const written = standing.accepted + standing.removed;
  const removedShare = written === 0 ? 0 : standing.removed / written;
  const reaches = (level: 'known' | 'trusted') =>
    now - reader.createdAt >= settings[`trust.${level}.age`] * day &&
    reader.daysActive >= settings[`trust.${level}.active`] &&
    standing.accepted >= settings[`trust.${level}.accepted`] &&
    removedShare <= settings[`trust.${level}.removed`];
  const reached = reaches('trusted') ? 2 : reaches('known') ? 1 : 0;
  const isSetBack =
    standing.removedAt !== undefined && now - standing.removedAt < settings['trust.setback'] * day;
  return trustLevels[Math.max(0, isSetBack ? reached - 1 : reached)]!;
}

/** A reader's standing; all zero for one who has written nothing yet. */
export async function findStanding(db: Kysely<Tables>, reader: string): Promise<Standing> {
  const row = await db
    .selectFrom('moderation_standing')
    .selectAll()
    .where('reader_id', '=', reader)
    .executeTakeFirst();
  return row ? standingFromRow(row) : noStanding;
}

export function standingFromRow(row: {
  accepted: number;
  removed: number;
  rejected: number;
  removed_at: number | null;
  upheld: number;
  dismissed: number;
}): Standing {
  const { accepted, removed, rejected, upheld, dismissed } = row;
  return { accepted, removed, rejected, removedAt: row.removed_at ?? undefined, upheld, dismissed };
}

/**
 * How far a reader is trusted now.
 * @param now milliseconds UTC
 * @returns `new` for an id that nobody has
 */
export async function trustOf(
  db: Kysely<Tables>,
  reader: string,
  now: number,
): Promise<{ readonly level: TrustLevel; readonly standing: Standing }> {
  const [account, standing, { settings }] = await Promise.all([
    findReader(db, reader),
    findStanding(db, reader),
    loadRulebook(db),
  ]);
  return { level: account ? trustLevel(account, standing, settings, now) : 'new', standing };
}
