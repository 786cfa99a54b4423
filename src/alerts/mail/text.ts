import type { AlertKind } from '../alert.ts';
import type { Rhythm } from './letter.ts';

// Set apart, so that words from right to left keep their marks.
const apart = (text: string) => `\u2068${text}\u2069`;

/** What a kind of alert is called within a sentence. */
const kindWords: Readonly<Record<AlertKind, string>> = {
  breaking: 'breaking news',
  section: 'sections that you have chosen',
  topic: 'topics that you follow',
  author: 'authors that you follow',
  story: 'stories that you follow',
  reader: 'readers that you follow',
  reply: 'replies to you',
  mention: 'mentions of you',
  pick: 'picks of your comments',
  follower: 'new followers',
  decision: 'decisions of the moderators',
};

/** Words of the mails that alerts send. */
export const letterText = {
  choose: 'Choose what you hear of',
  out: {
    kind: (kind: AlertKind) => `No more mails about ${kindWords[kind]}`,
    brief: (rhythm: Rhythm) => `No more ${rhythm} briefs`,
    newsletter: (name: string) => `Leave ${apart(name)}`,
  },
  why: {
    kind: (kind: AlertKind, paper: string) => `You have asked ${paper} for a mail about ${kindWords[kind]}.`,
    brief: (rhythm: Rhythm, paper: string) => `You have asked ${paper} for a ${rhythm} brief.`,
    newsletter: (name: string, paper: string) => `You have signed up for ${apart(name)} at ${paper}.`,
  },
  notice: {
    heading: 'For you',
    read: 'Read it there',
    open: 'Open it',
    under: (headline: string) => `under “${apart(headline)}”`,
  },
  story: { heading: 'New story', breaking: 'Breaking news', read: 'Read the story' },
  brief: {
    title: { daily: 'Your day', weekly: 'Your week' } satisfies Record<Rhythm, string>,
    subject: (rhythm: Rhythm, first: string, paper: string) =>
      `${paper}, your ${rhythm === 'daily' ? 'day' : 'week'}: ${first}`,
    stories: 'What you follow',
    breaking: 'Breaking news',
    comments: 'Best of the readers you follow',
    own: 'For you',
    alert: (title: string, body: string) => [title, body].filter(Boolean).join(': '),
    says: (name: string) => `${apart(name)} wrote`,
    inbox: 'See all of it in your inbox',
  },
};
