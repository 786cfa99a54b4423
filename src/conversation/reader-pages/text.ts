import type { Role } from '../../readers/index.ts';

const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, one: string, many: string) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

/** Words of readers' pages. */
export const readerPagesText = {
  notFound: 'There is no such page.',
  roles: {
    staff: 'Staff',
    author: 'Author',
    moderator: 'Moderator',
    supporter: 'Supporter',
  } satisfies Record<Role, string>,
  pick: 'Pick',
  picks: (count: number) => counted(count, 'pick', 'picks'),
  since: (date: string) => `Here since ${date}`,
  comments: 'Comments and replies',
  countComments: (count: number) => counted(count, 'comment', 'comments'),
  recommended: (count: number) => `Recommended ${counted(count, 'time', 'times')}`,
  describe: (name: string, paper: string) => `Comments and replies of ${name} in ${paper}.`,
  edit: 'Edit your page',
  hiddenFromOthers: 'Only you see your comments here: you have decided not to show them on this page.',
  hidden: 'This reader does not show comments here.',
  none: 'No comments yet.',
  noOlder: 'There is nothing older.',
  mutedNote: 'You have muted this reader, so the comments are not shown.',
  blockedNote: 'You have blocked this reader, so the comments are not shown.',
  more: 'Mute or block',
  report: 'Report this page',
  older: 'Older',
  newest: 'Newest',
};
