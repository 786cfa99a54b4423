import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Log } from '../../../platform/log.ts';
import type { Written } from '../../../site/language.ts';
import type { PushSender } from '../../sending/sender.ts';

/** What telling many needs. */
export interface FanOutParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly sender: Pick<PushSender, 'sendToMany'>;
  /** Its own words, its address, and its zone. */
  readonly paper: Written & { readonly name: string; readonly origin: string; readonly zone: string };
  /** Seconds over which an alert to very many is spread, so that they do not all open the story at once. */
  readonly spread: number;
  /** Have the page at a path made and stored, before many ask for it. */
  readonly warm: (path: string) => Promise<void>;
  /** Browsers of a batch; 500 when left out. */
  readonly batch?: number;
}

/**
 * Browsers of a batch: what is sent again when a crash comes between sending and recording, how long pages wait while one is
 * looked up, and how late a withdrawal is noticed.
 */
export const usualBatch = 500;
