import type { Answer, Identity, Request } from '../../platform/http/route-table.ts';

/** What somebody was about to do when asked to sign in; kept on the server until then. */
export interface Intent {
  /** Whose handler runs it, such as `comment`. */
  readonly kind: string;
  /** JSON-safe, at most 16 KB; checked by the handler as anything that a browser sends. */
  readonly data: Readonly<Record<string, unknown>>;
  /** True where others will see who did it: a reader without a name is asked for it first. */
  readonly needsName?: boolean;
}

/**
 * Does what was waiting, once, in the name of who has signed in.
 * @param request that of the last step; its `body` is of that step
 * @returns where the reader goes now, or the page itself, such as the form again with what was typed
 * @throws AppError to have it kept, and offered to be tried again
 */
export type IntentHandler = (
  request: Request,
  identity: Identity,
  intent: Intent,
) => Promise<{ readonly to: string } | { readonly answer: Answer }>;

export type IntentHandlers = Readonly<Record<string, IntentHandler>>;

/** The most that is kept of an intent, in bytes of its JSON. */
export const intentBytes = 16 * 1024;
