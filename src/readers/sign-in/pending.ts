import type { Kysely, Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { cookieName, setCookie } from '../../platform/http/cookies.ts';
import type { Request } from '../../platform/http/route-table.ts';
import { newId } from '../../platform/ids.ts';
import { hashOf, newSecret } from '../sessions/session.ts';
import { intentBytes, type Intent } from './intent.ts';
import type { SignInTable } from './migrations.ts';

/** A sign-in that has begun in a browser. */
export interface PendingSignIn {
  readonly id: string;
  /** Where the code was sent; undefined until it was. */
  readonly email: string | undefined;
  /** Milliseconds UTC; undefined until a code was sent. */
  readonly codeEndsAt: number | undefined;
  readonly codeHash: string | undefined;
  readonly extensions: number;
  /** Wrong codes so far, of the code that was sent last. */
  readonly tries: number;
  /** Who has signed in and is to choose a name before the intent runs. */
  readonly readerId: string | undefined;
  /** Path on this site. */
  readonly to: string;
  readonly intent: Intent | undefined;
}

const signInCookie = 'sign-in';
/** How long a browser may come back and find its sign-in as it left it, milliseconds. */
export const pendingLife = 6 * 3_600_000;

/** The secret by which this browser's sign-in is known. */
export function signInSecret(origin: string, request: Pick<Request, 'cookies'>): string | undefined {
  const secret = request.cookies[cookieName(origin, signInCookie)];
  return secret !== undefined && /^[\w-]{20,100}$/.test(secret) ? secret : undefined;
}

/** @param secret undefined to have the browser forget it */
export function setSignInCookie(origin: string, secret: string | undefined): string {
  return setCookie(origin, {
    name: signInCookie,
    value: secret ?? '',
    seconds: secret === undefined ? 0 : pendingLife / 1000,
  });
}

/** The sign-in of the browser that asks. @param now milliseconds UTC */
export async function findPending(
  db: Kysely<Tables>,
  secret: string | undefined,
  now: number,
): Promise<PendingSignIn | undefined> {
  if (secret === undefined) return undefined;
  const row = await db
    .selectFrom('sign_in')
    .selectAll()
    .where('secret_hash', '=', hashOf(secret))
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return row && pendingFromRow(row);
}

export function pendingFromRow(row: Selectable<SignInTable>): PendingSignIn {
  return {
    id: row.id,
    email: row.email ?? undefined,
    codeEndsAt: row.code_ends_at ?? undefined,
    codeHash: row.code_hash ?? undefined,
    extensions: row.extensions,
    tries: row.tries,
    readerId: row.reader_id ?? undefined,
    to: row.return_to,
    intent: row.intent === null ? undefined : (JSON.parse(row.intent) as Intent),
  };
}

/**
 * Begin a sign-in in a browser, or go on with the one that it has: what it was about to do last is what counts.
 * @param input.secret of the browser, if it has one
 * @param input.reader who is signed in and only lacks a name
 * @returns the secret for the browser's cookie
 * @throws AppError `sign-in.too-large` when the intent is more than is kept
 */
export async function keepPending(
  tx: Transaction,
  input: {
    readonly secret?: string | undefined;
    readonly to: string;
    readonly intent?: Intent | undefined;
    readonly reader?: string | undefined;
  },
): Promise<string> {
  const intent = input.intent === undefined ? null : intentText(input.intent);
  const values = {
    return_to: input.to,
    reader_id: input.reader ?? null,
    running_until: null,
    ends_at: tx.now + pendingLife,
  };
  const before = await findPending(tx.db, input.secret, tx.now);
  if (before) {
    await tx.db
      .updateTable('sign_in')
      .set(intent === null ? values : { ...values, intent })
      .where('id', '=', before.id)
      .execute();
    return input.secret!;
  }
  const secret = newSecret();
  await tx.db
    .insertInto('sign_in')
    .values({
      id: newId(tx.now),
      secret_hash: hashOf(secret),
      email: null,
      code_hash: null,
      link_hash: null,
      code_ends_at: null,
      extensions: 0,
      tries: 0,
      intent,
      created_at: tx.now,
      ...values,
    })
    .execute();
  return secret;
}

function intentText(intent: Intent): string {
  const text = JSON.stringify(intent);
  if (Buffer.byteLength(text) > intentBytes)
    throw new AppError('sign-in.too-large', 'This is too long to be kept while you sign in. Sign in first.', {
      status: 413,
    });
  return text;
}
