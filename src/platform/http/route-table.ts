import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call a route. */
export type Caller = 'anyone' | 'reader' | 'desk' | 'operator';

/** How a write shows that a person on our own pages (or a partner) meant it. */
export type Proof = 'none' | 'same-origin' | 'signature' | 'token' | 'one-click';

/** Who is signed in; the domain of accounts adds what it knows of them (`declare module`). */
export interface Identity {
  /** Id of the account. */
  readonly id: string;
}

export interface Request {
  readonly method: Method;
  /** On the site's own origin, whatever the Host header says. */
  readonly url: URL;
  /** Path and query just as they were asked for; for working out what an address that leads nowhere meant. */
  readonly target: string;
  /** Parts of the path that the route names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** By name; none on a page that is the same for everyone. */
  readonly cookies: Readonly<Record<string, string>>;
  /** Who asks; undefined for whoever is not signed in. */
  readonly identity: Identity | undefined;
  /** Fields of a form (a list where a name comes more than once, a `FormFile` for a file), a parsed JSON body, or the bytes of a mail as letters of ISO 8859-1. */
  readonly body: unknown;
  /** ISO 3166 alpha-2 in capitals, when the edge told it. */
  readonly country: string | undefined;
  readonly ip: string;
  readonly saveData: boolean;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
  /** Content-Type. */
  readonly type: string;
  /** Values of Set-Cookie, as `setCookie` makes them. */
  readonly cookies?: readonly string[];
  /** Page-store tags: what the page shows. */
  readonly tags?: readonly string[];
  /** Milliseconds UTC at which the page would read differently. */
  readonly expiresAt?: number;
  readonly noStore?: boolean;
  /** Writes the body itself for as long as the connection holds, `body` being empty; must end or destroy it. */
  readonly take?: (response: ServerResponse) => void;
}

export interface Route {
  readonly method: Method;
  /** In Fastify's syntax, such as /authors/:author. */
  readonly path: string;
  /** For logs and tests: what it is, such as `story`. */
  readonly name: string;
  readonly who: Caller;
  readonly proof: Proof;
  /** May enter the page store: the same for all readers of a country. */
  readonly stored?: boolean;
  /** Bytes that a body may have; 64 KiB when left out. */
  readonly bodyLimit?: number;
  /** How often one caller may in a minute, counted apart from all other writes; within their limit when left out. */
  readonly perMinute?: number;
  /** For the proofs signature, token and one-click: throws when the request does not carry it. */
  readonly prove?: (request: Request) => Promise<void> | void;
  handle(request: Request): Promise<Answer> | Answer;
}

/**
 * Check that the table says what it must: every route once, every write with its proof.
 * @throws Error naming the first route that is wrong; a fault of ours, found at start
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const route of routes) {
    const id = `${route.method} ${route.path}`;
    if (seen.has(id)) throw new Error(`${id} stands in the table twice.`);
    seen.add(id);
    const isWrite = route.method !== 'GET';
    if (isWrite && route.proof === 'none') throw new Error(`${id} is a write and names no proof.`);
    if (isWrite && route.stored) throw new Error(`${id} is a write and cannot be stored.`);
    if (route.stored && route.who !== 'anyone')
      throw new Error(`${id} is not for everyone and cannot be stored.`);
    if (['signature', 'token', 'one-click'].includes(route.proof) && !route.prove) {
      throw new Error(`${id} names the proof ${route.proof} and does not check it.`);
    }
  }
}
