import { splitList, type Config } from '../../platform/config.ts';
import { newSecret } from '../sessions/session.ts';
import type { Start } from '../providers/start.ts';

/** The publisher's own login, which hands readers over with a signed token. */
export interface Sso {
  readonly id: 'sso';
  /** What readers call it. */
  readonly name: string;
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** `aud` of its tokens. */
  readonly audience: string;
  /** Where its public keys are; else the keys that it shares with this site. */
  readonly keys: { readonly url: string } | { readonly shared: readonly string[] };
  /** Page to which readers are sent. */
  readonly loginUrl: string | undefined;
}

/** As the settings have it; `loadConfig` has seen that they are whole. */
export function ssoOf(config: Config): Sso | undefined {
  const { SSO_ISSUER: issuer, SSO_JWKS_URL: url } = config;
  if (issuer === undefined) return undefined;
  return {
    id: 'sso',
    name: config.SSO_NAME ?? config.PUBLISHER ?? config.NAME,
    issuer,
    audience: config.SSO_AUDIENCE ?? config.origin,
    keys: url === undefined ? { shared: splitList(config.SSO_KEYS ?? '') } : { url },
    loginUrl: config.SSO_LOGIN_URL,
  };
}

/** Where tokens are brought to. */
export const ssoPath = '/sign-in/sso';

/** The address of the publisher's login, which is to put the nonce into its token. @param origin of this site */
export function startAtLogin(sso: { readonly loginUrl: string }, origin: string): Start {
  const nonce = newSecret();
  const to = new URL(sso.loginUrl);
  to.searchParams.set('nonce', nonce);
  to.searchParams.set('return_to', `${origin}${ssoPath}`);
  return { state: nonce, nonce, verifier: '', to };
}
