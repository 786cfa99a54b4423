import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream/promises';
import {
  connect as connectTls,
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { callbackify } from 'node:util';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { AppError, messageOf } from '../errors.ts';
import { isPublicAddress } from './addresses.ts';

export interface OutboundParts {
  /** Setting OUTBOUND_ALLOW: `host:port` that may be asked although they are inside, or on another port. */
  readonly allow?: readonly string[];
  /** Says who asks, such as `Freesheet (+https://www.example.com)`. */
  readonly userAgent?: string;
  /** All addresses of a name; the system's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  /** Certificates, as PEM, that are trusted besides the usual ones. */
  readonly trust?: readonly string[];
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds for everything: names, redirects, the last byte; 10 seconds when left out. */
  readonly deadline?: number;
  /** Most bytes of the body, as sent and as decoded; 10 MB when left out. */
  readonly maxBytes?: number;
  /** Most redirects that are followed; 5 when left out, which is also the most. */
  readonly redirects?: number;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  /** Any status but a redirect that was followed: 404 and 500 are answers too. */
  readonly status: number;
  /** Names in lower case; several of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded. */
  readonly body: Buffer;
  /** Where the answer came from, after redirects. */
  readonly url: string;
}

const usualDeadline = 10_000;
const usualBytes = 10_000_000;
const mostRedirects = 5;
const usualPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** Not told to another origin than the one they were meant for. */
const privateHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * The only way out to the network. Addresses are checked when the connection is made, so a name that changes its
 * answer gains nothing; each redirect is checked as the first address was.
 */
export class Outbound {
  readonly #allow: ReadonlySet<string>;
  readonly #userAgent: string;
  readonly #resolve: NonNullable<OutboundParts['resolve']>;
  readonly #trust: { readonly secureContext?: SecureContext };

  constructor(parts: OutboundParts = {}) {
    this.#allow = new Set((parts.allow ?? []).map((each) => each.toLowerCase()));
    this.#userAgent = parts.userAgent ?? 'Freesheet';
    this.#resolve = parts.resolve ?? resolveBySystem;
    this.#trust = parts.trust
      ? { secureContext: createSecureContext({ ca: [...getCACertificates('default'), ...parts.trust] }) }
      : {};
  }

  /**
   * Ask another server.
   * @throws AppError `outbound.refused` (an address that is not asked, before anything is sent to it),
   *   `outbound.redirects`, `outbound.too-large`, `outbound.timeout`, `outbound.failed`; the signal's reason when it aborts
   */
  async request(address: string, options: OutboundRequest = {}): Promise<OutboundAnswer> {
    const late = AbortSignal.timeout(options.deadline ?? usualDeadline);
    const signal = options.signal ? AbortSignal.any([late, options.signal]) : late;
    try {
      return await this.#follow(address, options, signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      const host = URL.canParse(address) ? new URL(address).host : 'The server';
      throw asAppError(error, host, late.aborted);
    }
  }

  /**
   * A connection of one's own that stays open, over TLS: its address is looked at when it is made, as that of a request.
   * @param origin an address that begins with https://
   * @param protocols that are offered (ALPN), the best first; `alpnProtocol` says which was chosen
   * @throws AppError `outbound.refused`, `outbound.timeout`, `outbound.failed`
   */
  async connect(
    origin: string,
    {
      protocols,
      deadline = usualDeadline,
    }: { readonly protocols: readonly string[]; readonly deadline?: number },
  ): Promise<TLSSocket> {
    const url = this.#check(origin);
    if (url.protocol !== 'https:') throw refused(`${url.host} is not asked without TLS.`);
    const host = bareHost(url);
    const socket = connectTls({
      host,
      port: Number(url.port || usualPorts['https:']),
      ...(isIP(host) ? {} : { servername: host }),
      ALPNProtocols: [...protocols],
      ...this.#trust,
      lookup: this.#lookupFor(url),
    });
    const late = AbortSignal.timeout(deadline);
    try {
      await once(socket, 'secureConnect', { signal: late });
    } catch (error) {
      socket.on('error', () => {}).destroy();
      throw asAppError(error, url.host, late.aborted);
    }
    return socket;
  }

  async #follow(address: string, options: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const most = Math.min(options.redirects ?? mostRedirects, mostRedirects);
    let url = this.#check(address);
    let asked: OutboundRequest = options;
    for (let followed = 0; ; followed += 1) {
      signal.throwIfAborted();
      const response = await this.#send(url, asked, signal);
      const to = redirectStatuses.has(response.statusCode!) ? response.headers.location : undefined;
      if (to === undefined || most === 0) return readAnswer(response, url, options, signal);
      response.destroy();
      if (followed === most) {
        throw new AppError('outbound.redirects', `${url.host} redirects more than ${most} times.`, {
          status: 502,
        });
      }
      const next = this.#check(to, url);
      asked = redirected(asked, response.statusCode!, next.origin === url.origin);
      url = next;
    }
  }

  /** What can be judged without the network. A host in numbers comes out of the URL parser in its one spelling. */
  #check(address: string, base?: URL): URL {
    if (!URL.canParse(address, base)) throw refused('That is not a web address.');
    const url = new URL(address, base);
    if (!(url.protocol in usualPorts))
      throw refused('Only addresses that begin with http:// or https:// work.');
    if (base?.protocol === 'https:' && url.protocol === 'http:')
      throw refused(`${base.host} redirects from https to http, which is not followed.`);
    if (url.username !== '' || url.password !== '')
      throw refused('An address must not carry a user name or password.');
    if (this.#isAllowed(url)) return url;
    if (url.port !== '' && !Object.values(usualPorts).includes(url.port))
      throw refused(
        `Port ${url.port} is not asked. An operator can add ${url.host} to the setting OUTBOUND_ALLOW.`,
      );
    const host = bareHost(url);
    if (isIP(host) && !isPublicAddress(host)) throw refusedInside(url);
    return url;
  }

  #isAllowed(url: URL): boolean {
    return this.#allow.has(`${url.hostname}:${url.port || usualPorts[url.protocol]}`);
  }

  #send(url: URL, options: OutboundRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { body } = options;
    const headers: Record<string, string> = {
      'user-agent': this.#userAgent,
      accept: '*/*',
      ...lowerCased(options.headers ?? {}),
      // Only what is decoded below.
      'accept-encoding': 'br, gzip',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    };
    delete headers.host;
    delete headers['transfer-encoding'];
    return new Promise((resolve, reject) => {
      const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = ask({
        method: options.method ?? 'GET',
        host: bareHost(url),
        port: url.port || usualPorts[url.protocol],
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, ...headers },
        // A connection of its own: one that is kept would be used again without its address being looked at.
        agent: false,
        lookup: this.#lookupFor(url),
        ...this.#trust,
        signal,
      });
      request.once('response', resolve);
      request.on('error', reject);
      // An answer that changes the protocol ends without an error.
      request.once('close', () => reject(new Error('the connection ended without an answer')));
      request.end(body);
    });
  }

  #lookupFor(url: URL): LookupFunction {
    const addressesOf = callbackify((host: string) => this.#addressesOf(host, url));
    return (host, { all }, done) =>
      addressesOf(host, (error, found) => {
        if (error || all) done(error, found);
        else done(null, found[0]!.address, found[0]!.family);
      });
  }

  /** A name's addresses for this one connection: what is given out here is what is connected to. */
  async #addressesOf(host: string, url: URL): Promise<LookupAddress[]> {
    const found = await this.#resolve(host);
    if (found.length === 0) throw new Error(`${host} has no address`);
    // One inner address among public ones is enough to refuse: which of them is connected to is chance.
    if (!this.#isAllowed(url) && !found.every(({ address }) => isPublicAddress(address)))
      throw refusedInside(url);
    return [...found];
  }
}

