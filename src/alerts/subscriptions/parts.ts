import type { Told } from '../breaking/count-alerts.ts';
import type { PushSender } from '../sending/sender.ts';

/** What the addresses of browsers need beside what all have. */
export interface BrowserParts {
  /** Folder of the built files. */
  readonly dist: string;
  /** The key that browsers subscribe with now. */
  readonly pushKey: () => Promise<{ readonly id: string; readonly public: string }>;
  /** Made when it is first needed. */
  readonly sender: () => Promise<Pick<PushSender, 'sendToOne'>>;
  /** Counts what became of an alert, by its code. */
  readonly count: (alert: string, what: Told) => void;
}
