import { kept, recall, remember } from './device.ts';

const prefix = 'draft:';
/** A draft that nobody came back to is let go, milliseconds. */
const life = 30 * 86_400_000;

/** Told to a place to write when what was written there is posted. */
export const posted = 'freesheet:posted';

/** What was typed in a place and is not posted yet; kept on this device alone. */
export interface Draft {
  readonly text: string;
  /** When it was typed, milliseconds UTC. */
  readonly at: number;
  /** When it was sent, while it is not known yet whether it was posted. */
  readonly sentAt?: number;
}

export function recallDraft(place: string): Draft | undefined {
  return read(prefix + place);
}

/** @param text empty to forget it */
export function keepDraft(place: string, text: string, isSent = false): void {
  const at = Date.now();
  const draft: Draft = { text, at, ...(isSent && { sentAt: at }) };
  remember(prefix + place, text.trim() === '' ? undefined : JSON.stringify(draft));
}

/** Let go of all drafts, as somebody else may use the device next. */
export function forgetDrafts(): void {
  for (const key of kept(prefix)) remember(key, undefined);
}

/** Let go of drafts that are too old. */
export function tidyDrafts(): void {
  for (const key of kept(prefix)) if (Date.now() - (read(key)?.at ?? 0) > life) remember(key, undefined);
}

function read(key: string): Draft | undefined {
  try {
    return (JSON.parse(recall(key) ?? 'null') as Draft | null) ?? undefined;
  } catch {
    return undefined;
  }
}
