import { AppError } from '../../platform/errors.ts';
import { fetchThrough, openOutbound } from '../../platform/http/outbound-fetch.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import type { ReadersOptions } from '../options.ts';
import { takeAttempt } from '../providers/attempts.ts';
import { readerOfPerson } from '../providers/logins.ts';
import { troublePage } from '../providers/pages.ts';
import { deviceOf } from '../sessions/device.ts';
import { answerSignedIn, signIn } from '../sign-in/finish.ts';
import { stepPage } from '../sign-in/pages.ts';
import { findPending, signInSecret } from '../sign-in/pending.ts';
import { returnPath } from '../sign-in/return-path.ts';
import { tellWayAdded } from '../tell-way-added.ts';
import { tokenChecker, useToken, type CheckedToken } from './check-token.ts';
import { ssoOf, ssoPath } from './sso.ts';
import { ssoText as words } from './text.ts';

type Handler = (request: Request) => Promise<Answer>;

/** Longer than any token that says who somebody is. */
const mostLetters = 8000;

/** Readers handed over by the publisher's own login; no routes where it is not set. */
export function ssoRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  const { database, config, clock, log, site: paper } = context;
  const { origin } = config;
  const sso = ssoOf(config);
  if (!sso) return [];
  const check = tokenChecker(sso, { clock, fetch: fetchThrough(openOutbound(config)) });

  const telling =
    (handle: Handler): Handler =>
    async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const { code } = (error.cause ?? {}) as { code?: unknown };
        log.warn({ why: typeof code === 'string' ? code : undefined }, error.code);
        return troublePage(context, request, error);
      }
    };

  const checkGiven = (given: unknown): Promise<CheckedToken> => {
    if (typeof given !== 'string' || given.length > mostLetters)
      throw new AppError('sso.refused', words.refused, { status: 400 });
    return check(given);
  };

  /** A token that bears our nonce comes back to who set out; any other waits for a press, which nobody can do for another. */
  const bring: Handler = async (request) => {
    const given = request.query.get('token');
    const token = await checkGiven(given);
    if (token.nonce !== undefined) return enter(request, token, undefined);
    const to = returnPath(origin, request.query.get('to') ?? '/');
    const { person } = token;
    return stepPage(context, request, {
      title: words.title,
      main: html`<p class="lede">${words.as} <b>${person.email ?? person.subject}</b>.</p><form class="fields" method="post" action="${ssoPath}"><input type="hidden" name="token" value="${given}"><input type="hidden" name="to" value="${to}"><button class="pill main" type="submit">${words.enter}</button></form><p class="meta">${words.not}</p>`,
    });
  };

  const press: Handler = async (request) => {
    const { token: given, to } = (request.body ?? {}) as { token?: unknown; to?: unknown };
    const token = await checkGiven(given);
    return enter(request, token, returnPath(origin, to));
  };

  async function enter(request: Request, token: CheckedToken, to: string | undefined): Promise<Answer> {
    const signedIn = await database.write(async (tx) => {
      const secret = signInSecret(origin, request);
      if (token.nonce !== undefined) {
        const back = { provider: 'sso', state: token.nonce, browsers: [secret] };
        if (!(await takeAttempt(tx, back))) throw new AppError('sso.foreign', words.foreign, { status: 400 });
      }
      await useToken(tx, sso!, token);
      const before = await findPending(tx.db, secret, tx.now);
      const { reader, isNew, isConnected } = await readerOfPerson(tx, token.person);
      const device = deviceOf(request.headers['user-agent']);
      if (isConnected) await tellWayAdded(tx, { reader, what: sso!.name, device, paper });
      const begun = await signIn(tx, origin, request, { reader, isNew, method: 'sso' });
      return { begun, before: to === undefined ? before : { to } };
    });
    return answerSignedIn(context, options, request, signedIn);
  }

  return [
    {
      method: 'GET',
      path: ssoPath,
      name: 'sign-in-sso',
      who: 'anyone',
      proof: 'none',
      handle: telling(bring),
    },
    {
      method: 'POST',
      path: ssoPath,
      name: 'sign-in-sso-press',
      who: 'anyone',
      proof: 'same-origin',
      bodyLimit: 16 * 1024,
      handle: telling(press),
    },
  ];
}
