import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { elements, parse } from './dom.ts';
import { freePort } from './postgres.ts';

/** Somebody who has an account there. */
export interface Account {
  readonly email?: string;
  readonly email_verified?: boolean;
}

export interface IdentityProvider {
  readonly issuer: string;
  /** Host and port, for OUTBOUND_ALLOW. */
  readonly host: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who has an account, by the name that is typed there. */
  readonly accounts: Map<string, Account>;
  /** Changes what the provider answers from now on; given the path and the body, gives another body. */
  alter: ((path: string, body: string) => string) | undefined;
  /** What was asked of it, newest last: method and path. */
  readonly asked: string[];
  /**
   * A person's browser there: signs in by name, and agrees.
   * @param to where the site sent the browser
   * @returns the address on the site that it is sent back to; with the form's fields where it comes as a form
   */
  visit(to: string, name: string): Promise<{ readonly to: URL; readonly fields?: Record<string, string> }>;
  close(): Promise<void>;
}

/** A real OpenID provider on a port of its own. @param backAddresses of the site, that it may send browsers to */
export async function startIdentityProvider(
  backAddresses: readonly string[],
  options: { readonly email?: 'id-token' | 'userinfo' } = {},
): Promise<IdentityProvider> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const issuer = `http://${host}`;
  const client = { id: 'paper', secret: 'a secret that only the two of us know' };
  const accounts = new Map<string, Account>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: backAddresses,
            response_types: ['code'],
            grant_types: ['authorization_code'],
          },
        ],
        jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
        cookies: { keys: ['not a secret'] },
        // Seconds; it warns of each that is left out.
        ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
        claims: { openid: ['sub'], email: ['email', 'email_verified'] },
        conformIdTokenClaims: options.email === 'userinfo',
        findAccount: (_context: unknown, id: string) => {
          const account = accounts.get(id);
          return account && { accountId: id, claims: () => ({ sub: id, ...account }) };
        },
      }),
  );
  const answer = provider.callback();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url!.split('?')[0]}`);
    if (running.alter) altering(request, response, running.alter);
    answer(request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const running: IdentityProvider = {
    issuer,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: client.id,
    clientSecret: client.secret,
    accounts,
    alter: undefined,
    asked,
    visit: (to, name) => visit(issuer, to, name),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return running;
}

/** It warns of what only a test may do: of plain http, of keys in the source. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console;
  console.warn = console.info = () => {};
  try {
    return make();
  } finally {
    Object.assign(console, { warn, info });
  }
}

/** Have what is answered pass through a function, whole. */
function altering(
  request: IncomingMessage,
  response: ServerResponse,
  alter: (path: string, body: string) => string,
): void {
  const end = response.end.bind(response);
  response.end = ((body?: unknown, ...rest: never[]) => {
    if (typeof body !== 'string' && !Buffer.isBuffer(body)) return end(body as never, ...rest);
    const changed = alter(request.url!.split('?')[0]!, body.toString());
    response.setHeader('content-length', Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
}

async function visit(
  issuer: string,
  first: string,
  name: string,
): Promise<{ to: URL; fields?: Record<string, string> }> {
  const cookies = new Map<string, string>();
  let address = new URL(first);
  let fields: Record<string, string> | undefined;
  for (let step = 0; step < 20; step += 1) {
    if (address.origin !== issuer) return { to: address };
    const response = await fetch(address, {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      body: fields ? new URLSearchParams(fields) : null,
    });
    for (const line of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(key, value);
    }
    const body = Buffer.from(await response.arrayBuffer()).toString();
    const location = response.headers.get('location');
    if (location !== null) {
      address = new URL(location, address);
      fields = undefined;
      continue;
    }
    const form = elements(parse(body), 'form')[0];
    if (!form) throw new Error(`${response.status} ${address.href}: ${body.slice(0, 500)}`);
    const held = elements(form, 'input').map(({ attribs }) => [attribs.name ?? '', attribs.value ?? '']);
    address = new URL(form.attribs.action!, address);
    fields = Object.fromEntries(held) as Record<string, string>;
    if (fields.prompt === 'login') fields.login = name;
    if (address.origin !== issuer) return { to: address, fields };
  }
  throw new Error(`The provider leads nowhere: ${address.href}`);
}
