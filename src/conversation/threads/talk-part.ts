import { randomUUID } from 'node:crypto';
import type { Identity } from '../../platform/http/route-table.ts';
import { loadRulebook } from '../../moderation/index.ts';
import type { Context } from '../../site/context.ts';
import { attributes, html, jsonScript, type Html } from '../../site/html.ts';
import { formatClock, fromInstant } from '../../stories/index.ts';
import { followPart } from '../follows/follow-part.ts';
import { relationsOf } from '../follows/relations.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { commentPart, type Viewer } from './comment-part.ts';
import type { CommentSort } from './comment.ts';
import { composerPart } from './composer-part.ts';
import { mayPick } from './policy.ts';
import type { TalkStory } from './talked-of.ts';
import { nodesPart, sortsPart, type NodesOptions } from './thread-part.ts';
import type { StoryThread } from './thread-state.ts';
import {
  commentsOf,
  listThread,
  listWaiting,
  recommendedOf,
  type ThreadComment,
  type ThreadNode,
  type ThreadPage,
} from './threads.ts';
import { threadsText as words } from './text.ts';
import { whenIn } from './when.ts';

/** Everything that the conversation under a story shows. */
export interface TalkView {
  readonly story: TalkStory;
  readonly thread: StoryThread;
  readonly sort: CommentSort;
  readonly page: ThreadPage;
  /** One's own that wait for moderators. */
  readonly waiting: readonly ThreadComment[];
  readonly viewer: Viewer | undefined;
  /** Most characters of a comment. */
  readonly most: number;
  /** Whether this is not the first page. */
  readonly isFurther: boolean;
  /** Where the live stream was before the page was read. */
  readonly livePosition: number;
}

/** @throws AppError `list.bad-cursor` */
export async function loadTalk(
  context: Context,
  story: TalkStory,
  thread: StoryThread,
  asked: {
    readonly identity: Identity | undefined;
    readonly sort?: CommentSort | undefined;
    readonly after?: string | undefined;
  },
): Promise<TalkView> {
  const livePosition = context.livePosition();
  const db = context.database.read;
  const { identity, after } = asked;
  const sort = asked.sort ?? thread.sort;
  const [page, waiting, { settings }] = await Promise.all([
    thread.comments === 0 && !identity
      ? { nodes: [], next: undefined }
      : listThread(db, { story: story.id, sort, after }),
    identity ? listWaiting(db, story.id, identity.id) : [],
    loadRulebook(db),
  ]);
  // One switch of moderation holds everything: the page says so before somebody writes.
  const isHeld = settings['premoderate.all'] && thread.state === 'open';
  return {
    story,
    thread: isHeld ? { ...thread, state: 'premoderated', because: 'rules' } : thread,
    sort,
    page,
    waiting,
    viewer: await viewerOf(context, identity, page.nodes),
    most: settings['length.most'],
    isFurther: after !== undefined,
    livePosition,
  };
}

/** Who looks at some comments, with how they stand to them. */
export async function viewerOf(
  { database, clock }: Context,
  identity: Identity | undefined,
  nodes: readonly ThreadNode[],
): Promise<Viewer | undefined> {
  if (!identity) return undefined;
  const ids = commentsOf(nodes).map(({ id }) => id);
  const [relations, recommended] = await Promise.all([
    relationsOf(database.read, identity.id),
    recommendedOf(database.read, identity.id, ids),
  ]);
  return { id: identity.id, relations, recommended, canPick: mayPick(identity.reader, clock.now()) };
}

/** Whether anybody can write under a story now. */
export function canWrite({ state }: Pick<StoryThread, 'state'>): boolean {
  return state === 'open' || state === 'premoderated';
}

/** What all comments of a page have in common. */
export function nodesOptions(
  { site, clock }: Context,
  view: { story: TalkStory; thread: StoryThread; viewer: Viewer | undefined; current?: string | undefined },
): NodesOptions {
  const now = clock.now();
  return {
    storyPath: view.story.path,
    viewer: view.viewer,
    canWrite: canWrite(view.thread),
    when: whenIn(site.zone, now),
    now,
    current: view.current,
    depth: view.thread.depth,
  };
}

