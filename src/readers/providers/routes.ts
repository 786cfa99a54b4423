import { redirect } from '../../platform/http/answers.ts';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { fetchThrough, openOutbound } from '../../platform/http/outbound-fetch.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { said } from '../account/said.ts';
import type { ReadersOptions } from '../options.ts';
import { deviceOf } from '../sessions/device.ts';
import { answerSignedIn, signIn } from '../sign-in/finish.ts';
import { findPending, keepPending, setSignInCookie, signInSecret } from '../sign-in/pending.ts';
import { returnPath } from '../sign-in/return-path.ts';
import { startAtLogin } from '../sso/sso.ts';
import { tellWayAdded } from '../tell-way-added.ts';
import { isAttempt, keepAttempt, takeAttempt } from './attempts.ts';
import { providerClients } from './clients.ts';
import { personComingBack } from './come-back.ts';
import { connectLogin, readerOfPerson, removeLogin, type Person } from './logins.ts';
import { goingPage, troublePage } from './pages.ts';
import type { Provider } from './provider.ts';
import { startAt } from './start.ts';
import { providersText as words } from './text.ts';
import { waysOf, type Way } from './ways.ts';

type Handler = (request: Request) => Promise<Answer>;

/** What the provider says when the reader has thought better of it (OAuth 2.0, section 4.1.2.1, and Apple's own). */
const declined = new Set([
  'access_denied',
  'user_cancelled_authorize',
  'login_required',
  'interaction_required',
]);

