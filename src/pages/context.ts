import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import type { Site } from '../site/site.ts';

/** What every public page's routes are given by main.ts. */
export interface Context {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly media: MediaStore;
  readonly site: Site;
}
