import type { Request } from '../platform/http/route-table.ts';
import type { Html } from '../site/html.ts';
import type { IntentHandlers } from './sign-in/intent.ts';

/** What `main.ts` gives to the routes of readers from the domains above. */
export interface ReadersOptions {
  /** By kind. */
  readonly intents: IntentHandlers;
  /** Further ways to sign in, below the first step. */
  readonly choices?: (request: Request) => Promise<Html | undefined> | Html | undefined;
  /** The forum's guidelines, for the step before a first comment; a link to them when left out. */
  readonly guidelines?: (request: Request) => Promise<Html> | Html;
  /** Names that belong to somebody already, such as those of the paper's authors: no reader may look like them. */
  readonly takenNames?: () => Promise<readonly string[]>;
}
