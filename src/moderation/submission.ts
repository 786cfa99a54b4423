import type { Reader } from '../readers/index.ts';

/**
 * How a story's conversation stands for the one who writes: `legal` is closed for legal reasons, which the page says
 * in other words than `closed`.
 */
export type ThreadState = 'open' | 'premoderated' | 'closed' | 'legal';

/** A comment, or the new words of one, as the rules look at it before it is posted. */
export interface Submission {
  /** Id of the comment. */
  readonly id: string;
  readonly kind: 'comment' | 'edit';
  readonly reader: Reader;
  readonly story: { readonly id: string; readonly section?: string | undefined; readonly sensitive: boolean };
  /** Id of the comment that it answers. */
  readonly parent?: string | undefined;
  /** As typed, with its marks. */
  readonly source: string;
  /** What is read of it: without marks, addresses of links left out. */
  readonly text: string;
  /** Addresses that it links to, as they would stand in the page. */
  readonly links: readonly string[];
  /** `slowSeconds` is the time between two comments of one reader under this story; 0 for none. */
  readonly thread: { readonly state: ThreadState; readonly slowSeconds: number };
  /** The writer was asked 'Posting this as it stands?' and said yes. */
  readonly isConfirmed: boolean;
}
