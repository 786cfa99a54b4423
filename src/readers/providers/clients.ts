import type { Configuration } from 'openid-client';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { OutboundFetch } from '../../platform/http/outbound-fetch.ts';
import { once } from '../../platform/once.ts';
import type { Provider } from './provider.ts';
import { providersText as words } from './text.ts';

/** How long what a provider says of itself holds, milliseconds. */
const metadataLife = 86_400_000;

/** The library, and what it knows of a provider. */
export interface Client {
  readonly library: typeof import('openid-client');
  readonly client: Configuration;
}

/**
 * Finds out how to speak with a provider; asked once a day, and when one first needs it.
 * @returns throws AppError `provider.unreachable`
 */
export function providerClients(parts: {
  readonly clock: Clock;
  readonly fetch: OutboundFetch;
}): (provider: Provider) => Promise<Client> {
  const known = new Map<string, { readonly find: () => Promise<Client>; readonly until: number }>();
  return async (provider) => {
    const now = parts.clock.now();
    let entry = known.get(provider.id);
    if (entry === undefined || entry.until <= now) {
      entry = { find: once(() => discover(provider, parts.fetch)), until: now + metadataLife };
      known.set(provider.id, entry);
    }
    try {
      return await entry.find();
    } catch (cause) {
      throw new AppError('provider.unreachable', words.unreachable(provider.name), { status: 503, cause });
    }
  };
}

async function discover(provider: Provider, fetch: OutboundFetch): Promise<Client> {
  const library = await import('openid-client');
  const issuer = new URL(provider.issuer);
  const client = await library.discovery(
    issuer,
    provider.clientId,
    { [library.clockTolerance]: 30 },
    provider.authenticate(library),
    {
      [library.customFetch]: fetch,
      execute: [
        // The token is checked by its signature too, not by the connection alone that it came over.
        library.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [library.allowInsecureRequests] : []),
      ],
    },
  );
  return { library, client };
}
