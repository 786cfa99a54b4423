import type { LiveHub } from '../platform/live/hub.ts';

/** The topic of what concerns one reader alone. */
export function readerTopic(reader: string): string {
  return `reader:${reader}`;
}

/** End the streams of sessions that end, and tell a reader's other tabs and devices that its account reads differently. */
export function tellReadersLive(hub: Pick<LiveHub, 'publisher'>): void {
  hub.publisher('session.ended', () => undefined, { ends: ({ sessions }) => sessions as readonly string[] });
  hub.publisher('reader.changed', ({ payload }) => ({
    topics: [readerTopic(String(payload.reader))],
    name: 'account-changed',
    data: {},
  }));
}
