import { attributes, html, type Html } from '../../site/html.ts';
import type { FollowTarget } from './follow.ts';
import { followsText as words } from './text.ts';

export interface FollowOptions extends FollowTarget {
  /** Of what is followed, for those who hear the page; what is seen stands in the words of its kind. */
  readonly name: string;
  readonly isFollowing: boolean;
  /** Path to come back to. */
  readonly to: string;
  /** False within something that is swapped whole when somebody signs in, such as a comment. */
  readonly isPersonal?: boolean;
}

/** The button that follows something, or no longer. It asks whoever is not signed in to do so first, and then follows. */
export function followPart({ kind, target, name, isFollowing, to, isPersonal = true }: FollowOptions): Html {
  const label = isFollowing
    ? html`${words.followingThis[kind]}<span class="hidden">${words.unfollowName(name)}</span>`
    : html`${words.followThis[kind]}<span class="hidden"> ${name}</span>`;
  return html`<div data-flow class="follow"${attributes({ 'data-personal': isPersonal && `follow-${kind}-${target}` })}><form action="/following" method="post" data-inline><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="target" value="${target}"><input type="hidden" name="to" value="${to}"><button class="${isFollowing ? 'pill on' : 'pill'}" name="act" value="${isFollowing ? 'unfollow' : 'follow'}">${label}</button></form></div>`;
}
