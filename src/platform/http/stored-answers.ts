import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingOf, type Encoding } from './encoding.ts';
import { matches } from './files.ts';
import { plainBody, type StoredPage } from './page-store.ts';

type HeaderPairs = readonly (readonly [name: string, value: string])[];

/**
 * Sends pages of the store: in the encoding that the client takes, or as not modified.
 * @param common headers that every answer carries
 */
export function storedSender(
  common: HeaderPairs,
): (request: IncomingMessage, response: ServerResponse, stored: StoredPage) => void {
  /** Raw header pairs, made once for each page and encoding. */
  function headersOf(stored: StoredPage, kind: Encoding | 'not-modified', length?: number): string[] {
    const known = stored.headers.get(kind);
    if (known) return known;
    const pairs = [...common, ['Cache-Control', 'no-cache'] as const, ['ETag', stored.etag] as const];
    if (kind !== 'not-modified') {
      pairs.push(['Content-Type', stored.type], ['Content-Length', String(length)]);
      if (kind !== 'identity') pairs.push(['Content-Encoding', kind]);
      pairs.push(...Object.entries(stored.extraHeaders));
    }
    const headers = pairs.flat();
    stored.headers.set(kind, headers);
    return headers;
  }

  return (request, response, stored) => {
    if (matches(request.headers['if-none-match'], stored.etag)) {
      response.writeHead(304, headersOf(stored, 'not-modified')).end();
      return;
    }
    const encoding = encodingOf(request.headers['accept-encoding']);
    const body = encoding === 'br' ? stored.brotli : encoding === 'gzip' ? stored.gzip : plainBody(stored);
    response.writeHead(stored.status, headersOf(stored, encoding, body.length));
    if (request.method === 'HEAD') response.end();
    else response.end(body, 'latin1');
  };
}
