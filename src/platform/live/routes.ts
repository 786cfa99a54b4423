import { networkOf } from '../http/limits.ts';
import type { Answer, Request, Route } from '../http/route-table.ts';
import type { LiveHub } from './hub.ts';

const mostTopics = 30;

/**
 * `/live?topics=a,b`: what happens on these topics, as server-sent events. Goes on from Last-Event-ID, else from the
 * parameter `after` (a page that takes the stream over from another sends it), else from now.
 * @param context.topics what a topic that readers may follow looks like, whole; others are left out
 */
export function liveRoutes(context: { readonly hub: LiveHub; readonly topics: RegExp }): Route[] {
  return [
    {
      method: 'GET',
      path: '/live',
      name: 'live',
      who: 'anyone',
      proof: 'none',
      handle: (request) => answerStream(context.hub, context.topics, request),
    },
  ];
}

function answerStream(hub: LiveHub, pattern: RegExp, { query, headers, ip }: Request): Answer {
  const asked = query.getAll('topics').flatMap((each) => each.split(','));
  const topics = [...new Set(asked)].filter((topic) => pattern.test(topic)).slice(0, mostTopics);
  const stream = { type: 'text/event-stream', body: '', noStore: true };
  // Tells the browser not to ask again (HTML Living Standard, section 9.2.3).
  if (topics.length === 0) return { ...stream, status: 204 };
  const network = networkOf(ip);
  hub.admit(network);
  const given = headers['last-event-id'] ?? query.get('after') ?? undefined;
  const after = given === undefined ? undefined : positionOf(String(given));
  return {
    ...stream,
    status: 200,
    // Else nginx would gather events before it sends them.
    headers: { 'x-accel-buffering': 'no' },
    take: (response) => hub.join(response, { topics, network, after }),
  };
}

/** What is no position counts as one that is not kept any more. */
function positionOf(given: string): number {
  return /^\d{1,15}$/.test(given) ? Number(given) : -1;
}
