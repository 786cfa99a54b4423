import type {
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
  Server,
  ServerResponse,
} from 'node:http';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { readForms } from './forms.ts';
import { parseCookies } from './cookies.ts';
import { Limiter, networkOf } from './limits.ts';
import { createServer as createHttpServer } from './node-http.ts';
import { pageKey, withoutTracking } from './page-key.ts';
import type { PageStore } from './page-store.ts';
import { requireSameOrigin } from './proof.ts';
import { asAppError, bareErrorAnswer, listenError, refuseMalformed } from './request-errors.ts';
import {
  checkRoutes,
  type Answer,
  type Identity,
  type Method,
  type Request,
  type Route,
} from './route-table.ts';
import { securityHeaders } from './security-headers.ts';
import { storedSender } from './stored-answers.ts';

/** Tells who asks. */
export interface Identifier {
  /** Whether a request says that it is signed in, so that the shared page may not be for it; asked of each request. */
  isClaimed(headers: IncomingHttpHeaders): boolean;
  /** Whether it is so. */
  find(headers: IncomingHttpHeaders): Promise<Identity | undefined>;
}

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
  /** How it is told who asks; without it nobody is ever signed in. */
  readonly identity?: Identifier;
  /** Writes that one network or one account may make at once, and in each minute; 30 when left out. */
  readonly writeLimit?: number;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  /** @returns the port. @throws AppError `server.port-taken`, `server.cannot-listen` */
  listen(port: number, host: string): Promise<number>;
  /** Have the answer to a path made and stored, as if somebody had asked for it. @throws Error where it fails */
  warm(path: string): Promise<void>;
  /** Takes no more, lets what runs finish, and cuts what does not in time. */
  close(): Promise<void>;
}

const bodyLimit = 64 * 1024;
const closeDeadline = 8_000;
/** How often connections that have become idle are closed while the server stops, milliseconds. */
const sweepEvery = 20;
const neverGone = new AbortController().signal;

