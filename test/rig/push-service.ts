import { createECDH, createPublicKey, randomBytes, verify, type ECDH } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { buffer } from 'node:stream/consumers';
import { decrypt } from 'http_ece';
import { until } from '../../src/platform/http/testing.ts';
import { testCertificate } from './certificate.ts';
import { pushSocketServer, type PushSocket } from './push-socket.ts';

/** What a browser gives a site that it lets push. */
export interface TestSubscription {
  readonly endpoint: string;
  /** Base64url. */
  readonly p256dh: string;
  /** Base64url. */
  readonly auth: string;
}

/** A message as it came in, and what was answered. */
export interface PushedMessage {
  /** Of the subscription. */
  readonly endpoint: string;
  readonly status: number;
  readonly ttl: number;
  readonly urgency: string | undefined;
  readonly topic: string | undefined;
  /** What the VAPID token says: `aud`, `exp`, `sub`; undefined without a token. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** What it says, where the subscription's private key is known here and fits; undefined else. */
  readonly text: string | undefined;
  readonly httpVersion: string;
}

export interface PushReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** True to end the connection without an answer. */
  readonly breaks?: boolean;
}

/** A browser's answer to a message that it was handed: 100 shown, 101 not to be decrypted. */
export interface PushAck {
  readonly channelId: string;
  readonly version: string;
  readonly code: number;
}

/**
 * A push service on this machine: RFC 8030 over TLS for the site, and what Firefox speaks with Mozilla's over a WebSocket.
 * Whoever sends to it has to trust `testCertificate`.
 */
export interface PushService {
  /** `host:port` of the endpoints, for the setting PUSH_HOSTS. */
  readonly host: string;
  /** For Firefox's preference `dom.push.serverURL`. */
  readonly socketUrl: string;
  /** All that came in, the newest last. */
  readonly messages: readonly PushedMessage[];
  /** All that Firefox said of messages, the newest last. */
  readonly acks: readonly PushAck[];
  /** How many connections were made to the endpoints. */
  readonly connections: number;
  /** How many messages are being answered at this moment, and the most that were. */
  readonly inFlight: { now: number; most: number };
  /**
   * Answers instead of it, from now on; undefined for its usual answers: 201, 404 for an endpoint that never was, 410 for one
   * that is gone, 413 over 4,096 bytes, 400 without TTL, 401 for a token that does not fit.
   */
  answer:
    | ((message: Omit<PushedMessage, 'status'>) => PushReply | undefined | Promise<PushReply | undefined>)
    | undefined;
  /** A subscription without a browser, which decrypts here. @param publicKey of the site, base64url; any when left out */
  subscribe(publicKey?: string): TestSubscription;
  /** Its endpoint answers 410 from now on. */
  forget(endpoint: string): void;
  /** Waits until so many messages have come in. @returns all */
  arrived(count: number): Promise<readonly PushedMessage[]>;
  /** Waits until Firefox has acknowledged so many. @returns all */
  acknowledged(count: number): Promise<readonly PushAck[]>;
  /** Whether a Firefox is connected just now. */
  isConnected(): boolean;
  /** Ends every Firefox's connection; what comes in waits for its return. */
  disconnect(): void;
  /** Firefox is told at its return that it is unknown: it drops its subscriptions and fires `pushsubscriptionchange`. */
  loseClients(): void;
  /** Ends the connections of those who send, without a word. */
  breakConnections(): void;
  close(): Promise<void>;
}

interface Channel {
  /** Of the Firefox that registered it; undefined for one without a browser. */
  readonly uaid: string | undefined;
  readonly id: string;
  /** Of the site, base64url; undefined where any may send. */
  readonly publicKey: string | undefined;
  readonly keys: { readonly ecdh: ECDH; readonly auth: Buffer } | undefined;
  isGone: boolean;
}

interface Client {
  readonly uaid: string;
  socket: PushSocket | undefined;
  /** What it has not acknowledged, by version. */
  readonly waiting: Map<string, object>;
}

