import type { LiveHub } from '../../platform/live/hub.ts';
import { readerTopic } from '../../readers/index.ts';

/** Have the open streams of a reader tell no more of whom that reader mutes or blocks, and tell its tabs of it. */
export function tellFollowsLive(hub: Pick<LiveHub, 'publisher'>): void {
  hub.publisher(
    'relation.changed',
    ({ payload: { reader, target, isUnseen } }) => ({
      topics: [readerTopic(String(reader))],
      name: 'relation-changed',
      data: { reader: target, isUnseen },
    }),
    {
      hushes: ({ reader, target, isUnseen }) => ({
        reader: String(reader),
        target: String(target),
        isUnseen: isUnseen === true,
      }),
    },
  );
}
