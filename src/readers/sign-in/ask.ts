import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import type { Intent } from './intent.ts';
import { keepPending, setSignInCookie, signInSecret } from './pending.ts';
import { returnPath } from './return-path.ts';

/**
 * The answer to somebody who must sign in first: on to the first step, with what they were about to do kept.
 * @param ask.to path to come back to when nothing waits, or when what waited does not say where to go
 * @throws AppError `sign-in.too-large`, `account.https-needed`
 */
export async function askToSignIn(
  context: DomainContext,
  request: Request,
  ask: { readonly intent?: Intent; readonly to: string },
): Promise<Answer> {
  return begin(context, request, { ...ask, step: '/sign-in' });
}

/**
 * The answer to a reader who is signed in and has no name yet, about to do something that others will see: on to the
 * step that asks for it, after which the intent runs.
 */
export async function askForName(
  context: DomainContext,
  request: Request,
  ask: { readonly intent: Intent; readonly to: string },
): Promise<Answer> {
  return begin(context, request, { ...ask, step: '/welcome', reader: request.identity!.id });
}

async function begin(
  { config, database }: DomainContext,
  request: Request,
  { step, ...ask }: { intent?: Intent; to: string; step: string; reader?: string },
): Promise<Answer> {
  const secret = await database.write((tx) =>
    keepPending(tx, {
      ...ask,
      secret: signInSecret(config.origin, request),
      to: returnPath(config.origin, ask.to),
    }),
  );
  return redirect(step, 303, { noStore: true, cookies: [setSignInCookie(config.origin, secret)] });
}
