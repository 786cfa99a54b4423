import { html, type Html } from '../../site/html.ts';
import type { Relations } from './follow.ts';
import { followsText as words } from './text.ts';

export interface RelationOptions {
  /** Id of the other reader. */
  readonly target: string;
  readonly name: string;
  readonly relations: Pick<Relations, 'muted' | 'blocked'>;
  /** Path to come back to. */
  readonly to: string;
}

/** Buttons that mute and block a reader, or no longer; for whoever is signed in. */
export function relationPart({ target, name, relations, to }: RelationOptions): Html {
  const isMuted = relations.muted.has(target);
  const isBlocked = relations.blocked.has(target);
  return html`<form class="relation" action="/following/relations" method="post"><input type="hidden" name="target" value="${target}"><input type="hidden" name="to" value="${to}">${button(isMuted ? 'unmute' : 'mute', isMuted ? words.unmuteName(name) : words.muteName(name))}${button(isBlocked ? 'unblock' : 'block', isBlocked ? words.unblockName(name) : words.blockName(name))}</form>`;
}

function button(act: string, label: string): Html {
  return html`<button class="pill" name="act" value="${act}">${label}</button>`;
}