const largest = 4096;

/** @param options `http1` for a service that knows no HTTP/2; `streams` a connection may have at a time */
export async function startPushService(
  options: { readonly http1?: boolean; readonly streams?: number } = {},
): Promise<PushService> {
  const channels = new Map<string, Channel>();
  const clients = new Map<string, Client>();
  const messages: PushedMessage[] = [];
  const acks: PushAck[] = [];
  const connections = new Set<TLSSocket>();
  const socketServer = pushSocketServer({
    opened() {},
    heard: (socket, message) => heard(socket, message as Record<string, unknown>),
    closed(socket) {
      for (const client of clients.values()) if (client.socket === socket) client.socket = undefined;
    },
  });
  let endpointBase = '';
  let count = 0;

  const heard = (socket: PushSocket, message: Record<string, unknown>) => {
    const client = [...clients.values()].find((each) => each.socket === socket);
    const { messageType, channelID } = message;
    if (messageType === undefined) socket.send({});
    else if (messageType === 'hello') hello(socket, message.uaid);
    else if (messageType === 'register') {
      const endpoint = addChannel({
        uaid: client!.uaid,
        id: String(channelID),
        publicKey: typeof message.key === 'string' ? message.key : undefined,
        keys: undefined,
      });
      socket.send({
        messageType,
        channelID,
        status: 200,
        uaid: client!.uaid,
        pushEndpoint: endpoint,
      });
    } else if (messageType === 'unregister') {
      for (const channel of channels.values()) if (channel.id === channelID) channel.isGone = true;
      socket.send({ messageType, channelID, status: 200 });
    } else if (messageType === 'ack') {
      for (const update of message.updates as { channelID: string; version: string; code: number }[]) {
        client!.waiting.delete(update.version);
        acks.push({ channelId: update.channelID, version: update.version, code: update.code });
      }
    }
  };

  const hello = (socket: PushSocket, given: unknown) => {
    const known = clients.get(String(given));
    const client = known ?? { uaid: randomBytes(16).toString('hex'), socket, waiting: new Map() };
    client.socket = socket;
    clients.set(client.uaid, client);
    socket.send({ messageType: 'hello', uaid: client.uaid, status: 200, use_webpush: true, broadcasts: {} });
    for (const waiting of client.waiting.values()) socket.send(waiting);
  };

  const addChannel = (channel: Omit<Channel, 'isGone'>): string => {
    const endpoint = `${endpointBase}${randomBytes(24).toString('base64url')}`;
    channels.set(endpoint, { ...channel, isGone: false });
    return endpoint;
  };

  const receive = async (request: Http2ServerRequest, response: Http2ServerResponse) => {
    service.inFlight.now += 1;
    service.inFlight.most = Math.max(service.inFlight.most, service.inFlight.now);
    const body = await buffer(request);
    const endpoint = new URL(request.url, endpointBase).href;
    const channel = channels.get(endpoint);
    const header = (name: string) => request.headers[name] as string | undefined;
    const token = readToken(header('authorization'));
    const message = {
      endpoint,
      ttl: Number(header('ttl') ?? Number.NaN),
      urgency: header('urgency'),
      topic: header('topic'),
      claims: token?.claims,
      text: channel?.keys && readText(body, channel.keys),
      httpVersion: request.httpVersion,
    };
    const usual = (): PushReply => {
      if (request.method !== 'POST') return { status: 405 };
      if (!channel) return { status: 404 };
      if (channel.isGone) return { status: 410 };
      if (body.length > largest) return { status: 413 };
      if (!(message.ttl >= 0) || header('content-encoding') !== 'aes128gcm') return { status: 400 };
      const isSender =
        token !== undefined &&
        token.isSigned &&
        token.claims.aud === new URL(endpoint).origin &&
        (channel.publicKey === undefined || channel.publicKey === token.publicKey);
      return isSender ? { status: 201, headers: { location: `${endpoint}/m/${count}` } } : { status: 401 };
    };
    const reply = (await service.answer?.(message)) ?? usual();
    service.inFlight.now -= 1;
    messages.push({ ...message, status: reply.status });
    if (reply.breaks) return void (request.stream?.session ?? request.socket).destroy();
    if (reply.status < 300 && channel?.uaid !== undefined) deliver(channel, body);
    response.writeHead(reply.status, reply.headers).end();
  };

  const deliver = ({ uaid, id }: Channel, body: Buffer) => {
    const client = clients.get(uaid!);
    const version = `v${(count += 1)}`;
    const data = body.toString('base64url');
    const notification = {
      messageType: 'notification',
      channelID: id,
      version,
      data,
      headers: { encoding: 'aes128gcm' },
    };
    client?.waiting.set(version, notification);
    client?.socket?.send(notification);
  };

  const endpointServer = options.http1
    ? createHttpsServer(testCertificate, receive as never)
    : createSecureServer(
        {
          ...testCertificate,
          allowHTTP1: true,
          ...(options.streams !== undefined && { settings: { maxConcurrentStreams: options.streams } }),
        },
        (request, response) => void receive(request, response).catch(() => response.stream?.destroy()),
      );
  endpointServer.on('secureConnection', (socket: TLSSocket) => {
    service.connections += 1;
    connections.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => connections.delete(socket));
  });
  endpointServer.on('sessionError', () => {});
  const port = await listen(endpointServer as unknown as Server);
  const socketPort = await listen(socketServer);
  endpointBase = `https://127.0.0.1:${port}/push/`;

  const service = {
    host: `127.0.0.1:${port}`,
    socketUrl: `ws://127.0.0.1:${socketPort}/`,
    messages,
    acks,
    connections: 0,
    inFlight: { now: 0, most: 0 },
    answer: undefined as PushService['answer'],
    subscribe(publicKey?: string) {
      const ecdh = createECDH('prime256v1');
      const p256dh = ecdh.generateKeys('base64url');
      const auth = randomBytes(16);
      const endpoint = addChannel({ uaid: undefined, id: '', publicKey, keys: { ecdh, auth } });
      return { endpoint, p256dh, auth: auth.toString('base64url') };
    },
    forget(endpoint: string) {
      channels.get(endpoint)!.isGone = true;
    },
    async arrived(least: number) {
      await until(() => messages.length >= least);
      return messages;
    },
    async acknowledged(least: number) {
      await until(() => acks.length >= least);
      return acks;
    },
    isConnected: () => [...clients.values()].some(({ socket }) => socket !== undefined),
    disconnect() {
      for (const { socket } of clients.values()) socket?.close();
    },
    loseClients() {
      for (const channel of channels.values()) if (channel.uaid !== undefined) channel.isGone = true;
      const open = [...clients.values()].map(({ socket }) => socket);
      clients.clear();
      for (const socket of open) socket?.close();
    },
    breakConnections() {
      for (const socket of connections) socket.destroy();
    },
    async close() {
      service.disconnect();
      service.breakConnections();
      await Promise.all(
        [endpointServer, socketServer].map((server) => new Promise((done) => void server.close(done))),
      );
    },
  };
  return service;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** What stands in `Authorization: vapid t=TOKEN, k=KEY` (RFC 8292, section 3). */
function readToken(header: string | undefined) {
  const found = /^vapid t=([^.,]+)\.([^.,]+)\.([^.,]+), ?k=([\w-]+)$/.exec(header ?? '');
  if (!found) return undefined;
  const [, head, payload, signature, publicKey] = found as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  const point = Buffer.from(publicKey, 'base64url');
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const key = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) },
    format: 'jwk',
  });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return { claims, publicKey, isSigned };
}

function readText(body: Buffer, { ecdh, auth }: { ecdh: ECDH; auth: Buffer }): string | undefined {
  try {
    return decrypt(body, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth }).toString();
  } catch {
    return undefined;
  }
}
