import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { matches } from './files.ts';
import { Limiter, networkOf } from './limits.ts';
import { pageKey } from './page-key.ts';
import { plainBody, type Encoding, type PageStore, type StoredPage } from './page-store.ts';
import { requireSameOrigin } from './proof.ts';
import { checkRoutes, type Answer, type Method, type Request, type Route } from './route-table.ts';
import { securityHeaders } from './security-headers.ts';

export interface ServerParts {
  readonly routes: readonly Route[];
  readonly store: PageStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Public address of the site, without a slash at the end. */
  readonly origin: string;
  readonly countryHeader?: string;
  /** As Fastify's trustProxy: addresses, networks, or 'loopback'. */
  readonly trustedProxies: string;
  /** The page for an error, or for an address where nothing is. */
  errorAnswer(error: AppError, request: Request): Promise<Answer> | Answer;
  /** Whether a request is signed in, so that the shared page is not for it. */
  isPersonal?(request: IncomingMessage): boolean;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  /** @returns the port. @throws AppError `server.port-taken`, `server.cannot-listen` */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more, lets what runs finish, and cuts what does not in time. */
  close(): Promise<void>;
}

const bodyLimit = 64 * 1024;
const closeDeadline = 8_000;

/** Everything that is asked of the site comes in here; see docs/architecture.md. */
export function createServer(parts: ServerParts): HttpServer {
  checkRoutes(parts.routes);
  const { store, log } = parts;
  const security = securityHeaders(parts.origin.startsWith('https:'));
  const countryHeader = parts.countryHeader?.toLowerCase();
  const vary = [
    'Accept-Encoding',
    'Cookie',
    'Save-Data',
    ...(countryHeader ? [parts.countryHeader!] : []),
  ].join(', ');
  const limiter = new Limiter({ clock: parts.clock, burst: 30, perMinute: 30 });
  let server: Server | undefined;

  /** Answers from the store before any routing. @returns false when it is not there */
  function answerStored(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const stored = store.get(keyOf(request));
    if (stored === undefined || parts.isPersonal?.(request)) return false;
    sendStored(request, response, stored);
    return true;
  }

  function keyOf(request: IncomingMessage): string {
    return pageKey(request.url!, countryOf(request), request.headers['save-data'] === 'on');
  }

  function countryOf(request: IncomingMessage): string | undefined {
    if (countryHeader === undefined) return undefined;
    const value = request.headers[countryHeader];
    return typeof value === 'string' && /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : undefined;
  }

  function sendStored(request: IncomingMessage, response: ServerResponse, stored: StoredPage): void {
    if (
      request.headers['if-none-match'] !== undefined &&
      matches(request.headers['if-none-match'], stored.etag)
    ) {
      response.writeHead(304, headersOf(stored, 'not-modified', undefined)).end();
      return;
    }
    const encoding = encodingOf(request.headers['accept-encoding']);
    const body = encoding === 'br' ? stored.brotli : encoding === 'gzip' ? stored.gzip : plainBody(stored);
    response.writeHead(stored.status, headersOf(stored, encoding, body.length));
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** Raw header pairs, made once for each page and encoding. */
  function headersOf(
    stored: StoredPage,
    kind: Encoding | 'not-modified',
    length: number | undefined,
  ): string[] {
    const known = stored.headers.get(kind);
    if (known) return known;
    const pairs: [string, string][] = security.map(([name, value]) => [name, value]);
    pairs.push(['Cache-Control', 'no-cache'], ['Vary', vary], ['ETag', stored.etag]);
    if (kind !== 'not-modified') {
      pairs.push(['Content-Type', stored.type], ['Content-Length', String(length)]);
      if (kind !== 'identity') pairs.push(['Content-Encoding', kind]);
      for (const [name, value] of Object.entries(stored.extraHeaders)) pairs.push([name, value]);
    }
    const headers = pairs.flat();
    stored.headers.set(kind, headers);
    return headers;
  }

  const app = Fastify({
    // pino's own types are narrower than Fastify's option; the log of the house is one for all.
    loggerInstance: log,
    disableRequestLogging: true,
    trustProxy:
      parts.trustedProxies === '' ? false : parts.trustedProxies.split(',').map((each) => each.trim()),
    bodyLimit,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: false },
    serverFactory: (handler) => {
      server = createHttpServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000 }, (request, response) => {
        if (!answerStored(request, response)) handler(request, response);
      });
      return server;
    },
  }) as unknown as FastifyInstance;

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)));
    },
  );

  function requestOf(request: FastifyRequest): Request {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const url = new URL(request.raw.url!.replace(/^\/+/, '/'), parts.origin);
    return {
      method: request.method as Method,
      url,
      params: request.params as Record<string, string>,
      query: url.searchParams,
      headers: request.headers,
      body: request.body,
      country: countryOf(request.raw),
      ip: request.ip,
      saveData: request.headers['save-data'] === 'on',
      signal: gone.signal,
    };
  }

  function send(reply: FastifyReply, answer: Answer): FastifyReply {
    reply.code(answer.status);
    for (const [name, value] of security) reply.header(name, value);
    reply.header('cache-control', answer.noStore ? 'no-store' : 'no-cache').header('vary', vary);
    if (answer.body !== '' || answer.status === 200) reply.header('content-type', answer.type);
    for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
    return reply.send(answer.body);
  }

  async function sendError(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const known = asAppError(error);
    if (known.status >= 500 && known.status !== 503)
      log.error({ err: error, url: request.routeOptions.url }, 'a request failed');
    if (known.code === 'request.too-many') reply.header('retry-after', known.fields.seconds ?? '60');
    return send(reply, await parts.errorAnswer(known, requestOf(request)));
  }

  for (const route of parts.routes) {
    app.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: route.method === 'GET',
      bodyLimit: route.bodyLimit ?? bodyLimit,
      handler: async (raw, reply) => {
        const request = requestOf(raw);
        if (route.stored && !parts.isPersonal?.(raw.raw)) {
          const made = await store.getOrRender(keyOf(raw.raw), async () => route.handle(request));
          if (!('brotli' in made)) return send(reply, made);
          reply.hijack();
          sendStored(raw.raw, reply.raw, made);
          return reply;
        }
        if (route.method !== 'GET') await prove(route, request);
        return send(reply, await route.handle(request));
      },
    });
  }
  refuseOtherMethods(app, parts.routes);

  async function prove(route: Route, request: Request): Promise<void> {
    const wait = limiter.take(networkOf(request.ip));
    if (wait > 0) {
      const seconds = String(Math.ceil(wait / 1000));
      throw new AppError('request.too-many', `That was a lot at once. Try again in ${seconds} seconds.`, {
        status: 429,
        fields: { seconds },
      });
    }
    if (route.proof === 'same-origin') requireSameOrigin(request.headers, parts.origin);
    else await route.prove!(request);
  }

  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) =>
    sendError(
      new AppError('page.not-found', 'There is no page at this address.', { status: 404 }),
      request,
      reply,
    ),
  );

  return {
    app,
    async listen(port, host) {
      await app.ready();
      return new Promise((resolve, reject) => {
        server!.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
        server!.listen(port, host, () => resolve((server!.address() as { port: number }).port));
      });
    },
    async close() {
      const timer = setTimeout(() => server!.closeAllConnections(), closeDeadline);
      await new Promise<void>((resolve) => {
        if (!server!.listening) return resolve();
        server!.close(() => resolve());
        server!.closeIdleConnections();
      });
      clearTimeout(timer);
      await app.close();
    },
  };
}

