import { z } from 'zod';
import { redirect, json } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { nameTag } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { within, writtenIn } from '../../site/language.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { commentPath, commentSorts, type CommentSort } from './comment.ts';
import { threadTag } from './events.ts';
import { listMentionable } from './mentions.ts';
import { noComment } from './own-comment.ts';
import { commentData, linePart, loadTalk, nodesOptions, talkPart, viewerOf } from './talk-part.ts';
import { findStoryOf, findTalkStory, type TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { nodePart } from './thread-part.ts';
import { loadThread } from './thread-state.ts';
import { commentsOf, findBranch, findComments, type ThreadNode } from './threads.ts';

/** Tags under which a page of a conversation is kept. @param nodes what it shows: a name goes when its reader says so */
export function talkTags(story: string, nodes: readonly ThreadNode[]): readonly string[] {
  const names = commentsOf(nodes).flatMap(({ authorId }) =>
    authorId === undefined ? [] : nameTag(authorId),
  );
  return [`story:${story}`, threadTag(story), 'threads', ...new Set(names)];
}

/** `{story}/comments`: further pages, and other orders. */
export async function threadPage(context: DomainContext, request: Request): Promise<Answer> {
  const story = await storyOf(context, request);
  const { database, clock, site } = context;
  const thread = await loadThread(database.read, story, { now: clock.now(), zone: site.zone });
  const asked = request.query.get('sort');
  const sort = z.enum(commentSorts as readonly [CommentSort]).safeParse(asked).data;
  const after = request.query.get('after') ?? undefined;
  const view = await loadTalk(context, story, thread, { identity: request.identity, sort, after });
  const path = `${story.path}/comments`;
  return context.frame(request, {
    title: words.titleOf(story.headline),
    canonical: path,
    main: html`<div class="wrap talk-page">${headPart(context, story)}${talkPart(context, view)}</div>`,
    kind: 'thread',
    head: commentData(site.origin, view),
    islands: ['thread', 'composer'],
    // The story's own page holds the first ones; one address for each is enough.
    robots: 'noindex, follow',
    tags: talkTags(story.id, view.page.nodes),
    ...(thread.changesAt !== undefined && { expiresAt: thread.changesAt }),
  });
}

/** `{story}/comments/{code}`: one comment with what it answers and what answers it. */
export async function commentPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, clock, site } = context;
  const db = database.read;
  // Before anything is read: what comes after it is told live.
  const after = context.livePosition();
  const story = await storyOf(context, request);
  const { identity } = request;
  const branch = await findBranch(db, {
    story: story.id,
    code: request.params.code!,
    after: request.query.get('after') ?? undefined,
    viewer: identity?.id,
  });
  if (!branch) throw noComment();
  const { root, target, next, isPart } = branch;
  const thread = await loadThread(db, story, { now: clock.now(), zone: site.zone });
  const viewer = await viewerOf(context, identity, [root]);
  const options = nodesOptions(context, { story, thread, viewer, current: target.id });
  const path = `${story.path}/comments/${target.code}`;
  const rest = isPart
    ? html`<a class="pill" href="${commentPath(story.path, root.comment.code)}">${words.wholeBranch}</a>`
    : undefined;
  const more =
    next !== undefined &&
    html`<a class="pill" rel="next" href="${`${path}?after=${next}`}">${words.restOfBranch}</a>`;
  const title =
    target.state === 'visible'
      ? words.commentOn(nameOf(target.author, target.originAuthor), story.headline)
      : words.titleOf(story.headline);
  const main = html`<div class="wrap talk-page">${headPart(context, story)}<section class="talk" aria-labelledby="conversation-title"><h2 class="hidden" id="conversation-title">${words.title}</h2>${linePart(context, thread)}<comment-thread data-story="${story.id}" data-path="${story.path}" data-sort="oldest" data-after="${after}"><p role="status" data-welcome></p><div class="comments branch-page">${nodePart({ ...root, folded: 0 }, options)}</div></comment-thread><p class="pager">${rest}${more}<a class="pill" href="${`${story.path}#conversation`}">${words.wholeConversation}</a></p></section></div>`;
  return context.frame(request, {
    title,
    canonical: path,
    main,
    kind: 'thread',
    islands: ['thread', 'composer'],
    robots: 'noindex, follow',
    tags: talkTags(story.id, [root]),
    ...(thread.changesAt !== undefined && { expiresAt: thread.changesAt }),
  });
}

/** `/comments/{code}`: to the comment, wherever it stands. */
export async function commentLink({ database }: DomainContext, { params }: Request): Promise<Answer> {
  const [comment] = await findComments(database.read, 'code', [params.code!]);
  if (!comment) throw noComment();
  const story = await findStoryOf(database.read, comment.storyId);
  return redirect(commentPath(story.path, comment.code), 302, { noStore: true });
}

/** `/comments/mentions`: readers whose names begin so, for whoever writes. */
export async function mentionsAnswer({ database }: DomainContext, request: Request): Promise<Answer> {
  const readers = await listMentionable(database.read, request.identity!.id, {
    typed: request.query.get('q') ?? '',
    story: request.query.get('story') ?? undefined,
  });
  return json({ readers }, { noStore: true });
}

/** @throws AppError as `findTalkStory` */
function storyOf({ database }: DomainContext, { params }: Request): Promise<TalkStory> {
  const { year, month, day, slug } = params;
  return findTalkStory(database.read, 'path', `/${year}/${month}/${day}/${slug}`);
}

function headPart({ site }: DomainContext, story: TalkStory): Html {
  return html`<header class="talk-top"><p class="kicker"><a href="${story.path}">${words.toStory}</a></p><h1${attributes({ ...within(story, writtenIn(site.language)) })}><a href="${story.path}">${story.headline}</a></h1></header>`;
}
