import { z } from 'zod';
import { redirect } from '../../platform/http/answers.ts';
import { AppError } from '../../platform/errors.ts';
import { networkOf } from '../../platform/http/limits.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { addressOf } from '../address-of.ts';
import type { ReadersOptions } from '../options.ts';
import { checkCode, extendCode, findLink, problemOf, useLink, type CodeProblem } from './check-code.ts';
import { codeOf, readCode } from './code.ts';
import { troublePage } from '../providers/pages.ts';
import { answerSignedIn, readerOfEmail, runWaiting, signIn } from './finish.ts';
import { codePage, elsewherePage, emailPage, endedPage, failedPage, linkPage } from './pages.ts';
import { findPending, setSignInCookie, signInSecret, type PendingSignIn } from './pending.ts';
import { returnPath } from './return-path.ts';
import { sendCode } from './send-code.ts';
import { signInText as words } from './text.ts';

type Handler = (request: Request) => Promise<Answer>;

/** Signing in by a mailed code or link, without an account and with one. */
export function signInRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  const { database, clock, site, config } = context;
  const { origin } = config;
  const secretOf = (request: Request) => signInSecret(origin, request);
  const pendingOf = (request: Request) => findPending(database.read, secretOf(request), clock.now());
  const isWaitingFor = (request: Request, pending: PendingSignIn | undefined) =>
    pending?.intent !== undefined && pending.readerId === request.identity?.id;
  const toCode = () => redirect('/sign-in/code', 303, { noStore: true });

  const show: Handler = async (request) => {
    const to = returnPath(origin, request.query.get('to') ?? '/');
    const pending = await pendingOf(request);
    if (request.identity) {
      if (isWaitingFor(request, pending)) return failedPage(context, request, { pending: pending! });
      return redirect(to, 303, { noStore: true });
    }
    const isSent = pending !== undefined && problemOf(pending, clock.now()) === undefined;
    if (isSent && !request.query.has('again')) return toCode();
    return emailPage(context, request, {
      to: request.query.has('to') ? to : (pending?.to ?? '/'),
      pending,
      choices: await options.choices?.(request),
    });
  };

  async function send(request: Request, given: string, to: string): Promise<Answer> {
    const again = async (problem: string, status: number) =>
      emailPage(context, request, {
        to,
        pending: await pendingOf(request),
        email: given,
        problem,
        status,
        choices: await options.choices?.(request),
      });
    const email = addressOf(given);
    if (email === undefined) return again(words.notAnAddress, 422);
    const sent = await database.write((tx) =>
      sendCode(tx, { secret: secretOf(request), email, network: networkOf(request.ip), to, paper: site }),
    );
    if ('wait' in sent) return again(words.wait(Math.ceil(sent.wait / 60_000)), 429);
    return { ...toCode(), cookies: [setSignInCookie(origin, sent.secret)] };
  }

  const start: Handler = (request) => {
    const { email, to } = startForm.parse(request.body);
    return send(request, email, returnPath(origin, to));
  };

  const sendAgain: Handler = async (request) => {
    const pending = await pendingOf(request);
    if (pending?.email === undefined) throw nothingBegun();
    return send(request, pending.email, pending.to);
  };

  const showCode: Handler = async (request) => {
    const pending = await pendingOf(request);
    if (pending?.email === undefined) return redirect('/sign-in', 303, { noStore: true });
    return codePage(context, request, { pending });
  };

  const tryCode: Handler = async (request) => {
    const secret = secretOf(request);
    const code = readCode((request.body as { code?: unknown } | undefined)?.code);
    const before = await pendingOf(request);
    if (before?.email === undefined) throw nothingBegun();
    if (code === undefined)
      return codePage(context, request, { pending: before, problem: words.code.six, status: 422 });
    const network = networkOf(request.ip);
    const tried = await database.write(async (tx) => {
      const checked = await checkCode(tx, { secret, code, network });
      if ('code' in checked) return checked;
      const who = await readerOfEmail(tx, checked.email!);
      return { begun: await signIn(tx, origin, request, { ...who, method: 'code' }), before: checked };
    });
    if (!('code' in tried)) return answerSignedIn(context, options, request, tried);
    const status = tried.code === 'sign-in.too-many' ? 429 : 422;
    return codePage(context, request, { pending: before, problem: problemWords(tried), status });
  };

  const extend: Handler = async (request) => {
    await database.write((tx) => extendCode(tx, secretOf(request)));
    return toCode();
  };

  /** Forget what waits, and that one was about to sign in. */
  const leave: Handler = async (request) => {
    const pending = await pendingOf(request);
    if (pending)
      await database.write(({ db }) => db.deleteFrom('sign_in').where('id', '=', pending.id).execute());
    const cookies = [setSignInCookie(origin, undefined)];
    return redirect(pending?.to ?? '/', 303, { noStore: true, cookies });
  };

  const showLink: Handler = async (request) => {
    const token = request.params.token!;
    const linked = await findLink({ db: database.read, now: clock.now() }, token);
    if (!linked) return endedPage(context, request);
    const pending = await pendingOf(request);
    if (pending?.id === linked.id) return linkPage(context, request, { token, pending });
    return elsewherePage(context, request, codeOf(token));
  };

  /** Whoever may open no account is told so in place of the step. */
  const orBarred =
    (handle: Handler): Handler =>
    async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (error instanceof AppError && error.code === 'account.barred')
          return troublePage(context, request, error);
        throw error;
      }
    };

  const pressLink: Handler = async (request) => {
    const token = request.params.token!;
    const signedIn = await database.write(async (tx) => {
      const before = await useLink(tx, { secret: secretOf(request), token });
      if (!before) return undefined;
      const who = await readerOfEmail(tx, before.email!);
      return { begun: await signIn(tx, origin, request, { ...who, method: 'link' }), before };
    });
    return signedIn ? answerSignedIn(context, options, request, signedIn) : showLink(request);
  };

  const runAgain: Handler = (request) =>
    runWaiting(context, options, request, { identity: request.identity!, otherwise: '/', isNew: false });

  const read = (path: string, name: string, handle: Handler): Route => ({
    method: 'GET',
    path,
    name,
    who: 'anyone',
    proof: 'none',
    handle,
  });
  const write = (path: string, name: string, handle: Handler, who: Route['who'] = 'anyone'): Route => ({
    method: 'POST',
    path,
    name,
    who,
    proof: 'same-origin',
    bodyLimit: 8 * 1024,
    handle,
  });
  return [
    read('/sign-in', 'sign-in', show),
    write('/sign-in', 'sign-in-send', start),
    read('/sign-in/code', 'sign-in-code', showCode),
    write('/sign-in/code', 'sign-in-code-try', orBarred(tryCode)),
    write('/sign-in/extend', 'sign-in-extend', extend),
    write('/sign-in/again', 'sign-in-again', sendAgain),
    write('/sign-in/leave', 'sign-in-leave', leave),
    write('/sign-in/waiting', 'sign-in-waiting', runAgain, 'reader'),
    read('/sign-in/link/:token', 'sign-in-link', showLink),
    write('/sign-in/link/:token', 'sign-in-link-press', orBarred(pressLink)),
  ];
}

const startForm = z.object({ email: z.string().max(400).catch(''), to: z.string().catch('/') }).catch({
  email: '',
  to: '/',
});

function problemWords(problem: CodeProblem): string {
  switch (problem.code) {
    case 'sign-in.wrong':
      return words.code.wrong(problem.left);
    case 'sign-in.used-up':
      return words.code.used;
    case 'sign-in.too-many':
      return words.code.tooMany;
    default:
      return words.code.ended;
  }
}

function nothingBegun(): AppError {
  return new AppError('sign-in.none', words.noPlace, { status: 409 });
}
