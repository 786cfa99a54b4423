import type { NoticeFilter, NoticeKind } from './notice.ts';

const number = new Intl.NumberFormat('en-GB');

/** Words of the inbox and the bell. */
export const noticesText = {
  title: 'Inbox',
  lede: 'Answers to you, what is new of readers, authors and topics you follow, and what became of your comments. Kept for 90 days.',
  choose: 'Choose what you hear of, and how',
  filters: 'What is shown',
  all: 'All',
  unreadOnly: 'Unread',
  filter: {
    answers: 'Answers and mentions',
    following: 'What you follow',
    own: 'Your comments and account',
  } satisfies Record<NoticeFilter, string>,
  noneOfThese: 'Nothing of this kind',
  bell: 'Inbox',
  unread: (count: number, most: number) => (count > most ? `${most}+` : number.format(count)),
  unreadNew: 'new',
  empty: 'Nothing yet',
  emptyHelp: 'When somebody answers you, mentions you or follows you, it stands here.',
  noOlder: 'There is nothing older.',
  readAll: 'Mark all as read',
  readThese: 'Mark these as read',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  isNew: 'New',
  older: 'Older',
  newest: 'Newest',
  notFound: 'This is no longer in your inbox.',
  badForm: 'This form is not complete. Go back and try it again.',
  // Set apart, so that a headline from right to left keeps its marks.
  under: (headline: string) => `under “\u2068${headline}\u2069”`,
  recommended: (count: number) =>
    count === 1
      ? 'One reader recommends your comment'
      : `${number.format(count)} readers recommend your comment`,
  says: {
    reply: 'replied to you',
    mention: 'mentioned you',
    follower: 'follows you now',
    recommends: '',
    pick: 'The newsroom has picked your comment',
    decision: 'The moderators have decided about something of yours',
    follow: 'commented',
    story: 'New story',
  } satisfies Record<NoticeKind, string>,
};
