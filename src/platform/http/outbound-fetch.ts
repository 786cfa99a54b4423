import { splitList, type Config } from '../config.ts';
import { Outbound, type OutboundRequest } from './outbound.ts';

/** What libraries that know the protocols of signing in ask of `fetch`. */
export type OutboundFetch = (
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Headers | Record<string, string>;
    readonly body?: unknown;
    readonly signal?: AbortSignal | null;
  },
) => Promise<Response>;

/** Answers of these are a few kilobytes: keys, tokens, metadata. */
const mostBytes = 1_000_000;

/** The way out, as the settings allow it. */
export function openOutbound(config: Pick<Config, 'OUTBOUND_ALLOW' | 'origin'>): Outbound {
  return new Outbound({
    allow: splitList(config.OUTBOUND_ALLOW),
    userAgent: `Freesheet (+${config.origin})`,
  });
}

/** `fetch` for libraries: through the one guarded way out, and without following redirects. */
export function fetchThrough(outbound: Outbound): OutboundFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await outbound.request(url, {
      method: (method ?? 'GET') as NonNullable<OutboundRequest['method']>,
      headers: Object.fromEntries(new Headers(headers)),
      ...(typeof body === 'string' || body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal ? { signal } : {}),
      redirects: 0,
      maxBytes: mostBytes,
    });
    const isBodiless = answer.status === 204 || answer.status === 304;
    const { 'content-encoding': _, 'content-length': __, ...rest } = answer.headers;
    return new Response(isBodiless ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: rest,
    });
  };
}
