import { newSecret } from '../sessions/session.ts';
import type { Client } from './clients.ts';
import type { Provider } from './provider.ts';

/** What one sets out with to a provider. */
export interface Start {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
  readonly to: URL;
}

/** Where a provider sends browsers back to. @param origin of the site */
export function backAddress(origin: string, { id }: Pick<Provider, 'id'>): string {
  return `${origin}/sign-in/with/${id}/back`;
}

/** The address at which a provider asks who one is (OpenID Connect Core 1.0, section 3.1.2.1). */
export async function startAt(
  provider: Provider,
  { library, client }: Client,
  origin: string,
): Promise<Start> {
  const state = newSecret();
  const nonce = newSecret();
  const verifier = library.randomPKCECodeVerifier();
  const to = library.buildAuthorizationUrl(client, {
    redirect_uri: backAddress(origin, provider),
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await library.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(provider.isFormPost ? { response_mode: 'form_post' } : {}),
  });
  return { state, nonce, verifier, to };
}
