import type { PushOptions } from '../push-message.ts';
import type { PushKey } from './push-keys.ts';
import type { PushOutcome, PushServiceState } from './sender.ts';

/** What an engine is made with; it goes into a thread as it is. */
export interface EngineSettings {
  readonly PUSH_HOSTS: string;
  /** Who sends, for VAPID. */
  readonly subject: string;
  readonly userAgent: string;
  /** Most browsers for which keys are made ahead. */
  readonly poolSize: number;
  /** Most connections to one service. */
  readonly connections: number;
  /** Certificates, as PEM, that are trusted besides the usual ones. */
  readonly trust?: readonly string[] | undefined;
}

/** Subscriptions, a line each: one text is handed to a thread many times faster than thousands of objects. */
export interface Columns {
  readonly p256dh: string;
  readonly auth: string;
}

/** One message to some. */
export interface SendOrder extends Columns {
  readonly kind: 'send';
  readonly id: number;
  readonly payload: string;
  readonly options: PushOptions;
  /** Sealed with keys made for it alone, and sent before what goes to many. */
  readonly isPersonal: boolean;
  readonly endpoint: string;
  /** Ids of keys; an empty line for the present one. */
  readonly key: string;
}

export type EngineOrder =
  | SendOrder
  /** The keys of this site, the present one first. */
  | { readonly kind: 'keys'; readonly keys: readonly Pick<PushKey, 'id' | 'public' | 'private'>[] }
  /** What of a message has not left yet stays here. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** Make keys ahead for these; `isFirst` and `isLast` of a walk through all browsers. */
  | ({ readonly kind: 'fill'; readonly isFirst: boolean; readonly isLast: boolean } & Columns)
  /** Another thread was told to leave a service alone. */
  | {
      readonly kind: 'rest';
      readonly origin: string;
      readonly until: number;
      readonly reason: string | undefined;
    }
  | { readonly kind: 'close' };

/** Outcomes as they are numbered between threads. */
export const outcomes: readonly PushOutcome[] = ['taken', 'gone', 'later', 'refused', 'failed'];

export interface SentEvent {
  readonly kind: 'sent';
  readonly id: number;
  /** By line: a number of `outcomes`. */
  readonly outcomes: Uint8Array;
  /** 0 without an answer. */
  readonly statuses: Uint16Array;
  /** Milliseconds UTC; 0 for none. */
  readonly retryAt: Float64Array;
  readonly services: readonly PushServiceState[];
}

export type EngineEvent =
  | SentEvent
  /** It has made keys for those of a `fill`; `pooled` is for how many there are any. */
  | { readonly kind: 'filled'; readonly pooled: number }
  | {
      readonly kind: 'rest';
      readonly origin: string;
      readonly until: number;
      readonly reason: string | undefined;
    }
  | {
      readonly kind: 'log';
      readonly level: 'error' | 'warn' | 'info';
      readonly fields: Readonly<Record<string, unknown>>;
      readonly words: string;
    };
