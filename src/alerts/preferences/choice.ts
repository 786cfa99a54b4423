import {
  alertChannels,
  personalKinds,
  publicKinds,
  type AlertChannel,
  type AlertKind,
  type AlertOwner,
  type PersonalKind,
  type PublicKind,
} from '../alert.ts';

/** What alerts are of. `target` is '' for all that is followed of the kind, and where a kind has none. */
export interface AlertThing {
  readonly kind: AlertKind;
  /** Slug of a section, topic or author; id of a story or reader. */
  readonly target: string;
}

/** Something that somebody has decided about. */
export interface AlertChoice extends AlertThing {
  readonly channel: AlertChannel;
}

/** Kinds of which single ones are chosen; of `breaking` and of what is told of oneself there is one. */
export const targetKinds = ['section', 'topic', 'author', 'story', 'reader'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** Kinds that an account can follow, and is told of by that. */
export const followedKinds = ['topic', 'author', 'story', 'reader'] as const satisfies TargetKind[];
export type FollowedKind = (typeof followedKinds)[number];

/** How many choices an account can hold, and one browser. */
export const mostChoices = { reader: 2000, browser: 300 } as const;

/** What an account is told of that has chosen nothing. News is asked for one by one. */
const usual: Readonly<Record<AlertKind, AlertChannel>> = {
  breaking: 'off',
  section: 'off',
  topic: 'inbox',
  author: 'inbox',
  story: 'inbox',
  reader: 'inbox',
  reply: 'push',
  mention: 'push',
  pick: 'inbox',
  follower: 'inbox',
  decision: 'inbox',
};

/** How an account is told of a kind that it has not decided about: of all that it follows of it, or of what is its own. */
export function usualChannel(kind: AlertKind): AlertChannel {
  return usual[kind];
}

export function isFollowed(kind: AlertKind): kind is FollowedKind {
  return followedKinds.includes(kind as FollowedKind);
}

export function isTargetKind(kind: AlertKind): kind is TargetKind {
  return targetKinds.includes(kind as TargetKind);
}

export function isPublicKind(kind: AlertKind): kind is PublicKind {
  return publicKinds.includes(kind as PublicKind);
}

export function isPersonalKind(kind: AlertKind): kind is PersonalKind {
  return personalKinds.includes(kind as PersonalKind);
}

/**
 * The ways in which an owner can be told of a kind. A browser without an account is rung, or not. Of decisions about
 * oneself an account always learns.
 */
export function channelsOf(owner: AlertOwner, kind: AlertKind): readonly AlertChannel[] {
  if (owner.startsWith('browser:')) return isPublicKind(kind) ? ['push', 'off'] : [];
  return kind === 'decision' ? alertChannels.filter((channel) => channel !== 'off') : alertChannels;
}

/** Of several ways to be told of one story the first that rings soonest. */
export function strongest(channels: Iterable<AlertChannel>): AlertChannel {
  const given = new Set(channels);
  return alertChannels.find((channel) => given.has(channel)) ?? 'off';
}

/** All that a story is found under. */
export function thingsOf(story: {
  readonly id: string;
  readonly section?: string | undefined;
  readonly topics: readonly string[];
  readonly byline: readonly { readonly author?: string | undefined }[];
}): AlertThing[] {
  const things: AlertThing[] = [{ kind: 'story', target: story.id }];
  if (story.section) things.push({ kind: 'section', target: story.section });
  for (const target of new Set(story.topics)) things.push({ kind: 'topic', target });
  for (const target of new Set(story.byline.flatMap(({ author }) => author ?? [])))
    things.push({ kind: 'author', target });
  return things;
}

/** Names a thing in maps and fields of forms: `topic:harbour`. */
export function keyOf({ kind, target }: AlertThing): string {
  return `${kind}:${target}`;
}
