import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../platform/clock.ts';
import { PushEngine } from './engine.ts';
import type { EngineOrder, EngineSettings } from './engine-orders.ts';

const port = parentPort!;
const engine = new PushEngine(workerData as EngineSettings, systemClock, (event) => {
  const moved =
    event.kind === 'sent' ? [event.outcomes.buffer, event.statuses.buffer, event.retryAt.buffer] : [];
  port.postMessage(event, moved as ArrayBuffer[]);
});
port.on('message', (order: EngineOrder) => {
  engine.handle(order);
  if (order.kind === 'close') port.close();
});
