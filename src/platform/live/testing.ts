import { request, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import { until } from '../http/testing.ts';

export interface HeardEvent {
  readonly id: number;
  readonly name: string;
  readonly data: unknown;
}

/** A browser's EventSource as far as its stream goes: it keeps the last id over its connections. */
export class TestListener {
  /** Every event with data, over all connections. */
  readonly events: HeardEvent[] = [];
  /** Comments: signs of life. */
  comments = 0;
  retry = 0;
  lastId: string | undefined;
  status = 0;
  headers: IncomingMessage['headers'] = {};
  isOpen = false;
  #response: IncomingMessage | undefined;
  #rest = '';

  /** Ask, and resolve with the head of the answer. */
  async open(port: number, path: string, headers: Record<string, string> = {}): Promise<void> {
    const given = this.lastId === undefined ? {} : { 'last-event-id': this.lastId };
    const options = { host: '127.0.0.1', port, path, headers: { ...given, ...headers }, agent: false };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(options, resolve).on('error', reject).end();
    });
    this.status = response.statusCode!;
    this.headers = response.headers;
    this.isOpen = true;
    this.#response = response;
    this.#rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#read(text));
    response.on('error', () => {});
    response.on('close', () => (this.isOpen = false));
  }

  /** Hang up in the middle of whatever comes. */
  async leave(): Promise<void> {
    this.#response?.destroy();
    await until(() => !this.isOpen);
  }

  pause(): void {
    this.#response?.pause();
  }

  #read(text: string): void {
    if (!this.isOpen) return;
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop()!;
    for (const block of blocks) this.#take(block);
  }

  #take(block: string): void {
    let name = 'message';
    let data = '';
    for (const line of block.split('\n')) {
      const [, field, value] = /^([a-z]*): ?(.*)$/.exec(line)!;
      if (field === '') this.comments += 1;
      if (field === 'retry') this.retry = Number(value);
      if (field === 'id') this.lastId = value;
      if (field === 'event') name = value!;
      if (field === 'data') data = value!;
    }
    if (data !== '') this.events.push({ id: Number(this.lastId), name, data: JSON.parse(data) });
  }
}

/** A listener that hangs up when its test ends. */
export function listener(t: TestContext): TestListener {
  const made = new TestListener();
  t.after(() => made.leave());
  return made;
}
