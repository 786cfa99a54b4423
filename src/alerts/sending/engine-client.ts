import { messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { PushOptions } from '../push-message.ts';
import { outcomes, type EngineEvent, type SentEvent } from './engine-orders.ts';
import type { EngineHandle } from './engines.ts';
import type { PushKey } from './push-keys.ts';
import type { PushResult, PushServiceState, PushTarget } from './sender.ts';

export interface EngineClientParts {
  readonly log: Log;
  start(tell: (event: EngineEvent) => void, ended: (error: unknown) => void): EngineHandle;
  /** It was told to leave a service alone, and so should others. */
  rests(event: Extract<EngineEvent, { kind: 'rest' }>, from: EngineClient): void;
}

interface Pending {
  readonly targets: readonly PushTarget[];
  done(results: PushResult[]): void;
}

export type PoolBrowser = Pick<PushTarget, 'p256dh' | 'auth'>;

/** This side of an engine: it is started when there is something for it, and again when it broke down. */
export class EngineClient {
  /** How its services did when it last told. */
  services: readonly PushServiceState[] = [];
  readonly #parts: EngineClientParts;
  readonly #pending = new Map<number, Pending>();
  #handle: EngineHandle | undefined;
  #keys: readonly PushKey[] | undefined;
  #next = 1;
  #filled: ((pooled: number) => void) | undefined;

  constructor(parts: EngineClientParts) {
    this.#parts = parts;
  }

  get isStarted(): boolean {
    return this.#handle !== undefined;
  }

  /** Send one message to some. What has not left when the signal comes stays here, as `later`. */
  send(
    keys: readonly PushKey[],
    targets: readonly PushTarget[],
    message: { readonly payload: string; readonly options: PushOptions; readonly isPersonal: boolean },
    signal?: AbortSignal,
  ): Promise<PushResult[]> {
    const handle = this.#started();
    if (this.#keys !== keys) {
      handle.give({ kind: 'keys', keys });
      this.#keys = keys;
    }
    const id = this.#next;
    this.#next += 1;
    const cancel = () => handle.give({ kind: 'cancel', id });
    return new Promise((resolve) => {
      const done = (results: PushResult[]) => {
        signal?.removeEventListener('abort', cancel);
        this.#pending.delete(id);
        if (this.#pending.size === 0) this.#handle?.hold(false);
        resolve(results);
      };
      handle.hold(true);
      this.#pending.set(id, { targets, done });
      signal?.addEventListener('abort', cancel, { once: true });
      handle.give({
        kind: 'send',
        id,
        ...message,
        endpoint: lines(targets, ({ endpoint }) => endpoint),
        p256dh: lines(targets, ({ p256dh }) => p256dh),
        auth: lines(targets, ({ auth }) => auth),
        key: lines(targets, ({ keyId }) => keyId ?? ''),
      });
    });
  }

  /** Make keys ahead, when there is nothing to send. @returns for how many browsers there are any */
  fill(browsers: readonly PoolBrowser[], isFirst: boolean, isLast: boolean): Promise<number> {
    const handle = this.#started();
    return new Promise((resolve) => {
      this.#filled = resolve;
      handle.give({
        kind: 'fill',
        isFirst,
        isLast,
        p256dh: lines(browsers, ({ p256dh }) => p256dh),
        auth: lines(browsers, ({ auth }) => auth),
      });
    });
  }

  rest(event: Extract<EngineEvent, { kind: 'rest' }>): void {
    this.#handle?.give(event);
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    await handle?.close();
    this.#abandon();
  }

  #started(): EngineHandle {
    this.#handle ??= this.#parts.start(
      (event) => this.#heard(event),
      (error) => {
        this.#parts.log.error({ error: messageOf(error) }, 'the thread that sends alerts broke down');
        this.#abandon();
      },
    );
    return this.#handle;
  }

  #heard(event: EngineEvent): void {
    switch (event.kind) {
      case 'sent':
        this.services = event.services;
        this.#pending.get(event.id)?.done(resultsOf(this.#pending.get(event.id)!.targets, event));
        return;
      case 'filled':
        this.#filled?.(event.pooled);
        this.#filled = undefined;
        return;
      case 'rest':
        this.#parts.rests(event, this);
        return;
      case 'log':
        this.#parts.log[event.level](event.fields, event.words);
    }
  }

  /** Nobody knows what has left of what it was given: it is to be sent again. */
  #abandon(): void {
    this.#handle = undefined;
    this.#keys = undefined;
    for (const { targets, done } of this.#pending.values())
      done(targets.map(({ id }) => ({ id, outcome: 'later', status: undefined })));
    this.#filled?.(0);
    this.#filled = undefined;
  }
}

/** What would be more than a line is none: nothing is sent there. */
function lines<T>(all: readonly T[], textOf: (each: T) => string): string {
  return all
    .map((each) => {
      const text = textOf(each);
      return text.includes('\n') ? '' : text;
    })
    .join('\n');
}

function resultsOf(targets: readonly PushTarget[], event: SentEvent): PushResult[] {
  return targets.map(({ id }, line) => {
    const retryAt = event.retryAt[line]!;
    return {
      id,
      outcome: outcomes[event.outcomes[line]!]!,
      status: event.statuses[line] === 0 ? undefined : event.statuses[line],
      ...(retryAt > 0 && { retryAt }),
    };
  });
}
