import type { RequestHead } from '../../platform/http/hpack.ts';
import type { PushOptions } from '../push-message.ts';
import { makeSeal, recordOf, sealBytes, sealedBytes } from './encryption.ts';
import { outcomes, type SendOrder, type SentEvent } from './engine-orders.ts';
import type { KeyPool } from './key-pool.ts';
import type { PushOutcome, PushServiceState } from './sender.ts';

/** One message to some, while it is sent: what is the same for all of them, and what became of each. */
export class Batch {
  readonly id: number;
  readonly isPersonal: boolean;
  readonly options: PushOptions;
  readonly record: Buffer;
  /** Of the body, once it is sealed. */
  readonly bytes: number;
  isCancelled = false;
  readonly #outcomes: Uint8Array;
  readonly #statuses: Uint16Array;
  readonly #retryAt: Float64Array;
  readonly #done: (batch: Batch) => void;
  #left: number;

  constructor({ id, isPersonal, options, payload }: SendOrder, count: number, done: (batch: Batch) => void) {
    this.id = id;
    this.isPersonal = isPersonal;
    this.options = options;
    this.record = recordOf(payload);
    this.bytes = sealedBytes(this.record);
    this.#outcomes = new Uint8Array(count);
    this.#statuses = new Uint16Array(count);
    this.#retryAt = new Float64Array(count);
    this.#left = count;
    this.#done = done;
  }

  /** Note what became of one, once for each. */
  settle(line: number, outcome: PushOutcome, status = 0, retryAt = 0): void {
    this.#outcomes[line] = outcomes.indexOf(outcome);
    this.#statuses[line] = status;
    this.#retryAt[line] = retryAt;
    this.#left -= 1;
    if (this.#left === 0) this.#done(this);
  }

  sent(services: readonly PushServiceState[]): SentEvent {
    return {
      kind: 'sent',
      id: this.id,
      outcomes: this.#outcomes,
      statuses: this.#statuses,
      retryAt: this.#retryAt,
      services,
    };
  }
}

/** One of a batch, on its way to one browser. */
export interface Message {
  readonly batch: Batch;
  /** Of it in the batch. */
  readonly line: number;
  /** With the query. */
  readonly path: string;
  readonly head: RequestHead;
  readonly p256dh: string;
  readonly auth: string;
  tries: number;
}

/** The headers of a batch's messages to one service (RFC 8030, section 5; RFC 8291, section 4). */
export function headOf(batch: Batch, authority: string, authorization: string): RequestHead {
  const { ttl, urgency, topic } = batch.options;
  return {
    method: 'POST',
    authority,
    fields: [
      ['authorization', authorization],
      ['content-encoding', 'aes128gcm'],
      ['content-type', 'application/octet-stream'],
      ['content-length', String(batch.bytes)],
      ['ttl', String(ttl)],
      ['urgency', urgency],
      ...(topic === undefined ? [] : [['topic', topic] as const]),
    ],
  };
}

const point = Buffer.alloc(65);
const secret = Buffer.alloc(16);

/**
 * What a message is sealed with: made ahead where it may be, else made now.
 * @param pool none for personal ones
 * @param into `sealBytes` are written
 * @returns false for keys that nothing can be sealed for
 */
export function sealFor(
  message: Pick<Message, 'p256dh' | 'auth'>,
  pool: KeyPool | undefined,
  into: Buffer,
): boolean {
  if (!readKeys(message)) return false;
  if (pool?.take(point, secret, into)) return true;
  try {
    makeSeal(point, secret, into);
    return true;
  } catch {
    return false;
  }
}

/** Make what the next message to a browser is sealed with, where there is room and its keys are some. */
export function fillFor(keys: Pick<Message, 'p256dh' | 'auth'>, pool: KeyPool): void {
  try {
    if (readKeys(keys)) pool.fill(point, secret);
  } catch {
    // A point that is not on the curve: nothing can be sent there.
  }
}

function readKeys({ p256dh, auth }: Pick<Message, 'p256dh' | 'auth'>): boolean {
  return (
    p256dh.length === 87 &&
    auth.length === 22 &&
    point.write(p256dh, 'base64url') === point.length &&
    secret.write(auth, 'base64url') === secret.length
  );
}

export const newSeal = (): Buffer => Buffer.alloc(sealBytes);
