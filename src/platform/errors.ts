/**
 * An error whose code and message are meant for the person who caused it.
 * Everything else that is thrown is a fault of ours: logged whole, answered as `internal`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Stable and machine-readable, such as `story.not-found`: `{domain}.{what}`. */
  readonly code: string;
  /** HTTP status that the code maps to. */
  readonly status: number;
  /** Messages by form field, so that a form comes back with what was typed. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? {};
  }
}

export interface AppErrorOptions {
  status?: number;
  fields?: Record<string, string>;
  cause?: unknown;
}

/** Narrow an unknown thrown value to its message, for logs and command lines. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
