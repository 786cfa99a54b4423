import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** One browser's connection to its push service: texts of JSON both ways (RFC 6455). */
export interface PushSocket {
  send(message: object): void;
  close(): void;
}

export interface SocketListener {
  opened(socket: PushSocket): void;
  heard(socket: PushSocket, message: unknown): void;
  closed(socket: PushSocket): void;
}

const acceptKey = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const largest = 1_000_000;
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** A WebSocket server that speaks the subprotocol of Mozilla's push service; no more of RFC 6455 than that needs. */
export function pushSocketServer(listener: SocketListener): Server {
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, stream, head) => {
    const socket = stream as Socket;
    const key = request.headers['sec-websocket-key'];
    if (key === undefined) return socket.destroy();
    const accept = createHash('sha1').update(`${key}${acceptKey}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: push-notification\r\n\r\n`,
    );
    hold(socket, head, listener);
  });
  return server;
}

function hold(socket: Socket, head: Buffer, listener: SocketListener): void {
  const own: PushSocket = {
    send: (message) => void socket.write(frame(opcodes.text, Buffer.from(JSON.stringify(message)))),
    close: () => socket.destroy(),
  };
  let waiting = head;
  let text = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let next = readFrame(waiting); next; next = readFrame(waiting)) {
      waiting = waiting.subarray(next.length);
      if (next.opcode === opcodes.close) return socket.end(frame(opcodes.close, next.payload));
      if (next.opcode === opcodes.ping) socket.write(frame(opcodes.pong, next.payload));
      if (next.opcode > 2) continue;
      text = Buffer.concat([text, next.payload]);
      if (!next.isLast) continue;
      const said = text.toString();
      text = Buffer.alloc(0);
      listener.heard(own, JSON.parse(said));
    }
    if (waiting.length + text.length > largest) socket.destroy();
  };
  socket.on('data', take);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => listener.closed(own));
  listener.opened(own);
  take(Buffer.alloc(0));
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
  /** Bytes that it takes, with its head. */
  readonly length: number;
}

/** The first whole frame; a browser masks what it sends (RFC 6455, section 5.3). */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 127;
  const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskBytes = bytes[1]! & 128 ? 4 : 0;
  const start = 2 + sizeBytes + maskBytes;
  if (bytes.length < start) return undefined;
  const size =
    sizeBytes === 2 ? bytes.readUInt16BE(2) : sizeBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < start + size) return undefined;
  const mask = bytes.subarray(2 + sizeBytes, start);
  const payload = Buffer.from(bytes.subarray(start, start + size));
  if (maskBytes > 0) for (let at = 0; at < size; at += 1) payload[at]! ^= mask[at % 4]!;
  return { opcode: bytes[0]! & 15, isLast: (bytes[0]! & 128) !== 0, payload, length: start + size };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const size = payload.length;
  const head = size < 126 ? Buffer.from([0x80 | opcode, size]) : Buffer.alloc(4);
  if (size >= 126) {
    head.set([0x80 | opcode, 126]);
    head.writeUInt16BE(size, 2);
  }
  return Buffer.concat([head, payload]);
}
