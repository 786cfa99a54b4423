import { networkOf } from '../http/limits.ts';
import type { Answer, Identity, Request, Route } from '../http/route-table.ts';
import { signedOut } from './client.ts';
import type { LiveHub } from './hub.ts';

const mostTopics = 30;
/** How a browser names the topic of whoever is signed in there. */
const own = 'me';

export interface LiveContext {
  readonly hub: LiveHub;
  /** What a topic that all readers may follow looks like, whole; others are left out. */
  readonly topics: RegExp;
  /** What a reader follows besides who is signed in, and whose words are kept from it. */
  readonly personal?: (identity: Identity) => Promise<Personal>;
}

export interface Personal {
  /** Such as `reader:{id}`: only for this reader. */
  readonly topics: readonly string[];
  /** Id of the session that asks. */
  readonly session: string;
  /** Ids of readers whose words this one does not want to see. */
  readonly without: ReadonlySet<string>;
}

/**
 * `/live?topics=a,b`: what happens on these topics, as server-sent events; `me` is what concerns the reader alone who is
 * signed in. Goes on from Last-Event-ID, else from the parameter `after` (a page that takes the stream over from another
 * sends it), else from now. Whoever asks for `me` and is signed in no more hears `signed-out` and nothing else.
 */
export function liveRoutes(context: LiveContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/live',
      name: 'live',
      who: 'anyone',
      proof: 'none',
      handle: (request) => answerStream(context, request),
    },
  ];
}

async function answerStream(
  context: LiveContext,
  { query, headers, ip, identity }: Request,
): Promise<Answer> {
  const { hub } = context;
  const asked = new Set(query.getAll('topics').flatMap((each) => each.split(',')));
  const isOwn = asked.delete(own);
  const topics = [...asked].filter((topic) => context.topics.test(topic)).slice(0, mostTopics);
  const stream = { type: 'text/event-stream', body: '', noStore: true };
  const personal = identity && (await context.personal?.(identity));
  if (isOwn && !personal) return { ...stream, status: 200, body: signedOut };
  if (isOwn) topics.push(...personal!.topics);
  // Tells the browser not to ask again (HTML Living Standard, section 9.2.3).
  if (topics.length === 0) return { ...stream, status: 204 };
  const network = networkOf(ip);
  hub.admit(network);
  const given = headers['last-event-id'] ?? query.get('after') ?? undefined;
  const after = given === undefined ? undefined : positionOf(String(given));
  const { session, without } = personal ?? {};
  const reader = personal && identity?.id;
  return {
    ...stream,
    status: 200,
    // Else nginx would gather events before it sends them.
    headers: { 'x-accel-buffering': 'no' },
    take: (response) => hub.join(response, { topics, network, after, session, reader, without }),
  };
}

/** What is no position counts as one that is not kept any more. */
function positionOf(given: string): number {
  return /^\d{1,15}$/.test(given) ? Number(given) : -1;
}
