import type { Selectable } from 'kysely';
import type { ReaderTable } from './migrations.ts';

/** What somebody is to the paper beside a reader. */
export type Role = 'staff' | 'author' | 'moderator' | 'supporter';

/**
 * `active`; `suspended` until a time and `banned` may read and sign in, and write nothing; `leaving` has a day to come
 * back; `former` is what stays of an erased account: its id, and nothing else.
 */
export type ReaderState = 'active' | 'suspended' | 'banned' | 'leaving' | 'former';

/** Who may see a list of whom one follows, or who follows one. */
export type Audience = 'public' | 'followers' | 'nobody';

/** What a reader has decided about the own page and lists. */
export interface ReaderSettings {
  readonly followers: Audience;
  readonly following: Audience;
  /** Whether the reader's page lists comments, and says how often they were recommended. */
  readonly showComments: boolean;
  readonly showRecommends: boolean;
  /** Whether search engines may list the reader's page. */
  readonly isIndexed: boolean;
}

export const usualSettings: ReaderSettings = {
  followers: 'followers',
  following: 'followers',
  showComments: true,
  showRecommends: true,
  isIndexed: false,
};

/** What everybody may know of a reader; enough to put a name on a comment. */
export interface ReaderCard {
  readonly id: string;
  /** Undefined for one who has not chosen it, or has left. */
  readonly handle: string | undefined;
  /** '' for one who has left: shown as `readersText.former`. */
  readonly name: string;
  /** Id of a picture. */
  readonly picture: string | undefined;
  readonly roles: readonly Role[];
  readonly state: ReaderState;
  /** Milliseconds UTC. */
  readonly createdAt: number;
}

/** A reader as the own account shows it, and as rules look at it. */
export interface Reader extends ReaderCard {
  readonly email: string | undefined;
  readonly bio: string;
  /** Milliseconds UTC; undefined unless the reader is suspended. */
  readonly suspendedUntil: number | undefined;
  readonly settings: ReaderSettings;
  /** Milliseconds UTC at which the forum's guidelines were accepted. */
  readonly guidelinesAt: number | undefined;
  readonly leavingAt: number | undefined;
  readonly daysActive: number;
  /** As 2026-11-24, in UTC. */
  readonly lastActiveDay: string | undefined;
}

/** A reader from its row; what is stored was checked when it was written. */
export function readerFromRow(row: Selectable<ReaderTable>): Reader {
  return {
    ...cardFromRow(row),
    email: row.email ?? undefined,
    bio: row.bio,
    suspendedUntil: row.suspended_until ?? undefined,
    settings: { ...usualSettings, ...(JSON.parse(row.settings) as Partial<ReaderSettings>) },
    guidelinesAt: row.guidelines_at ?? undefined,
    leavingAt: row.leaving_at ?? undefined,
    daysActive: row.days_active,
    lastActiveDay: row.last_active_day ?? undefined,
  };
}

export const cardColumns = ['id', 'handle', 'name', 'picture', 'roles', 'state', 'created_at'] as const;

/** What everybody may know, from a row with `cardColumns`. */
export function cardFromRow(row: Pick<Selectable<ReaderTable>, (typeof cardColumns)[number]>): ReaderCard {
  return {
    id: row.id,
    handle: row.handle ?? undefined,
    name: row.name,
    picture: row.picture ?? undefined,
    roles: JSON.parse(row.roles) as Role[],
    state: row.state as ReaderState,
    createdAt: row.created_at,
  };
}
