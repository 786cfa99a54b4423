import type { Selectable } from 'kysely';
import { lengthOf, tidyName } from '../profile/name.ts';
import type { PasskeyTable } from './migrations.ts';

/** A key pair on a reader's device; the public half is here. */
export interface Passkey {
  readonly id: string;
  readonly readerId: string;
  /** As the authenticator calls it, base64url. */
  readonly credentialId: string;
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string;
  readonly algorithm: 'ES256' | 'RS256';
  readonly transports: readonly string[];
  readonly counter: number;
  /** Whether it is kept on several devices. */
  readonly isSynced: boolean;
  readonly name: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly usedAt: number | undefined;
}

export const mostPasskeys = 20;
/** Letters of a name. */
export const longestName = 60;

/** The name as it is kept; undefined when nothing is left of it, or it is too long. */
export function passkeyName(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > 400) return undefined;
  const name = tidyName(given)
    .replaceAll(/[^\P{C}\u200c\u200d]/gu, '')
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) && lengthOf(name) <= longestName ? name : undefined;
}

export function passkeyFromRow(row: Selectable<PasskeyTable>): Passkey {
  return {
    id: row.id,
    readerId: row.reader_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    algorithm: row.algorithm as Passkey['algorithm'],
    transports: JSON.parse(row.transports) as string[],
    counter: row.counter,
    isSynced: row.is_synced === 1,
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at ?? undefined,
  };
}
