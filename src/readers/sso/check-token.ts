import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { OutboundFetch } from '../../platform/http/outbound-fetch.ts';
import { once } from '../../platform/once.ts';
import { addressOf } from '../address-of.ts';
import type { Person } from '../providers/logins.ts';
import { isVerified } from '../providers/provider.ts';
import { hashOf } from '../sessions/session.ts';
import type { Sso } from './sso.ts';
import { ssoText as words } from './text.ts';

/** A token that holds; whether it was used before, `useToken` tells. */
export interface CheckedToken {
  readonly person: Person;
  readonly jti: string;
  /** Given when the sign-in began on this site. */
  readonly nonce: string | undefined;
  /** Milliseconds UTC. */
  readonly endsAt: number;
}

/** Kinds of signature: never a shared key where a public one is expected (RFC 8725, section 3.1). */
const algorithms = {
  url: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  shared: ['HS256', 'HS384', 'HS512'],
};
/** The longest that a token may hold, seconds. */
const mostSeconds = 600;
/** By how much the clocks of two sites may differ, seconds. */
const tolerance = 30;
/** An unknown key has the set fetched again, but not more often; milliseconds. */
const keysCooldown = 1000;

const claims = z.object({
  sub: z.string().min(1).max(255),
  jti: z.string().min(1).max(255),
  iat: z.number(),
  exp: z.number(),
  nonce: z.string().min(1).max(255).optional(),
});

/** Checks tokens; the keys are fetched when they are first needed, and when a token names one that is not known. */
export function tokenChecker(
  sso: Sso,
  parts: { readonly clock: Clock; readonly fetch: OutboundFetch },
): (token: string) => Promise<CheckedToken> {
  const keys = once(() => openKeys(sso, parts.fetch));
  return async (token) => {
    const { verify, keysOf } = await keys();
    const now = parts.clock.now();
    let failure: unknown;
    for (const key of keysOf) {
      try {
        const payload = await verify(token, key, {
          issuer: sso.issuer,
          audience: sso.audience,
          algorithms: 'url' in sso.keys ? algorithms.url : algorithms.shared,
          requiredClaims: ['iss', 'aud', 'sub', 'jti', 'iat', 'exp'],
          maxTokenAge: mostSeconds,
          clockTolerance: tolerance,
          currentDate: new Date(now),
        });
        return checked(sso, payload);
      } catch (error) {
        failure = error;
      }
    }
    if (isOutside(failure))
      throw new AppError('sso.unreachable', words.unreachable, { status: 503, cause: failure });
    throw refused(failure);
  };
}

/**
 * Use a token up: it works once, in whatever process.
 * @throws AppError `sso.used`
 */
export async function useToken(tx: Transaction, sso: Sso, token: CheckedToken): Promise<void> {
  await tx.db.deleteFrom('sso_token').where('ends_at', '<=', tx.now).execute();
  const kept = await tx.db
    .insertInto('sso_token')
    .values({ id_hash: hashOf(JSON.stringify([sso.issuer, token.jti])), ends_at: token.endsAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (kept.numInsertedOrUpdatedRows !== 1n) throw new AppError('sso.used', words.used, { status: 409 });
}

function checked(sso: Sso, payload: JWTPayload): CheckedToken {
  const { sub, jti, iat, exp, nonce } = claims.parse(payload);
  if (exp - iat > mostSeconds) throw new Error('The token holds for too long.');
  return {
    person: {
      issuer: sso.issuer,
      subject: sub,
      email: addressOf(payload.email),
      isConfirmed: isVerified(payload),
    },
    jti,
    nonce,
    endsAt: (exp + tolerance) * 1000,
  };
}

type Verify = (
  token: string,
  key: Uint8Array | JWTVerifyGetKey,
  options: JWTVerifyOptions,
) => Promise<JWTPayload>;

async function openKeys(
  { keys }: Sso,
  fetch: OutboundFetch,
): Promise<{ verify: Verify; keysOf: readonly (Uint8Array | JWTVerifyGetKey)[] }> {
  const jose = await import('jose');
  const verify: Verify = async (token, key, options) =>
    // The two kinds of key are overloads of one function.
    (
      await (typeof key === 'function'
        ? jose.jwtVerify(token, key, options)
        : jose.jwtVerify(token, key, options))
    ).payload;
  if ('shared' in keys) return { verify, keysOf: keys.shared.map((key) => new TextEncoder().encode(key)) };
  const set = jose.createRemoteJWKSet(new URL(keys.url), {
    [jose.customFetch]: fetch,
    cooldownDuration: keysCooldown,
  });
  return { verify, keysOf: [set] };
}

/** Whether it failed at asking for the keys, and not at the token. */
function isOutside(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return (
    error instanceof AppError ||
    code === 'ERR_JWKS_TIMEOUT' ||
    code === 'ERR_JOSE_GENERIC' ||
    code === 'ERR_JWKS_INVALID'
  );
}

function refused(cause: unknown): AppError {
  return new AppError('sso.refused', words.refused, { status: 400, cause });
}
