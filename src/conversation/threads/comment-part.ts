import { attributes, html, raw, type Attributes, type Html } from '../../site/html.ts';
import { isUnseen, type Relations } from '../follows/follow.ts';
import { followPart } from '../follows/follow-part.ts';
import { isThere } from '../follows/policy.ts';
import { badgesPart, facePart, nameOf, namePart } from '../reader-pages/name-part.ts';
import { heardOf, heardPart } from './heard.ts';
import { isEditable } from './own-comment.ts';
import type { ThreadComment } from './threads.ts';
import { threadsText as words } from './text.ts';
import type { When } from './when.ts';

/** Who looks at a thread. */
export interface Viewer {
  readonly id: string;
  readonly relations: Relations;
  /** Ids of comments on the page that the viewer recommends. */
  readonly recommended: ReadonlySet<string>;
  /** Of the newsroom. */
  readonly canPick: boolean;
}

/** What all comments on a page have in common. */
export interface CommentOptions {
  readonly storyPath: string;
  /** Undefined for whoever is not signed in, and for what is made once for all. */
  readonly viewer: Viewer | undefined;
  /** Whether anybody can write here now. */
  readonly canWrite: boolean;
  readonly when: When;
  /** Milliseconds UTC. */
  readonly now: number;
  /** Without what can be done with it. */
  readonly isBare?: boolean;
  /** Id of the one that the page is about. */
  readonly current?: string | undefined;
}

/**
 * One comment with what stands below it; a tombstone where it is gone. Everything on it that can be done is named with its
 * writer, so that it makes sense where it is heard alone. `data-live` marks what changes for all while a page is
 * open, `data-replies` where answers go.
 * @param more.below what answers it; left out where answers stand beside it
 * @param more.answers whom it answers, where it does not stand right below that one
 */
export function commentPart(
  comment: ThreadComment,
  options: CommentOptions,
  more: { readonly below?: Html | undefined; readonly answers?: ThreadComment | undefined } = {},
): Html {
  const { viewer } = options;
  const { author, originAuthor, code, id, state } = comment;
  const isMine = viewer !== undefined && comment.authorId === viewer.id;
  const isWaiting = state === 'held' && isMine;
  const isUnseenHere = viewer !== undefined && isUnseen(viewer.relations, comment.authorId);
  const facts = attributes({
    'data-parent': comment.parentId,
    'data-author': comment.authorId,
    'aria-current': id === options.current && 'true',
  });
  if ((state !== 'visible' && !isWaiting) || isUnseenHere) {
    const says = isUnseenHere ? words.unseen : words.tombstone[state];
    return html`<article class="comment gone" id="comment-${code}" tabindex="-1" data-comment="${id}"${facts} aria-label="${words.gone}"><p>${says}</p>${more.below}</article>`;
  }
  const name = nameOf(author, originAuthor);
  const heard = heardOf(name);
  const path = `${options.storyPath}/comments/${code}#comment-${code}`;
  const href = attributes({ href: path });
  const marks = html`<span data-live="marks">${author && badgesPart(author)}${originAuthor !== undefined && html` <span class="badge">${words.elsewhere}</span>`}${comment.isPicked && html` <span class="badge pick">${words.pick}</span>`}${comment.editedAt !== undefined && html` <span>${words.edited}</span>`}</span>`;
  const writer = namePart(author, originAuthor);
  const answers =
    more.answers &&
    html`<p class="comment-to"><a href="#comment-${more.answers.code}">${words.inReplyTo(nameOf(more.answers.author, more.answers.originAuthor))}</a></p>`;
  return html`<article class="comment" id="comment-${code}" tabindex="-1" data-comment="${id}" data-at="${comment.createdAt}"${facts}${heard.label}><div class="comment-body"><div class="comment-by">${facePart(author, originAuthor, 32)}<div>${options.isBare ? writer : html`<h3>${writer}</h3>`}${marks} <a class="comment-at"${href}>${options.when(comment.createdAt)}${heard.when}</a></div></div>${answers}${isWaiting && html`<p class="note">${words.waitingNote}</p>`}<div class="comment-text" data-live="words" dir="auto">${raw(comment.html)}</div>${!options.isBare && actionsPart(comment, { name, path, href }, options)}</div>${more.below}</article>`;
}

