import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import { setCookie } from '../../platform/http/cookies.ts';
import type { Answer, Identity, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { said } from '../account/said.ts';
import { createReader } from '../create-reader.ts';
import type { ReadersOptions } from '../options.ts';
import { checkNotBarred } from '../privacy/barred.ts';
import { findReader } from '../readers.ts';
import { beginSession } from '../sessions/begin-session.ts';
import { deviceOf } from '../sessions/device.ts';
import { sessionCookie, sessionLife } from '../sessions/session.ts';
import { failedPage } from './pages.ts';
import { findPending, setSignInCookie, signInSecret, type PendingSignIn } from './pending.ts';

/** Who has shown to be whom, and how. */
export interface SignedIn {
  readonly reader: string;
  /** Whether the account is new. */
  readonly isNew: boolean;
  /** `code`, `link`, `passkey`, or the name of a provider. */
  readonly method: string;
}

/** A session that has begun; only its browser knows the token. */
export interface Begun extends SignedIn {
  readonly token: string;
  readonly session: string;
}

/** How long what was waiting may take before it counts as failed, milliseconds. */
const runningLife = 60_000;

/**
 * The account of a mail address that has shown to be its owner's; made if there is none.
 * @throws AppError `account.barred` where one that was barred had the address, and is gone
 */
export async function readerOfEmail(
  tx: Transaction,
  email: string,
): Promise<Pick<SignedIn, 'reader' | 'isNew'>> {
  const known = await tx.db
    .selectFrom('reader')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  if (known) return { reader: known.id, isNew: false };
  await checkNotBarred(tx, email);
  return { reader: (await createReader(tx, { email })).id, isNew: true };
}

/**
 * Sign in the browser that asks: every way of signing in ends here, and goes on with `answerSignedIn` after the commit.
 * @param origin of the site
 */
export async function signIn(
  tx: Transaction,
  origin: string,
  request: Request,
  who: SignedIn,
): Promise<Begun> {
  const { id, token } = await beginSession(tx, {
    reader: who.reader,
    method: who.method,
    device: deviceOf(request.headers['user-agent']),
    before: request.identity?.session.id,
  });
  const pending = await findPending(tx.db, signInSecret(origin, request), tx.now);
  if (pending?.intent === undefined) {
    if (pending) await tx.db.deleteFrom('sign_in').where('id', '=', pending.id).execute();
  } else {
    await tx.db
      .updateTable('sign_in')
      .set({ reader_id: who.reader, email: null, code_hash: null, link_hash: null, code_ends_at: null })
      .where('id', '=', pending.id)
      .execute();
  }
  return { ...who, token, session: id };
}

/**
 * What a browser is answered that has just signed in: on to the name, or what waited is done, or back to where one was.
 * @param before the sign-in as it stood, with where to go back to
 */
export async function answerSignedIn(
  context: DomainContext,
  options: ReadersOptions,
  request: Request,
  signedIn: { readonly begun: Begun; readonly before: Pick<PendingSignIn, 'to'> | undefined },
): Promise<Answer> {
  const { begun } = signedIn;
  const { origin } = context.config;
  const reader = (await findReader(context.database.read, begun.reader))!;
  const now = context.clock.now();
  const session = { id: begun.session, method: begun.method, createdAt: now, seenAt: now };
  const identity: Identity = { id: reader.id, reader, session };
  const answer = await runWaiting(context, options, request, {
    identity,
    otherwise: signedIn.before?.to ?? '/',
    isNew: begun.isNew,
  });
  const cookie = setCookie(origin, { name: sessionCookie, value: begun.token, seconds: sessionLife / 1000 });
  return { ...answer, cookies: [cookie, ...(answer.cookies ?? [])] };
}

/** Do what waits for a reader who is signed in; see `answerSignedIn`. */
export async function runWaiting(
  context: DomainContext,
  { intents }: ReadersOptions,
  request: Request,
  who: { readonly identity: Identity; readonly otherwise: string; readonly isNew: boolean },
): Promise<Answer> {
  const { origin } = context.config;
  const { identity } = who;
  const greeting = said(origin, who.isNew ? 'welcome' : 'signed-in');
  const secret = signInSecret(origin, request);
  const pending = await findPending(context.database.read, secret, context.clock.now());
  if (!pending?.intent || pending.readerId !== identity.id) {
    const to = pending && pending.readerId === identity.id ? pending.to : who.otherwise;
    return redirect(to, 303, { noStore: true, cookies: [setSignInCookie(origin, undefined), greeting] });
  }
  const { intent } = pending;
  if (intent.needsName && identity.reader.handle === undefined)
    return redirect('/welcome', 303, { noStore: true });
  const handler = intents[intent.kind];
  if (!handler) throw new Error(`Nothing runs what waits as '${intent.kind}'.`);
  if (!(await context.database.write((tx) => claim(tx, pending.id))))
    return redirect(pending.to, 303, { noStore: true });
  try {
    const done = await handler({ ...request, identity }, identity, intent);
    const answer = 'to' in done ? redirect(done.to, 303, { noStore: true }) : done.answer;
    await context.database.write((tx) => endUnlessKept(tx, pending.id));
    // A handler that asks for the name has set the cookie again, and keeps it.
    const cookies = answer.cookies ?? [setSignInCookie(origin, undefined)];
    return { ...answer, noStore: true, cookies: [...cookies, greeting] };
  } catch (error) {
    await context.database.write((tx) => release(tx, pending.id));
    if (!(error instanceof AppError)) throw error;
    return failedPage(context, { ...request, identity }, { pending, error });
  }
}

/** Mark what waits as being done. @returns false when another request does it already */
async function claim(tx: Transaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('sign_in')
    .set({ running_until: tx.now + runningLife })
    .where('id', '=', id)
    .where((is) => is.or([is('running_until', 'is', null), is('running_until', '<=', tx.now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What a handler asked to keep (`askForName`) is not marked as running any more. */
async function endUnlessKept(tx: Transaction, id: string): Promise<void> {
  await tx.db.deleteFrom('sign_in').where('id', '=', id).where('running_until', 'is not', null).execute();
}

async function release(tx: Transaction, id: string): Promise<void> {
  await tx.db.updateTable('sign_in').set({ running_until: null }).where('id', '=', id).execute();
}
