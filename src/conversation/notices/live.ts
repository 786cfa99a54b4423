import type { Database } from '../../platform/database/database.ts';
import type { LiveHub } from '../../platform/live/hub.ts';
import { readerTopic } from '../../readers/index.ts';
import { mostUnread } from './notice.ts';
import { countUnread } from './notices.ts';
import { noticesText as words } from './text.ts';

/** Tell a reader's tabs and devices how many notices wait, when there is one more and when they were read. */
export function tellNoticesLive(hub: Pick<LiveHub, 'publisher'>, database: Pick<Database, 'read'>): void {
  for (const type of ['notice.made', 'notice.read']) {
    hub.publisher(type, async ({ payload }) => {
      const reader = String(payload.reader);
      const unread = await countUnread(database.read, reader);
      return {
        topics: [readerTopic(reader)],
        name: 'notices',
        data: { unread, shown: unread > 0 ? words.unread(unread, mostUnread) : '' },
      };
    });
  }
  // One message for many: each asks for its own count, if it is there to hear of it.
  hub.publisher('notice.added', ({ payload }) => ({
    topics: (payload.readers as readonly string[]).map(readerTopic),
    name: 'notices-changed',
    data: {},
  }));
}
