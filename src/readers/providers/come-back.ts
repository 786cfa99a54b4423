import { AppError } from '../../platform/errors.ts';
import { addressOf } from '../address-of.ts';
import type { Attempt } from './attempts.ts';
import type { Client } from './clients.ts';
import type { Person } from './logins.ts';
import type { Claims, Provider } from './provider.ts';
import { backAddress } from './start.ts';
import { providersText as words } from './text.ts';

/**
 * What a provider says of whoever came back: state, nonce, issuer, audience, signature and times of its token are
 * checked, and that the code belongs to who set out (PKCE).
 * @param back.query of the way back
 * @throws AppError `provider.refused`; `outbound.*` when the provider cannot be asked
 */
export async function personComingBack(
  provider: Provider,
  { library, client }: Client,
  back: {
    readonly attempt: Attempt;
    readonly state: string;
    readonly query: URLSearchParams;
    readonly origin: string;
  },
): Promise<Person> {
  const { attempt } = back;
  const url = new URL(backAddress(back.origin, provider));
  url.search = back.query.toString();
  try {
    const tokens = await library.authorizationCodeGrant(client, url, {
      expectedState: back.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    });
    let claims: Claims = tokens.claims()!;
    const subject = String(claims.sub);
    // Some tell the address only when they are asked for it.
    if (claims.email === undefined && client.serverMetadata().userinfo_endpoint !== undefined)
      claims = { ...claims, ...(await library.fetchUserInfo(client, tokens.access_token, subject)) };
    return {
      issuer: provider.issuer,
      subject,
      email: addressOf(claims.email),
      isConfirmed: provider.vouches(claims),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('provider.refused', words.refused(provider.name), { status: 400, cause });
  }
}