/** Signing in with an account elsewhere. @param ways for tests; what the settings offer when left out */
export function providerRoutes(
  context: DomainContext,
  options: ReadersOptions,
  ways: readonly Way[] = waysOf(context),
): Route[] {
  const { database, config, clock, log, site: paper } = context;
  const { origin } = config;
  const clientOf = providerClients({ clock, fetch: fetchThrough(openOutbound(config)) });

  const wayOf = ({ params }: Request): Way => {
    const way = ways.find(({ id }) => id === params.way);
    if (!way) throw new AppError('provider.not-found', words.notFound, { status: 404 });
    return way;
  };
  const providerOf = (request: Request): Provider => {
    const way = wayOf(request);
    if ('loginUrl' in way) throw new AppError('provider.not-found', words.notFound, { status: 404 });
    return way;
  };
  /** What goes wrong with another site is told on a page with a way on. */
  const telling =
    (handle: Handler): Handler =>
    async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'provider.not-found') throw error;
        if (error.cause !== undefined) log.warn({ ...causesOf(error), way: request.params.way }, error.code);
        return troublePage(context, request, error);
      }
    };

  const startOf = async (way: Way) =>
    'loginUrl' in way ? startAtLogin(way, origin) : startAt(way, await clientOf(way), origin);

  const start: Handler = async (request) => {
    const way = wayOf(request);
    const { to: target, ...going } = await startOf(way);
    const { to } = (request.body ?? {}) as { to?: unknown };
    const secret = await database.write(async (tx) => {
      const before = await findPending(tx.db, signInSecret(origin, request), tx.now);
      const browser = await keepPending(tx, {
        secret: signInSecret(origin, request),
        to: before && (before.intent !== undefined || to === undefined) ? before.to : returnPath(origin, to),
      });
      await keepAttempt(tx, { ...going, provider: way.id, browser, readerId: undefined });
      return browser;
    });
    const cookies = [setSignInCookie(origin, secret)];
    return goingPage(context, request, { name: way.name, to: target, cookies });
  };

  const connect: Handler = async (request) => {
    const provider = providerOf(request);
    const { to, ...going } = await startAt(provider, await clientOf(provider), origin);
    const { id, session } = request.identity!;
    await database.write((tx) =>
      keepAttempt(tx, { ...going, provider: provider.id, browser: session.id, readerId: id }),
    );
    return goingPage(context, request, { name: provider.name, to, cookies: [] });
  };

  const comeBack: Handler = async (request) => {
    const provider = providerOf(request);
    const state = request.query.get('state') ?? '';
    const secret = signInSecret(origin, request);
    const attempt = await database.write((tx) =>
      takeAttempt(tx, {
        provider: provider.id,
        state,
        browsers: [secret, request.identity?.session.id],
      }),
    );
    if (!attempt) throw new AppError('provider.foreign', words.foreign, { status: 400 });
    if (declined.has(request.query.get('error') ?? ''))
      return redirect(attempt.readerId === undefined ? '/sign-in' : '/account', 303, { noStore: true });
    const client = await clientOf(provider);
    const { query } = request;
    const person = await personComingBack(provider, client, { attempt, state, query, origin });
    return attempt.readerId === undefined
      ? enter(request, provider, person)
      : join(request, { reader: attempt.readerId, what: provider.name, person });
  };
  const tellAdded = (tx: Transaction, { headers }: Request, added: { reader: string; what: string }) =>
    tellWayAdded(tx, { ...added, device: deviceOf(headers['user-agent']), paper });

  async function enter(request: Request, provider: Provider, person: Person): Promise<Answer> {
    const signedIn = await database.write(async (tx) => {
      const before = await findPending(tx.db, signInSecret(origin, request), tx.now);
      const { reader, isNew, isConnected } = await readerOfPerson(tx, person);
      if (isConnected) await tellAdded(tx, request, { reader, what: provider.name });
      return { begun: await signIn(tx, origin, request, { reader, isNew, method: provider.id }), before };
    });
    return answerSignedIn(context, options, request, signedIn);
  }

  async function join(
    request: Request,
    { person, ...added }: { readonly reader: string; readonly what: string; readonly person: Person },
  ): Promise<Answer> {
    if (request.identity?.id !== added.reader)
      throw new AppError('provider.other-reader', words.otherReader, { status: 403 });
    await database.write(async (tx) => {
      if (await connectLogin(tx, person, added.reader)) await tellAdded(tx, request, added);
    });
    return redirect('/account#logins', 303, { noStore: true, cookies: [said(origin, 'connected')] });
  }

  const remove: Handler = async (request) => {
    const login = { id: request.params.id!, reader: request.identity!.id };
    if (!(await database.write((tx) => removeLogin(tx, login))))
      throw new AppError('provider.not-found', words.notFound, { status: 404 });
    return redirect('/account#logins', 303, { noStore: true, cookies: [said(origin, 'disconnected')] });
  };

  return [
    route('POST', '/sign-in/with/:way', 'sign-in-with', telling(start)),
    route('GET', '/sign-in/with/:way/back', 'sign-in-back', telling(comeBack)),
    {
      // The form comes from the provider's page, without our cookies: it is only turned into the address above.
      ...route('POST', '/sign-in/with/:way/back', 'sign-in-back-form', async (request) => {
        const { id } = providerOf(request);
        return redirect(`/sign-in/with/${id}/back?${answerOf(request)}`, 303, { noStore: true });
      }),
      proof: 'token',
      async prove(request) {
        const state = answerOf(request).get('state') ?? '';
        if (
          !providerOf(request).isFormPost ||
          !(await isAttempt({ db: database.read, now: clock.now() }, state))
        )
          throw new AppError('provider.foreign', words.foreign, { status: 400 });
      },
    },
    route('POST', '/account/connect/:way', 'account-connect', telling(connect), 'reader'),
    route('POST', '/account/logins/:id/remove', 'account-login-remove', remove, 'reader'),
  ];
}

function route(
  method: 'GET' | 'POST',
  path: string,
  name: string,
  handle: Handler,
  who: Route['who'] = 'anyone',
): Route {
  return { method, path, name, who, proof: method === 'GET' ? 'none' : 'same-origin', handle };
}

/** What a provider answers with (OpenID Connect Core 1.0, section 3.1.2.5 and RFC 9207), as an address bears it. */
function answerOf({ body }: Request): URLSearchParams {
  const given = (body ?? {}) as Record<string, unknown>;
  const kept = ['code', 'state', 'iss', 'error'].flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' && value.length <= 2000 ? [[name, value]] : [];
  });
  return new URLSearchParams(kept);
}

/** Why, for the log: names of errors, and nothing that stood in a token. */
function causesOf(error: AppError): { causes: string[] } {
  const causes: string[] = [];
  let cause: unknown = error.cause;
  while (cause instanceof Error && causes.length < 5) {
    const { code } = cause as { code?: unknown };
    causes.push(typeof code === 'string' ? `${cause.name} ${code}` : cause.name);
    ({ cause } = cause);
  }
  return { causes };
}
