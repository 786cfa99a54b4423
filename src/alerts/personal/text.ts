import type { PersonalKind } from '../alert.ts';

// Set apart, so that words from right to left keep their marks.
const apart = (text: string) => `\u2068${text}\u2069`;

/** Words of alerts that tell one reader of the reader's own affairs. */
export const personalText = {
  /** By what happened; `name` is whose doing it is. */
  titles: {
    reply: (name: string) => `${apart(name)} replied to you`,
    mention: (name: string) => `${apart(name)} mentioned you`,
    reader: (name: string) => `${apart(name)} commented`,
    follower: (name: string) => `${apart(name)} follows you now`,
    pick: () => 'The newsroom has picked your comment',
    decision: () => 'The moderators have decided about something of yours',
  } satisfies Record<PersonalKind, (name: string) => string>,
  /** What a comment says and where it stands. */
  comment: (text: string, headline: string) => `${apart(text)}\nunder “${apart(headline)}”`,
  follower: 'See who it is.',
  decision: 'See what was decided, why, and how to ask for another look.',
};