/** How a comment is named, and where it stands. */
interface Own {
  readonly name: string;
  readonly path: string;
  /** The same as an attribute. */
  readonly href: Attributes;
}

function actionsPart(comment: ThreadComment, own: Own, options: CommentOptions): Html {
  const { viewer, canWrite } = options;
  const { name } = own;
  const { id, code, author } = comment;
  const isMine = viewer !== undefined && comment.authorId === viewer.id;
  const isBarred = viewer?.relations.blockedBy.has(comment.authorId ?? '') ?? false;
  const reply =
    canWrite &&
    comment.state === 'visible' &&
    !isBarred &&
    html`<a class="do" href="/comments/new?parent=${code}" rel="nofollow" data-reply="${code}">${heardOf(name).reply}</a>`;
  const follow =
    author && !isMine && !isBarred && isThere(author)
      ? followPart({
          kind: 'reader',
          target: author.id,
          name,
          isFollowing: viewer?.relations.following.reader.has(author.id) ?? false,
          to: own.path,
          isPersonal: false,
        })
      : undefined;
  return html`<div class="comment-do" data-personal="comment-${id}">${comment.state === 'visible' && recommendPart(comment, { name, isMine, isOn: viewer?.recommended.has(id) ?? false })}${reply}${follow}${morePart(comment, { ...own, isMine, reply: reply !== false }, options)}</div>`;
}

/** The button with which a reader recommends a comment, and how often that was done; of one's own, the count alone. */
export function recommendPart(
  { code, recommends }: Pick<ThreadComment, 'code' | 'recommends'>,
  own: { readonly name: string; readonly isMine: boolean; readonly isOn: boolean },
): Html {
  const count = html`<span class="count" data-live="recommends">${recommends > 0 && words.recommendsCount(recommends)}</span>`;
  if (own.isMine)
    return html`<div class="recommend" data-flow><span class="do" data-live="recommends" data-long>${recommends > 0 && words.recommends(recommends)}</span></div>`;
  const label = heardOf(own.name)[own.isOn ? 'recommended' : 'recommend'];
  return html`<div class="recommend" data-flow><form action="/comments/${code}/recommend" method="post" data-inline><button class="${own.isOn ? 'do on' : 'do'}" name="act" value="${own.isOn ? 'withdraw' : 'recommend'}">${label} ${count}</button></form></div>`;
}

function morePart(
  comment: ThreadComment,
  own: Own & { readonly isMine: boolean; readonly reply: boolean },
  options: CommentOptions,
): Html {
  const { viewer } = options;
  const { code, id } = comment;
  const { name } = own;
  const heard = heardOf(name);
  const mine =
    own.isMine &&
    html`${isEditable({ author_id: comment.authorId ?? null, state: comment.state, created_at: comment.createdAt }, viewer?.id, options.now) && html`<a href="/comments/${code}/edit" data-edit>${words.edit}${heardPart(words.ofYours)}</a>`}<a href="/comments/${code}/delete">${words.delete}${heardPart(words.ofYours)}</a>`;
  const thread =
    viewer &&
    comment.parentId === undefined &&
    followPart({
      kind: 'thread',
      target: comment.rootId,
      name: words.threadOf(name),
      isFollowing: viewer.relations.following.thread.has(comment.rootId),
      to: own.path,
      isPersonal: false,
    });
  const pick =
    viewer?.canPick &&
    html`<form action="/comments/${code}/pick" method="post"><button class="do" name="act"${attributes({ value: comment.isPicked ? 'unpick' : 'pick' })}>${comment.isPicked ? words.unpick : words.makePick}${heardPart(words.byWriter(name))}</button></form>`;
  return html`<details class="more"><summary>${heard.actions}</summary><div><a${own.href}>${heard.link}</a>${own.reply && html`<a href="/comments/new?parent=${code}&amp;quote=1" rel="nofollow">${heard.quote}</a>`}${mine}${thread}${pick}${!own.isMine && html`<a href="/report?kind=comment&amp;id=${id}" rel="nofollow">${heard.report}</a>`}</div></details>`;
}
