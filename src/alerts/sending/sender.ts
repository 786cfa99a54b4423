import type { PushOptions } from '../push-message.ts';

/** Where a message goes: a browser's subscription. */
export interface PushTarget {
  /** Of the browser. */
  readonly id: string;
  readonly endpoint: string;
  /** Base64url. */
  readonly p256dh: string;
  /** Base64url. */
  readonly auth: string;
  /** Of the key that it subscribed with; null for the present one. */
  readonly keyId: string | null;
}

/**
 * What became of one message. `taken`: the service has it. `gone`: the subscription is no more (404, 410). `later`: the
 * service asks for patience (429, 503, 406, no answer), `retryAt` says until when. `refused`: it does not know us (401,
 * 403) or the host is not on the list: nothing is removed for it. `failed`: this message will never be taken.
 */
export type PushOutcome = 'taken' | 'gone' | 'later' | 'refused' | 'failed';

export interface PushResult {
  readonly id: string;
  readonly outcome: PushOutcome;
  readonly status: number | undefined;
  /** Milliseconds UTC. */
  readonly retryAt?: number;
}

/** Sends encrypted messages to push services (RFC 8030, 8188, 8291, 8292). */
export interface PushSender {
  /**
   * The same message to many, with keys made ahead where there are any. Resolves when each has an outcome; memory is
   * bounded by the number of targets: give a few thousand at a time.
   * @param payload JSON, as `pushPayload` makes it. @throws AppError `push.too-large` over 3,993 bytes
   */
  sendToMany(
    targets: readonly PushTarget[],
    payload: string,
    options: PushOptions,
    signal?: AbortSignal,
  ): Promise<readonly PushResult[]>;
  /** One reader's own message to one browser, with keys made for it alone. */
  sendToOne(target: PushTarget, payload: string, options: PushOptions): Promise<PushResult>;
  /** How each service does: its pace, and until when it rests. For people and for `alert status`. */
  services(): readonly PushServiceState[];
  close(): Promise<void>;
}

export interface PushServiceState {
  readonly host: string;
  /** Messages a second that it is sent at most; undefined for no limit. */
  readonly rate: number | undefined;
  /** Milliseconds UTC until which nothing is sent to it. */
  readonly restsUntil: number | undefined;
  /** Why, in words for an operator. */
  readonly reason: string | undefined;
  readonly taken: number;
  readonly later: number;
  readonly refused: number;
}
