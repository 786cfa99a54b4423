import type { LiveHub } from '../platform/live/hub.ts';

/** What readers may follow: one story, what is new on the front page, or new stories of a topic or an author. */
export const liveTopics =
  /^(?:front|story:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:topic|author):[^\s,:]{1,120})$/;

/** What is told of a story to those who have its page open, by the type of the event. */
const toldOfStory = {
  'story.updated': 'story-updated',
  'story.corrected': 'story-corrected',
  'story.unpublished': 'story-withdrawn',
  'story.killed': 'story-killed',
} as const;

/** After these nothing is told again of what stood under the story. */
const takenBack = new Set(['story.unpublished', 'story.killed']);

/** Tell those who follow that a story, or the front page, reads differently now; what it says they ask the page for. */
export function tellLive(hub: Pick<LiveHub, 'publisher'>): void {
  for (const [type, name] of Object.entries(toldOfStory)) {
    hub.publisher(
      type,
      ({ payload, createdAt }) => ({
        topics: [`story:${String(payload.story)}`],
        name,
        data: { story: payload.story, at: createdAt },
      }),
      takenBack.has(type) ? { forgets: ({ story }) => `story:${String(story)}` } : {},
    );
  }
  hub.publisher('story.published', ({ payload, tags, createdAt }) => {
    const lists = tags.filter((tag) => /^(?:topic|author):/.test(tag));
    const story = `story:${String(payload.story)}`;
    return {
      topics: ['front', story, ...lists],
      name: 'story-published',
      // Without its address, which holds the headline.
      data: { story: payload.story, lists, at: createdAt },
      within: story,
    };
  });
  hub.publisher('front.changed', ({ createdAt }) => ({
    topics: ['front'],
    name: 'front-changed',
    data: { at: createdAt },
  }));
}
