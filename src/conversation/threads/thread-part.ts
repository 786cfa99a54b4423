import { attributes, html, type Html } from '../../site/html.ts';
import { isUnseen } from '../follows/follow.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { commentSorts, type CommentSort } from './comment.ts';
import { commentPart, type CommentOptions } from './comment-part.ts';
import type { ThreadComment, ThreadNode } from './threads.ts';
import { threadsText as words } from './text.ts';

export interface NodesOptions extends CommentOptions {
  /** How deep replies are set in; what is deeper stands at this depth. */
  readonly depth: number;
}

/** Comments with what answers them. */
export function nodesPart(nodes: readonly ThreadNode[], options: NodesOptions): readonly Html[] {
  return nodes.map((node) => nodePart(node, options));
}

/** One comment with what answers it. */
export function nodePart(node: ThreadNode, options: NodesOptions, level = 0): Html {
  return commentPart(node.comment, options, { below: belowPart(node, options, level) });
}

function belowPart(node: ThreadNode, options: NodesOptions, level: number): Html {
  const { comment, folded } = node;
  const isHidden = options.viewer !== undefined && isUnseen(options.viewer.relations, comment.authorId);
  const name = isHidden || comment.state !== 'visible' ? '' : nameOf(comment.author, comment.originAuthor);
  const to = name && html`<span class="hidden">${words.repliesTo(name)}</span>`;
  const more =
    folded > 0 &&
    html`<p class="folded"><a class="pill" href="${`${options.storyPath}/comments/${comment.code}`}#comment-${comment.code}">${words.moreReplies(folded)}${to}</a></p>`;
  if (node.replies.length === 0) return html`<div class="replies" data-replies hidden></div>${more}`;
  // Below the last depth all stand beside each other, in the order of the branch, each with whom it answers.
  const items =
    level + 1 < options.depth
      ? node.replies.map((reply) => nodePart(reply, options, level + 1))
      : flat(node.replies, comment).map(({ reply, parent }) =>
          commentPart(reply, options, { answers: parent.id === comment.id ? undefined : parent }),
        );
  return html`<details class="branch" open><summary>${words.replies(count(node))}${to}</summary><div class="replies" data-replies>${items}</div></details>${more}`;
}

function flat(
  nodes: readonly ThreadNode[],
  parent: ThreadComment,
): { reply: ThreadComment; parent: ThreadComment }[] {
  return nodes.flatMap((node) => [
    { reply: node.comment, parent: parent },
    ...flat(node.replies, node.comment),
  ]);
}

/** Visible comments below one, folded ones too. */
function count(node: ThreadNode): number {
  const shown = (each: ThreadNode): number =>
    each.replies.reduce((sum, reply) => sum + (reply.comment.state === 'visible' ? 1 : 0) + shown(reply), 0);
  return shown(node) + node.folded;
}

/** The orders in which a conversation can be read. */
export function sortsPart(path: string, current: CommentSort): Html {
  const links = commentSorts.map(
    (sort) =>
      html`<a href="${`${path}/comments?sort=${sort}`}#conversation" rel="nofollow"${attributes({ 'aria-current': sort === current && 'true' })}>${words.sorts[sort]}</a>`,
  );
  return html`<nav class="sorts" aria-label="${words.sortBy}">${links}</nav>`;
}
