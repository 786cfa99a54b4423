import type { ClientAuth } from 'openid-client';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { providersText as words } from './text.ts';

/** What a provider says of somebody in an ID token (OpenID Connect Core 1.0, section 5.1). */
export type Claims = Readonly<Record<string, unknown>>;

/** Somebody else with whom readers have an account, and who says who they are. */
export interface Provider {
  /** As it stands in addresses: `oidc`, `google`, `apple`. */
  readonly id: string;
  /** What readers call it. */
  readonly name: string;
  /** Address that its metadata is found below, and that its tokens name. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Whether it answers with a form that its own page sends to ours (OAuth 2.0 Form Post Response Mode). */
  readonly isFormPost: boolean;
  /** Whether it answers for the mail address being this person's now. */
  vouches(claims: Claims): boolean;
  /** How the site shows to be itself. @param library openid-client, which is loaded when it is needed */
  authenticate(library: typeof import('openid-client')): ClientAuth;
}

/** The providers that are set. */
export function providersOf(config: Config, clock: Clock): Provider[] {
  return [googleOf(config), appleOf(config, clock), openIdOf(config)].filter((each) => each !== undefined);
}

/** `email_verified` is a boolean; Apple has sent it as a word. */
export function isVerified(claims: Claims): boolean {
  return claims.email_verified === true || claims.email_verified === 'true';
}

function openIdOf(config: Config): Provider | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: secret } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  return {
    id: 'oidc',
    name: config.OIDC_NAME,
    issuer,
    clientId,
    scope: 'openid email',
    isFormPost: false,
    vouches: isVerified,
    authenticate: (library) => (secret === undefined ? library.None() : secretAuth(library, secret)),
  };
}

function googleOf({
  GOOGLE_CLIENT_ID: clientId,
  GOOGLE_CLIENT_SECRET: secret,
}: Config): Provider | undefined {
  if (clientId === undefined || secret === undefined) return undefined;
  return {
    id: 'google',
    name: words.google,
    issuer: 'https://accounts.google.com',
    clientId,
    scope: 'openid email',
    isFormPost: false,
    vouches: googleVouches,
    authenticate: (library) => secretAuth(library, secret),
  };
}

/**
 * Google checked other hosts' addresses when the account was made, and they may have another owner since; it answers
 * for its own, and for those of organisations that it keeps the mail of.
 * https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function googleVouches(claims: Claims): boolean {
  const isOwn = /@(?:gmail|googlemail)\.com$/i.test(String(claims.email));
  return isVerified(claims) && (isOwn || typeof claims.hd === 'string');
}

function appleOf(config: Config, clock: Clock): Provider | undefined {
  const { APPLE_CLIENT_ID: clientId, APPLE_TEAM_ID: team, APPLE_KEY_ID: keyId, APPLE_KEY: key } = config;
  if (clientId === undefined || team === undefined || keyId === undefined || key === undefined)
    return undefined;
  const issuer = 'https://appleid.apple.com';
  return {
    id: 'apple',
    name: words.apple,
    issuer,
    clientId,
    scope: 'openid email',
    isFormPost: true,
    vouches: isVerified,
    authenticate: (library) => async (server, client, body, headers) => {
      const secret = await appleSecret({ issuer, clientId, team, keyId, key, now: clock.now() });
      await library.ClientSecretPost(secret)(server, client, body, headers);
    },
  };
}

/**
 * Apple takes as secret a token that is signed with the key it gave.
 * https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
 * @param parts.now milliseconds UTC
 */
export async function appleSecret(parts: {
  readonly issuer: string;
  readonly clientId: string;
  readonly team: string;
  readonly keyId: string;
  readonly key: string;
  readonly now: number;
}): Promise<string> {
  const { SignJWT, importPKCS8 } = await import('jose');
  const seconds = Math.floor(parts.now / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: parts.keyId })
    .setIssuer(parts.team)
    .setSubject(parts.clientId)
    .setAudience(parts.issuer)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(await importPKCS8(parts.key, 'ES256'));
}

/** In the header, which is what every provider takes unless it says otherwise (OpenID Connect Discovery 1.0, section 3). */
function secretAuth(library: typeof import('openid-client'), secret: string): ClientAuth {
  return (server, client, body, headers) => {
    const known = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const auth = known.includes('client_secret_basic') ? library.ClientSecretBasic : library.ClientSecretPost;
    return auth(secret)(server, client, body, headers);
  };
}