/** Every path of the table answers 405 to the methods that it does not have (RFC 9110, section 15.5.6). */
function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of routes) {
    const known = methods.get(path) ?? new Set<string>();
    known.add(method);
    if (method === 'GET') known.add('HEAD');
    methods.set(path, known);
  }
  for (const [path, known] of methods) {
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (method) => !known.has(method),
    );
    app.route({
      method: others,
      url: path,
      exposeHeadRoute: false,
      handler: async (_request, reply) => {
        reply.header('allow', [...known].join(', '));
        throw new AppError('request.method-not-allowed', 'This address does not take that kind of request.', {
          status: 405,
        });
      },
    });
  }
}

function encodingOf(header: string | string[] | undefined): Encoding {
  if (typeof header !== 'string') return 'identity';
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(header)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(header) ? 'gzip' : 'identity';
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413)
    return new AppError('request.too-large', 'That is more than this page takes.', { status: 413 });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('request.malformed', 'This request could not be read.', {
      status: statusCode,
      cause: code,
    });
  }
  return new AppError('internal', 'Something went wrong on our side. Try again in a moment.', {
    status: 500,
    cause: error,
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): AppError {
  if (error.code === 'EADDRINUSE') {
    return new AppError(
      'server.port-taken',
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
      { cause: error },
    );
  }
  return new AppError(
    'server.cannot-listen',
    `Cannot listen on port ${port} (${error.code}). Set HOST and PORT.`,
    {
      cause: error,
    },
  );
}