function redirected(asked: OutboundRequest, status: number, isSameOrigin: boolean): OutboundRequest {
  const { method = 'GET', body, headers = {} } = asked;
  // RFC 9110, sections 15.4.2 to 15.4.4: 303 always becomes a GET, and a POST does with 301 and 302.
  const becomesGet = method !== 'HEAD' && (status === 303 || (status < 303 && method === 'POST'));
  const kept = Object.entries(headers).filter(([name]) => {
    const plain = name.toLowerCase();
    return (isSameOrigin || !privateHeaders.has(plain)) && !(becomesGet && plain.startsWith('content-'));
  });
  return {
    ...asked,
    method: becomesGet ? 'GET' : method,
    body: becomesGet ? undefined : body,
    headers: Object.fromEntries(kept),
  };
}

async function readAnswer(
  response: IncomingMessage,
  url: URL,
  options: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const most = options.maxBytes ?? usualBytes;
  const isBodiless = options.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
  if (!isBodiless && Number(response.headers['content-length'] ?? 0) > most) {
    response.destroy();
    throw tooLarge(url, most);
  }
  const chunks: Buffer[] = [];
  const decoder = isBodiless ? undefined : decoderOf(response, url);
  async function* count(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(url, most);
      yield chunk;
    }
  }
  const keep = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of count(source)) chunks.push(chunk);
  };
  // Counted before decoding too: a stream of empty compressed blocks decodes to nothing for ever.
  if (decoder) await pipeline(response, count, decoder, keep, { signal });
  else await pipeline(response, keep, { signal });
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    status: response.statusCode!,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
    url: url.href,
  };
}

function decoderOf(response: IncomingMessage, url: URL) {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return undefined;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  response.destroy();
  throw new AppError(
    'outbound.failed',
    `${url.host} sent its answer in an encoding that was not asked for.`,
    {
      status: 502,
    },
  );
}

function resolveBySystem(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });
}

function asAppError(error: unknown, host: string, isLate: boolean): AppError {
  if (error instanceof AppError) return error;
  if (isLate) {
    return new AppError('outbound.timeout', `${host} did not answer in time. Try again later.`, {
      status: 504,
      cause: error,
    });
  }
  return new AppError('outbound.failed', `${host} could not be reached: ${reasonOf(error)}`, {
    status: 502,
    cause: error,
  });
}

/** An attempt at several addresses fails with all their errors and no message of its own. */
function reasonOf(error: unknown): string {
  return messageOf(error) || String((error as NodeJS.ErrnoException).code ?? 'no connection');
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function tooLarge(url: URL, most: number): AppError {
  return new AppError(
    'outbound.too-large',
    `${url.host} sends more than ${most} bytes, the most that is taken.`,
    {
      status: 502,
    },
  );
}

function refused(message: string): AppError {
  return new AppError('outbound.refused', message);
}

function refusedInside(url: URL): AppError {
  return refused(
    `${url.host} is not in the public internet. An operator can add ${url.hostname}:${url.port || usualPorts[url.protocol]} to the setting OUTBOUND_ALLOW.`,
  );
}