/** The conversation: how it stands, where to write, and a page of it. */
export function talkPart(context: Context, view: TalkView): Html {
  const { story, thread, sort, page, viewer, waiting } = view;
  const options = nodesOptions(context, view);
  const isOpen = canWrite(thread);
  const title = html`<h2 id="conversation-title">${words.title} <span class="total" data-total>${words.count(thread.comments)}</span></h2>`;
  const write = isOpen && !view.isFurther ? writePart(view) : undefined;
  const own =
    waiting.length > 0 &&
    html`<h3>${words.waiting}</h3>${waiting.map((comment) => commentPart(comment, options))}`;
  const none =
    page.nodes.length === 0 && html`<p class="none" data-none>${isOpen ? words.none : words.noneClosed}</p>`;
  return html`<section class="talk" id="conversation" aria-labelledby="conversation-title"><comment-thread data-story="${story.id}" data-path="${story.path}" data-sort="${sort}" data-after="${view.livePosition}"><div class="talk-head">${title}${thread.comments > 1 && sortsPart(story.path, sort)}${followPart({ kind: 'story', target: story.id, name: words.conversationOn(story.headline), isFollowing: viewer?.relations.following.story.has(story.id) ?? false, to: `${story.path}#conversation` })}</div>${linePart(context, thread)}${write}<p role="status" data-welcome></p><div data-personal="waiting">${own}</div>${newPart()}<div class="comments" data-comments>${nodesPart(page.nodes, options)}</div>${none}${pagerPart(view)}<p class="live-switch meta" data-live-switch hidden><label><input type="checkbox"> ${words.liveSwitch}</label></p></comment-thread></section>`;
}

function newPart(): Html {
  return html`<p class="new" data-new=""${attributes({ hidden: true, 'data-one': words.newOne, 'data-other': words.newOther, 'data-answered-one': words.answeredOne, 'data-answered-other': words.answeredOther })}><button class="pill" type="button"></button></p><p class="hidden" role="status" data-announce></p>`;
}

/** Where to write; whoever is not signed in is invited, and can begin at once. */
function writePart({ story, viewer, most }: TalkView): Html {
  const isSignedIn = viewer !== undefined;
  const composer = composerPart({ story, key: isSignedIn ? randomUUID() : '', most, isSignedIn });
  if (isSignedIn) return html`<div data-write>${composer}</div>`;
  return html`<div class="invitation" data-write><p><b>${words.invitation}</b> ${words.invitationText}</p>${composer}</div>`;
}

/** How a conversation stands, where it is not simply open. */
export function linePart({ site }: Pick<Context, 'site'>, thread: StoryThread): Html | undefined {
  const { state, because, note, changesAt } = thread;
  const opens =
    changesAt === undefined ? '' : (formatClock(fromInstant(changesAt, site.zone), 'en-GB') ?? '');
  const line =
    state === 'premoderated'
      ? words.state.premoderated
      : state === 'legal'
        ? words.state.legal
        : state === 'open'
          ? undefined
          : because === 'hours'
            ? words.state.hours(opens)
            : because === 'age' || because === 'sensitive'
              ? words.state[because]
              : words.state.closed;
  if (!line && !note) return undefined;
  return html`<p class="note">${line}${line && note && ' '}${note}</p>`;
}

function pagerPart({ story, sort, page, isFurther }: TalkView): Html | undefined {
  if (!page.next && !isFurther) return undefined;
  const to = (query: string) => `${story.path}/comments?sort=${sort}${query}#conversation`;
  return html`<nav class="pager" aria-label="${words.more}">${isFurther ? html`<a class="pill" href="${to('')}">${words.start}</a>` : html`<span></span>`}${page.next && html`<a class="pill" rel="next nofollow" href="${to(`&after=${page.next}`)}">${words.more}</a>`}</nav>`;
}

/** Comments that search engines are told of with a story. */
const mostToldOf = 10;

/** Comments as schema.org Comment, for the story's own NewsArticle; machines are not signed in. */
export function commentData(origin: string, { story, thread, page, viewer }: TalkView): Html | undefined {
  if (thread.comments === 0 || viewer !== undefined) return undefined;
  const url = `${origin}${story.path}`;
  const comments = page.nodes
    .map(({ comment }) => comment)
    .filter(({ state }) => state === 'visible')
    .slice(0, mostToldOf);
  return jsonScript('application/ld+json', {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    commentCount: thread.comments,
    discussionUrl: `${url}#conversation`,
    comment: comments.map((comment) => ({
      '@type': 'Comment',
      '@id': `${url}/comments/${comment.code}`,
      url: `${url}/comments/${comment.code}`,
      text: comment.text,
      dateCreated: new Date(comment.createdAt).toISOString(),
      ...(comment.editedAt !== undefined && { dateModified: new Date(comment.editedAt).toISOString() }),
      upvoteCount: comment.recommends,
      commentCount: comment.branch,
      author: {
        '@type': 'Person',
        name: nameOf(comment.author, comment.originAuthor),
        ...(comment.author?.handle && { url: `${origin}/readers/${comment.author.handle}` }),
      },
    })),
  });
}
