/** What a reader can follow: other readers, authors and topics of the paper, the talk under a story, or one thread. */
export type FollowKind = 'reader' | 'author' | 'topic' | 'story' | 'thread';

export const followKinds = ['reader', 'author', 'topic', 'story', 'thread'] as const satisfies FollowKind[];

/**
 * One thing that is followed.
 * `target`: id of a reader, a story, or the first comment of a thread; slug of an author or topic.
 */
export interface FollowTarget {
  readonly kind: FollowKind;
  readonly target: string;
}

/** How many things one account can follow, and how many readers it can mute or block. */
export const mostFollows = 2000;
export const mostMuted = 1000;
export const mostBlocked = 1000;

/** How one reader stands to the others. */
export interface Relations {
  /** By kind: `relations.following.reader.has(id)`. */
  readonly following: Readonly<Record<FollowKind, ReadonlySet<string>>>;
  /** Ids of readers whom this one does not see. They never learn of it. */
  readonly muted: ReadonlySet<string>;
  /** Ids of readers who cannot reply to, mention or follow this one; this one does not see them either. */
  readonly blocked: ReadonlySet<string>;
  /** Ids of readers whom this one cannot reply to, mention or follow. */
  readonly blockedBy: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Of whoever is not signed in. */
export const noRelations: Relations = {
  following: { reader: none, author: none, topic: none, story: none, thread: none },
  muted: none,
  blocked: none,
  blockedBy: none,
};

/** Whether a reader is spared what another writes. */
export function isUnseen({ muted, blocked }: Relations, reader: string | undefined): boolean {
  return reader !== undefined && (muted.has(reader) || blocked.has(reader));
}
