import type { DomainContext } from '../../site/context.ts';
import { ssoOf, type Sso } from '../sso/sso.ts';
import { providersOf, type Provider } from './provider.ts';

/** Somebody else who says who one is: a provider, or the publisher's own login. */
export type Way = Provider | (Sso & { readonly loginUrl: string });

/** What the settings offer, in the order of the buttons. */
export function waysOf({ config, clock }: Pick<DomainContext, 'config' | 'clock'>): Way[] {
  const sso = ssoOf(config);
  const own = sso?.loginUrl === undefined ? [] : [{ ...sso, loginUrl: sso.loginUrl }];
  return [...own, ...providersOf(config, clock)];
}