/** Everything that is asked of the site comes in here; see docs/architecture.md. */
export function createServer(parts: ServerParts): HttpServer {
  checkRoutes(parts.routes);
  const { store, log } = parts;
  const security = securityHeaders(parts.origin.startsWith('https:'));
  const ownOrigin = new URL(parts.origin);
  const countryHeader = parts.countryHeader?.toLowerCase();
  const vary = [
    'Accept-Encoding',
    'Cookie',
    'Save-Data',
    ...(countryHeader ? [parts.countryHeader!] : []),
  ].join(', ');
  const { writeLimit = 30 } = parts;
  const sendStored = storedSender([...security, ['Vary', vary]]);
  const limiter = new Limiter({ clock: parts.clock, burst: writeLimit, perMinute: writeLimit });
  let server: Server | undefined;

  /** Answers from the store before any routing. @returns false when it is not there */
  function answerStored(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const stored = store.get(keyOf(request));
    if (stored === undefined || parts.identity?.isClaimed(request.headers)) return false;
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

  const app = Fastify({
    // pino's own types are narrower than Fastify's option; the log of the house is one for all.
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy:
      parts.trustedProxies === '' ? false : parts.trustedProxies.split(',').map((each) => each.trim()),
    bodyLimit,
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    clientErrorHandler: refuseMalformed(security),
    serverFactory: (handler) => {
      const options = {
        keepAliveTimeout: 65_000,
        headersTimeout: 20_000,
        requestTimeout: 30_000,
        // Nobody reads the body of a request that has none; to do without is a twentieth of a stored page's work.
        optimizeEmptyRequests: true,
      };
      server = createHttpServer(options, (request, response) => {
        if (!answerStored(request, response)) handler(request, response);
      });
      return server;
    },
  }) as unknown as FastifyInstance;

  readForms(app);

  /** @param options.isShared whether the answer is for others too: it knows neither who asks, nor where one came from, nor when one leaves */
  function requestOf(
    request: FastifyRequest,
    reply: FastifyReply,
    { isShared = false, identity }: { isShared?: boolean; identity?: Identity | undefined } = {},
  ): Request {
    const { raw } = request;
    const url = urlOf(isShared ? withoutTracking(raw.url!) : raw.url!, ownOrigin);
    let signal = isShared ? neverGone : undefined;
    let cookies: Readonly<Record<string, string>> | undefined;
    return {
      method: raw.method as Method,
      url,
      target: raw.url!,
      params: request.params as Record<string, string>,
      query: url.searchParams,
      headers: raw.headers,
      identity,
      get cookies() {
        return (cookies ??= parseCookies(isShared ? undefined : raw.headers.cookie));
      },
      body: request.body,
      country: countryOf(raw),
      ip: request.ip,
      saveData: raw.headers['save-data'] === 'on',
      get signal() {
        return (signal ??= goneSignal(reply.raw));
      },
    };
  }

  /** Requests of those who are signed in: no cache that others share may keep the answer. */
  const isPersonal = new WeakSet<FastifyRequest>();

  async function identify(request: FastifyRequest): Promise<Identity | undefined> {
    if (!parts.identity?.isClaimed(request.raw.headers)) return undefined;
    const identity = await parts.identity.find(request.raw.headers);
    if (identity) isPersonal.add(request);
    return identity;
  }

  function send(reply: FastifyReply, answer: Answer): FastifyReply {
    const { body } = answer;
    reply.code(answer.status);
    for (const [name, value] of security) reply.header(name, value);
    const forOthers = isPersonal.has(reply.request) ? 'private, no-cache' : 'no-cache';
    reply.header('cache-control', answer.noStore ? 'no-store' : forOthers).header('vary', vary);
    if (answer.cookies && answer.cookies.length > 0) reply.header('set-cookie', answer.cookies);
    if (body !== '' || answer.status === 200) reply.header('content-type', answer.type);
    for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
    if (reply.request.method === 'HEAD') {
      // Fastify would read a stream to its end.
      if (typeof body !== 'string' && !Buffer.isBuffer(body)) body.destroy();
      else if (body !== '') reply.header('content-length', String(Buffer.byteLength(body)));
      return reply.send('');
    }
    if (!answer.take) return reply.send(body);
    reply.hijack();
    // Ends with the connection: what is written goes out as it is, without the frame of a chunk around it.
    reply.raw.removeHeader('transfer-encoding');
    reply.raw.writeHead(answer.status, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      connection: 'close',
    });
    answer.take(reply.raw);
    return reply;
  }

  async function sendError(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const known = asAppError(error);
    const fault = { err: error, url: request.routeOptions.url };
    if (known.status >= 500 && known.status !== 503) log.error(fault, 'a request failed');
    const { seconds } = known.fields;
    if (seconds !== undefined) reply.header('retry-after', seconds);
    try {
      const identity = await identify(request);
      return send(reply, await parts.errorAnswer(known, requestOf(request, reply, { identity })));
    } catch (second) {
      log.error({ ...fault, err: second }, 'the page that tells of an error failed');
      return send(reply, bareErrorAnswer(known));
    }
  }

  for (const route of parts.routes) {
    const { perMinute } = route;
    const ownLimiter =
      perMinute === undefined ? limiter : new Limiter({ clock: parts.clock, burst: perMinute, perMinute });
    app.route({
      method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
      url: route.path,
      exposeHeadRoute: false,
      bodyLimit: route.bodyLimit ?? bodyLimit,
      handler: async (raw, reply) => {
        const identity = await identify(raw);
        const isShared = route.stored === true && identity === undefined;
        const request = requestOf(raw, reply, { isShared, identity });
        if (isShared) {
          const made = await store.getOrRender(
            keyOf(raw.raw),
            async () => route.handle(request),
            (error) =>
              log.error({ err: error, url: route.path }, 'a page stays as it was: it cannot be made anew'),
          );
          if (!('brotli' in made)) return send(reply, made);
          reply.hijack();
          sendStored(raw.raw, reply.raw, made);
          return reply;
        }
        if (route.method !== 'GET') await prove(route, request, ownLimiter);
        if (route.who !== 'anyone' && identity === undefined)
          throw new AppError('account.signed-out', 'Sign in first, then do this again.', { status: 401 });
        return send(reply, await route.handle(request));
      },
    });
  }
  refuseOtherMethods(app, parts.routes);

  async function prove(route: Route, request: Request, within: Limiter): Promise<void> {
    // Who has the way out of a letter got it from us, and a mail service asks for all its readers from a few addresses.
    if (route.proof === 'one-click') return route.prove!(request);
    const { identity } = request;
    const wait = within.take(identity ? `account ${identity.id}` : networkOf(request.ip));
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
  // Before any body is read.
  app.addHook('onRequest', async (request) => {
    // No name of anything holds one, and PostgreSQL takes none in a text.
    if (request.raw.url!.includes('%00'))
      throw new AppError('request.malformed', 'This request could not be read.', { status: 400 });
    if (request.is404)
      throw new AppError('page.not-found', 'There is no page at this address.', { status: 404 });
  });

  return {
    app,
    async listen(port, host) {
      await app.ready();
      return new Promise((resolve, reject) => {
        server!.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
        server!.listen(port, host, () => resolve((server!.address() as { port: number }).port));
      });
    },
    async warm(path) {
      await app.ready();
      const { statusCode } = await app.inject({ method: 'GET', url: path });
      if (statusCode >= 400) throw new Error(`The answer was ${statusCode}.`);
    },
    async close() {
      const timer = setTimeout(() => server!.closeAllConnections(), closeDeadline);
      // A connection becomes idle when what runs on it has been answered.
      const sweep = setInterval(() => server!.closeIdleConnections(), sweepEvery);
      await new Promise<void>((resolve) => {
        if (!server!.listening) return resolve();
        server!.close(() => resolve());
      });
      clearTimeout(timer);
      clearInterval(sweep);
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
      onRequest: async (_request, reply) => {
        reply.header('allow', [...known].join(', '));
        throw new AppError('request.method-not-allowed', 'This address does not take that kind of request.', {
          status: 405,
        });
      },
      handler: async () => {},
    });
  }
}

/** The address on our own origin, also where the request line names a host (RFC 9112, section 3.2.2). */
function urlOf(target: string, origin: URL): URL {
  const [, path = '', query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/i.exec(target)!;
  const url = new URL(origin);
  url.pathname = path.replace(/^[/\\]*/, '/');
  url.search = query;
  return url;
}

/** Aborts when the client goes before it has its answer. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const check = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.closed) check();
  else response.once('close', check);
  return gone.signal;
}
