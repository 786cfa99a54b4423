import type { PushSender } from '../sending/sender.ts';

/** What becomes of an alert to many in a browser. */
export const seenActs = ['shown', 'clicked', 'dismissed'] as const;
export type SeenAct = (typeof seenActs)[number];

/** What the addresses of browsers need beside what all have. */
export interface BrowserParts {
  /** Folder of the built files. */
  readonly dist: string;
  /** The key that browsers subscribe with now. */
  readonly pushKey: () => Promise<{ readonly id: string; readonly public: string }>;
  /** Whether an address is one of a push service that we send to. */
  readonly isPushEndpoint: (url: string) => boolean;
  readonly sender: Pick<PushSender, 'sendToOne'>;
  /** Counts what became of an alert, by its code. */
  readonly count: (alert: string, act: SeenAct) => void;
}
