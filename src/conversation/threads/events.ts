import type { DomainEvent } from '../../platform/database/database.ts';

/** Of which comment an event tells; its words are read where they are needed, as they stand then. */
export interface CommentFacts {
  readonly comment: string;
  readonly story: string;
  /** Of the comment at the top of its branch; its own id there. */
  readonly root: string;
  readonly parent: string | null;
  /** Null where the author's account is gone. */
  readonly author: string | null;
  readonly parentAuthor?: string | null;
}

/** The page-store tag of all that shows a story's conversation; the story's page bears it too. */
export const threadTag = (story: string): string => `thread:${story}`;

/** The page-store tag of what shows one comment outside its conversation; the comment is changed, or gone, by it. */
export const commentTag = (comment: string): string => `comment:${comment}`;

/** Readers see a new comment. @param mentions ids of readers who are named in it */
export function commentPosted(facts: CommentFacts, mentions: readonly string[] = []): DomainEvent {
  return tell('comment.posted', facts, { mentions });
}

/** It reads otherwise than before. @param mentions ids of readers who were not named in it before */
export function commentEdited(facts: CommentFacts, mentions: readonly string[] = []): DomainEvent {
  return tell('comment.edited', facts, { mentions }, true);
}

/** A comment that readers saw is held, hidden, removed or deleted now; at most a tombstone stays. */
export function commentRemoved(
  facts: CommentFacts,
  why: 'held' | 'hidden' | 'removed' | 'deleted',
): DomainEvent {
  return tell('comment.removed', facts, { why }, true);
}

/** A comment that was kept back is seen by readers now. @param isFirst true unless readers saw it once before */
export function commentShown(
  facts: CommentFacts,
  { isFirst, mentions }: { readonly isFirst: boolean; readonly mentions: readonly string[] },
): DomainEvent {
  return tell('comment.shown', facts, { isFirst, mentions });
}

/** The count of those who recommend it is another. */
export function commentRecommended(facts: CommentFacts, by: string, isWithdrawn: boolean): DomainEvent {
  return tell('comment.recommended', facts, { by, isWithdrawn });
}

/** The newsroom has picked it, or picks it no longer. */
export function commentPicked(facts: CommentFacts, isPicked: boolean): DomainEvent {
  return tell('comment.picked', facts, { isPicked });
}

/** A comment waits for moderators: nobody but its author sees it. */
export function commentHeld(facts: CommentFacts): DomainEvent {
  return { type: 'comment.held', payload: { ...facts } };
}

/** Who may write under a story, and how, is decided otherwise. */
export function threadChanged(story: string): DomainEvent {
  return { type: 'thread.changed', payload: { story }, tags: [threadTag(story)], urgent: true };
}

/** Defaults of the site or a section are others. */
export function threadDefaultsChanged(scope: string): DomainEvent {
  return { type: 'thread.defaults-changed', payload: { scope }, tags: ['threads'], urgent: true };
}

function tell(
  type: string,
  facts: CommentFacts,
  more: Readonly<Record<string, unknown>>,
  urgent = false,
): DomainEvent {
  // The author's own page lists it, and counts how often it was recommended.
  const tags = [threadTag(facts.story), ...(facts.author === null ? [] : [`reader:${facts.author}`])];
  if (urgent) tags.push(commentTag(facts.comment));
  return { type, payload: { ...facts, ...more }, tags, urgent };
}
