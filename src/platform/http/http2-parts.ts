/** How a request ended. */
export interface Http2Answer {
  /** 0 without an answer. */
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** True where the other side certainly did nothing about it: it may be sent again (RFC 9113, section 8.7). */
  readonly isUntouched: boolean;
}

export interface Http2Parts {
  /** There is room for more requests. */
  onRoom(): void;
  /** No more requests: the connection is at its end, with an error or without. */
  onEnd(): void;
  /** Most requests at a time, whatever the other side allows. */
  readonly streams: number;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
  /** Milliseconds after which a connection without a request is ended. */
  readonly idle: number;
}
