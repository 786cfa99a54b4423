import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { FixedClock } from '../clock.ts';
import { testNow } from '../database/testing.ts';
import { silentLog } from '../log.ts';
import { json } from './answers.ts';
import { PageStore } from './page-store.ts';
import type { Method, Route } from './route-table.ts';
import { createServer, type HttpServer, type ServerParts } from './server.ts';

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Asked {
  readonly method?: Method | 'HEAD' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent?: Agent;
}

export interface TestServer {
  readonly server: HttpServer;
  readonly store: PageStore;
  readonly clock: FixedClock;
  readonly port: number;
  readonly origin: string;
  ask(path: string, asked?: Asked): Promise<Got>;
  /** What comes back on a connection of its own for these very bytes, until it ends. */
  say(bytes: string): Promise<string>;
}

export const testOrigin = 'http://paper.example';

/** The real server on a port of its own, with errors told as JSON. The caller closes `server`. */
export async function startTestServer(
  routes: readonly Route[],
  more: Partial<ServerParts> = {},
  wantedPort = 0,
): Promise<TestServer> {
  const clock = new FixedClock(testNow);
  const store = new PageStore({ clock, bytes: 1_000_000 });
  const server = createServer({
    routes,
    store,
    clock,
    log: silentLog,
    origin: testOrigin,
    trustedProxies: '',
    errorAnswer: (error) =>
      json({ code: error.code, message: error.message }, { status: error.status, noStore: true }),
    ...more,
  });
  const port = await server.listen(wantedPort, '127.0.0.1');
  return {
    server,
    store,
    clock,
    port,
    origin: testOrigin,
    ask: (path, { method = 'GET', headers = {}, body, agent } = {}) =>
      new Promise((resolve, reject) => {
        // An agent of `false` makes a connection that ends with its answer.
        const options = { host: '127.0.0.1', port, path, method, headers, agent: agent ?? false };
        const request = httpRequest(options, (response) => {
          buffer(response).then(
            (whole) => resolve({ status: response.statusCode!, headers: response.headers, body: whole }),
            reject,
          );
        });
        request.on('error', reject);
        request.end(body);
      }),
    say: (bytes) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
        let heard = '';
        socket.setEncoding('utf8');
        socket.on('data', (text: string) => (heard += text));
        socket.on('error', reject);
        socket.on('close', () => resolve(heard));
      }),
  };
}

/** One line of a route table. */
export function route(path: string, handle: Route['handle'], more: Partial<Route> = {}): Route {
  const isWrite = more.method !== undefined && more.method !== 'GET';
  const proof = isWrite ? 'same-origin' : 'none';
  return { method: 'GET', path, name: path, who: 'anyone', proof, handle, ...more };
}

/** A page for the page store. */
export function stored(path: string, handle: Route['handle']): Route {
  return route(path, handle, { stored: true });
}

/** A server for one test. */
export async function serve(
  t: TestContext,
  routes: readonly Route[],
  more: Partial<ServerParts> = {},
): Promise<TestServer> {
  const site = await startTestServer(routes, more);
  t.after(() => site.server.close());
  return site;
}

export function codeOf(got: Got): string {
  return (JSON.parse(got.body.toString()) as { code: string }).code;
}

/** What browsers say of a form on a page of ours. */
export const own = { 'sec-fetch-site': 'same-origin' };

/** Resolves when a condition holds; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
