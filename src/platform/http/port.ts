import { createServer } from 'node:net';
import { listenError } from './request-errors.ts';

/**
 * Find out that nothing stands in the way of listening, before work that takes long.
 * @throws AppError `server.port-taken`, `server.cannot-listen`
 */
export function assertCanListen(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
