import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import type { Framer } from './frame.ts';
import type { Site } from './site.ts';

/** What the routes of public pages are given by main.ts. */
export interface Context {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly media: MediaStore;
  readonly site: Site;
  /** Where the live stream is: whatever was told up to here, a page shows that asks the database from now on. */
  readonly livePosition: () => number;
}

/** What the pages of a domain that stands below `pages/` are given. */
export interface DomainContext extends Context {
  readonly frame: Framer;
}
