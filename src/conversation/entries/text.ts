const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, one: string, many: string) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

/** Words around a comment that stands outside its thread. */
export const entriesText = {
  answers: (name: string) => `In reply to ${name}: `,
  isReply: 'In reply to a comment',
  edited: 'edited',
  pick: 'Pick',
  recommends: (count: number) => `Recommended ${counted(count, 'time', 'times')}`,
  replies: (count: number) => counted(count, 'reply', 'replies'),
};
