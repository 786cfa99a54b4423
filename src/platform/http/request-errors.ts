import type { Socket } from 'node:net';
import { AppError } from '../errors.ts';
import { STATUS_CODES } from './node-http.ts';
import type { Answer } from './route-table.ts';

/** What a thrown value says to the one who asked; a fault of ours says nothing of itself. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
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

/** For when the page that tells of an error cannot be made itself. */
export function bareErrorAnswer(error: AppError): Answer {
  const body = `${error.message} [${error.code}]\n`;
  return { status: error.status, type: 'text/plain; charset=utf-8', body, noStore: true };
}

/**
 * Answers what is no HTTP, too slow, or has headers without end, and hangs up.
 * @param headers pairs that every answer carries
 */
export function refuseMalformed(
  headers: readonly (readonly [string, string])[],
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    const body = `This request could not be read. [request.malformed]\n`;
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      'Cache-Control: no-store',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  };
}

/** Why the port cannot be had, and what to do. */
export function listenError(error: NodeJS.ErrnoException, port: number): AppError {
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
    { cause: error },
  );
}
