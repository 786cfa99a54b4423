import { formatDate, formatDateTime, type StoryTime } from './time.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const number = new Intl.NumberFormat('en');

/** Words that stand with stories. */
export const storyText = {
  by: 'By',
  names: (names: readonly string[]) => list.format(names),
  credit: (credit: string) => `Source: ${credit}`,
  /** One that says itself what it is of, such as 'Illustration: A. Bell', says enough. */
  pictureCredit: (credit: string) => (/^[^:]{2,30}: /.test(credit) ? credit : `Picture: ${credit}`),
  published: 'First published',
  updated: (time: StoryTime) => `Updated ${formatDateTime(time, 'en-GB')}`,
  date: (time: StoryTime) => formatDateTime(time, 'en-GB', { weekday: true }),
  shortDate: (time: StoryTime) => formatDate(time, 'en-GB'),
  oldNote: (years: number) => `This story is more than ${years} ${years === 1 ? 'year' : 'years'} old.`,
  comments: (count: number) => `${number.format(count)} ${count === 1 ? 'comment' : 'comments'}`,
  readingTime: (minutes: number) => `${number.format(minutes)} min read`,
  correctedNote: (count: number) =>
    count === 1
      ? 'This story was corrected. What was wrong'
      : `This story was corrected ${count} times. What was wrong`,
  correction: (time: StoryTime) => `Correction, ${formatDate(time, 'en-GB')}.`,
  corrections: 'Corrections',
  part: (part: number) => `Part ${number.format(part)}`,
  series: (title: string) => `Series: ${title}`,
  listen: (title: string) => `Listen: ${title}`,
  transcript: 'Transcript',
  file: 'The file',
  watch: (title: string) => `Watch: ${title}`,
  embed: (provider: string) => `From ${provider}`,
  embedLoad: (provider: string) => `Load from ${provider}`,
  embedOpen: (provider: string) => `Open at ${provider}`,
  embedNote: (provider: string) =>
    `Nothing is asked of ${provider} until you press. It will then learn that you were here.`,
  related: 'Read on',
  missingPicture: (alt: string) =>
    alt === '' ? 'A picture that is not here any more.' : `Picture, not here any more: ${alt}`,
  table: 'Table',
  captionsLabel: 'Captions',
};
