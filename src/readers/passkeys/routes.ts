import { json, redirect } from '../../platform/http/answers.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { said, type Said } from '../account/said.ts';
import type { ReadersOptions } from '../options.ts';
import { troublePage } from '../providers/pages.ts';
import { deviceOf } from '../sessions/device.ts';
import { answerSignedIn, signIn } from '../sign-in/finish.ts';
import { findPending, keepPending, setSignInCookie, signInSecret } from '../sign-in/pending.ts';
import { returnPath } from '../sign-in/return-path.ts';
import { tellWayAdded } from '../tell-way-added.ts';
import { addPasskey } from './add-passkey.ts';
import { challengeLife, giveChallenge, takeChallenge } from './challenges.ts';
import { notePasskeyUse, removePasskey, renamePasskey } from './change-passkey.ts';
import {
  challengeOf,
  checkAuthentication,
  checkRegistration,
  passkeySite,
  readAuthentication,
  readRegistration,
} from './check-passkey.ts';
import { longestName, passkeyName } from './passkey.ts';
import { findPasskey, findPasskeys } from './passkeys.ts';
import { passkeysText as words } from './text.ts';

type Handler = (request: Request) => Promise<Answer>;

/** Signing in with what one's device knows, and keeping which devices may. */
export function passkeyRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  const { database, config, log, site: paper } = context;
  const { origin } = config;
  const site = passkeySite(origin);
  /** Of the options that browsers take (Web Authentication Level 3, sections 5.4 and 5.5), the same for both. */
  const common = { timeout: challengeLife / 2, userVerification: 'required' };

  const telling =
    (handle: Handler): Handler =>
    async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        if (!(error instanceof AppError) || !error.code.startsWith('passkey.')) throw error;
        const { cause } = error;
        if (cause !== undefined) log.info({ why: cause instanceof Error ? cause.name : '' }, error.code);
        return troublePage(context, request, error);
      }
    };

  const challengeToSignIn: Handler = async (request) => {
    const { to } = (request.body ?? {}) as { to?: unknown };
    const given = await database.write(async (tx) => {
      const known = signInSecret(origin, request);
      const before = await findPending(tx.db, known, tx.now);
      const isKnown = before !== undefined && (before.intent !== undefined || !to);
      const secret = isKnown ? known! : await keepPending(tx, { secret: known, to: returnPath(origin, to) });
      return { secret, challenge: await giveChallenge(tx, { kind: 'sign-in', browser: secret }) };
    });
    const { secret, challenge } = given;
    return json(
      { ...common, challenge, rpId: site.host, allowCredentials: [] },
      { noStore: true, cookies: [setSignInCookie(origin, secret)] },
    );
  };

  const enter: Handler = async (request) => {
    const given = readAuthentication((request.body as { credential?: unknown } | undefined)?.credential);
    const challenge = challengeOf(given);
    const browser = signInSecret(origin, request);
    const passkey = await database.write(async (tx) => {
      if (!(await takeChallenge(tx, { kind: 'sign-in', browser, challenge }))) throw ended();
      return findPasskey(tx.db, given.id);
    });
    if (!passkey) throw new AppError('passkey.unknown', words.unknown, { status: 403 });
    const counter = await checkAuthentication(given, passkey, { ...site, challenge });
    const signedIn = await database.write(async (tx) => {
      const before = await findPending(tx.db, browser, tx.now);
      if (!(await notePasskeyUse(tx, passkey, counter))) throw ended();
      const who = { reader: passkey.readerId, isNew: false, method: 'passkey' };
      return { begun: await signIn(tx, origin, request, who), before };
    });
    return answerSignedIn(context, options, request, signedIn);
  };

  const challengeToAdd: Handler = async (request) => {
    const { id, reader, session } = request.identity!;
    const challenge = await database.write((tx) => giveChallenge(tx, { kind: 'add', browser: session.id }));
    const known = await findPasskeys(database.read, id);
    return json(
      {
        timeout: common.timeout,
        challenge,
        rp: { id: site.host, name: paper.name },
        user: {
          id: Buffer.from(id).toString('base64url'),
          name: reader.email ?? reader.name,
          displayName: reader.name || (reader.email ?? ''),
        },
        // ES256, and RS256 for older Windows: what the library checks.
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        excludeCredentials: known.map(({ credentialId, transports }) => ({
          type: 'public-key',
          id: credentialId,
          transports,
        })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: common.userVerification,
        },
        attestation: 'none',
      },
      { noStore: true },
    );
  };

  const add: Handler = async (request) => {
    const { credential, name } = (request.body ?? {}) as { credential?: unknown; name?: unknown };
    const { id, session } = request.identity!;
    const given = readRegistration(credential);
    const challenge = challengeOf(given);
    const isOurs = await database.write((tx) =>
      takeChallenge(tx, { kind: 'add', browser: session.id, challenge }),
    );
    if (!isOurs) throw ended();
    const made = await checkRegistration(given, { ...site, challenge });
    const device = deviceOf(request.headers['user-agent']);
    const called = passkeyName(name) ?? passkeyName(made.name) ?? device;
    await database.write(async (tx) => {
      await addPasskey(tx, { ...made, name: called, readerId: id });
      await tellWayAdded(tx, { reader: id, what: called, device, paper });
    });
    return back('passkey-added');
  };

  const rename: Handler = async (request) => {
    const name = passkeyName((request.body as { name?: unknown } | undefined)?.name);
    if (name === undefined)
      throw new AppError('passkey.nameless', words.account.nameless(longestName), { status: 422 });
    const which = { id: request.params.id!, reader: request.identity!.id };
    if (!(await database.write((tx) => renamePasskey(tx, which, name)))) throw notFound();
    return back('saved');
  };

  const remove: Handler = async (request) => {
    const which = { id: request.params.id!, reader: request.identity!.id };
    if (!(await database.write((tx) => removePasskey(tx, which)))) throw notFound();
    return back('passkey-removed');
  };

  const back = (what: Said) =>
    redirect('/account#passkeys', 303, { noStore: true, cookies: [said(origin, what)] });

  const write = (path: string, name: string, handle: Handler, who: Route['who'] = 'anyone'): Route => ({
    method: 'POST',
    path,
    name,
    who,
    proof: 'same-origin',
    bodyLimit: 32 * 1024,
    handle,
  });
  return [
    write('/sign-in/passkey/challenge', 'passkey-challenge', challengeToSignIn),
    write('/sign-in/passkey', 'passkey-enter', telling(enter)),
    write('/account/passkeys/challenge', 'passkey-add-challenge', challengeToAdd, 'reader'),
    write('/account/passkeys', 'passkey-add', telling(add), 'reader'),
    write('/account/passkeys/:id/rename', 'passkey-rename', telling(rename), 'reader'),
    write('/account/passkeys/:id/remove', 'passkey-remove', telling(remove), 'reader'),
  ];
}

function ended(): AppError {
  return new AppError('passkey.ended', words.ended, { status: 400 });
}

function notFound(): AppError {
  return new AppError('passkey.not-found', words.account.notFound, { status: 404 });
}
