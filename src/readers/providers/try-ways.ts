import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { messageOf } from '../../platform/errors.ts';
import { fetchThrough, openOutbound, type OutboundFetch } from '../../platform/http/outbound-fetch.ts';
import { ssoOf } from '../sso/sso.ts';
import { providerClients } from './clients.ts';
import { providersOf } from './provider.ts';

/** Somebody who says who readers are, and what stands in the way of asking them. */
export interface WayTried {
  readonly name: string;
  /** Where it was asked. */
  readonly address: string;
  readonly problem: string | undefined;
}

/** Ask each provider, and the publisher's login for its keys, as signing in would; for the operator. */
export async function tryWays(config: Config, clock: Clock): Promise<WayTried[]> {
  const ask = fetchThrough(openOutbound(config));
  const clientOf = providerClients({ clock, fetch: ask });
  const tried = providersOf(config, clock).map((provider) =>
    attempt(provider.name, provider.issuer, () => clientOf(provider)),
  );
  const sso = ssoOf(config);
  if (sso && 'url' in sso.keys) {
    const { url } = sso.keys;
    tried.push(attempt(sso.name, url, () => askForKeys(url, ask)));
  }
  return Promise.all(tried);
}

async function attempt(name: string, address: string, work: () => Promise<unknown>): Promise<WayTried> {
  try {
    await work();
    return { name, address, problem: undefined };
  } catch (error) {
    return { name, address, problem: messageOf(causeOf(error)) };
  }
}

async function askForKeys(url: string, ask: OutboundFetch): Promise<void> {
  const answer = await ask(url, {});
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  const { keys } = (await answer.json()) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('there are no keys in what it answers');
}

/** What is told to readers leaves out why. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;
}
