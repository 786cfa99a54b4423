import type { FollowKind } from './follow.ts';

const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, most: number, one: string, many: string) =>
  count > most ? `${number.format(most)}+ ${many}` : `${number.format(count)} ${count === 1 ? one : many}`;

/** Words about following, muting and blocking. */
export const followsText = {
  suspended: 'Your account cannot do this at the moment. Your account page says why, and until when.',
  own: 'You cannot follow yourself.',
  ownMute: 'This is your own account.',
  refused: 'This reader cannot be followed.',
  notFound: 'There is nothing to follow here any more.',
  noReader: 'There is no such reader.',
  tooMany: (most: number) =>
    `This is the most that one account can hold: ${number.format(most)}. Take one away first.`,
  someone: 'a former reader',
  badForm: 'This form is not complete. Go back and try it again.',
  follow: 'Follow',
  followName: (name: string) => `Follow ${name}`,
  following: 'Following',
  unfollowName: (name: string) => ` ${name}: stop following`,
  followThis: {
    reader: 'Follow',
    author: 'Follow',
    topic: 'Follow',
    story: 'Follow the conversation',
    thread: 'Follow this thread',
  } satisfies Record<FollowKind, string>,
  followingThis: {
    reader: 'Following',
    author: 'Following',
    topic: 'Following',
    story: 'Following the conversation',
    thread: 'Following this thread',
  } satisfies Record<FollowKind, string>,
  stop: 'stop following',
  back: 'Go on reading',
  done: {
    title: 'Following',
    follows: (name: string) => `You follow ${name} now. What is new comes to your Following page.`,
    ends: (name: string) => `You do not follow ${name}.`,
  },
  thread: (name: string, story: string) => `the thread that ${name} began under “${story}”`,
  story: (story: string) => `the conversation under “${story}”`,
  page: {
    title: 'Following',
    lede: 'The newest comments and replies of readers you follow, what is said in the conversations you follow, and new stories of your authors and topics.',
    tabs: 'Following',
    newest: 'Newest',
    all: 'All that you follow',
    muted: 'Muted and blocked',
    older: 'Older',
    toNewest: 'Newest',
    empty: 'Nothing here yet',
    emptyHelp:
      'Follow readers whose comments you value, authors, topics, or the conversation under a story: what is new stands here, the newest first.',
    noOlder: 'There is nothing older.',
    toFront: 'To the front page',
    newStory: 'New story',
    feed: 'As a feed',
    feedHelp:
      'Read this page in a feed reader, at an address that only you know. Whoever has the address can read it; a new one ends the old.',
    feedMake: 'Make an address',
    feedRenew: 'Make a new address',
    feedEnd: 'Remove it',
    feedAddress: 'Address of your feed',
    oneNew: 'Show 1 new',
    /** With # for how many. */
    manyNew: 'Show # new',
  },
  all: {
    title: 'All that you follow',
    empty: 'You do not follow anything yet.',
    kinds: {
      reader: 'Readers',
      author: 'Authors',
      topic: 'Topics',
      story: 'Conversations',
      thread: 'Threads',
    } satisfies Record<FollowKind, string>,
  },
  muted: {
    title: 'Muted and blocked',
    lede: 'You do not see what these readers write. Nobody learns that they are muted.',
    muted: 'Muted',
    mutedHelp: 'You do not see what they write. They notice nothing.',
    blocked: 'Blocked',
    blockedHelp: 'Nor can they reply to you, mention you or follow you.',
    empty: 'Nobody.',
  },
  mute: 'Mute',
  muteName: (name: string) => `Mute ${name}`,
  unmuteName: (name: string) => `Unmute ${name}`,
  blockName: (name: string) => `Block ${name}`,
  unblockName: (name: string) => `Unblock ${name}`,
  lists: {
    followers: (name: string) => `Who follows ${name}`,
    following: (name: string) => `Whom ${name} follows`,
    countFollowers: (count: number, most: number) => counted(count, most, 'follower', 'followers'),
    countFollowing: (count: number, most: number) =>
      count > most
        ? `Follows ${number.format(most)}+ readers`
        : `Follows ${number.format(count)} ${count === 1 ? 'reader' : 'readers'}`,
    noFollowers: 'Nobody yet.',
    noFollowing: 'Nobody yet.',
    more: 'More',
  },
  feed: {
    title: (paper: string) => `Following | ${paper}`,
    comment: (name: string, story: string) => `${name} on “${story}”`,
    reply: (name: string, other: string, story: string) => `${name} replied to ${other} on “${story}”`,
  },
};
