import type { Answer, Request } from '../platform/http/route-table.ts';
import type { Html } from './html.ts';

/** What a page puts into the shell. */
export interface Frame {
  readonly title: string;
  readonly description?: string;
  /** Path with its query, or an address elsewhere. */
  readonly canonical: string;
  readonly main: Html;
  readonly kind: string;
  readonly current?: string;
  readonly head?: Html;
  readonly islands?: readonly string[];
  readonly feed?: string;
  readonly robots?: string;
  /** Path of the page in the text-only edition. */
  readonly textPath?: string;
  /** Page-store tags beside `site`; a page without any is not kept. */
  readonly tags?: readonly string[];
  /** Milliseconds UTC, where the page reads differently before midnight. */
  readonly expiresAt?: number;
  readonly status?: number;
  readonly noStore?: boolean;
}

/** Puts what a domain shows into the shell; `main.ts` gives it to the domains that stand below `pages/`. */
export type Framer = (request: Request, frame: Frame) => Promise<Answer>;
