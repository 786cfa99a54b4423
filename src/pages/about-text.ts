import type { Site } from '../site/site.ts';

/** One stretch of a page about the paper: a subheading and its paragraphs. A link is `[words](address)`. */
export interface Passage {
  readonly heading?: string;
  readonly paragraphs: readonly string[];
}

export interface AboutPage {
  readonly title: string;
  readonly lede: string;
  readonly passages: readonly Passage[];
}

type AboutName = 'about' | 'privacy' | 'accessibility';

/** Pages about the paper, made from its settings. */
export function aboutText(site: Site): Readonly<Record<AboutName, AboutPage>> {
  const contact = site.contactMail
    ? [`Write to [${site.contactMail}](mailto:${site.contactMail}).`]
    : ['The newsroom has not named an address for letters yet.'];
  const postal = site.postalAddress ? [site.postalAddress] : [];
  return {
    about: {
      title: `About ${site.name}`,
      lede: site.tagline,
      passages: [
        {
          paragraphs: [
            `${site.name} is published by ${site.publisher}. Every story is open to everyone, whole, whether or not they are signed in.`,
            'Times stand in the zone of the publication. Of an old story of which only the day is known, only the day is shown.',
          ],
        },
        { heading: 'Write to us', paragraphs: [...contact, ...postal] },
        {
          heading: 'When we are wrong',
          paragraphs: [
            'A mistake is put right in the story, with a dated note of what was wrong. All notes stand on [one page](/corrections).',
          ],
        },
        {
          heading: 'Read it your way',
          paragraphs: [
            'There is a [text-only edition](/text) of every page, an [archive](/archive) by day, and feeds: [RSS](/feed.xml) and [JSON](/feed.json), for the whole paper and for each section, topic and author.',
          ],
        },
      ],
    },
    privacy: {
      title: 'Privacy',
      lede: 'Reading here leaves next to no trace, and none with anybody else. Who joins in is kept as little of as it takes.',
      passages: [
        {
          heading: 'While you read',
          paragraphs: [
            'No cookie is set until you begin to sign in. No script, font, picture or counter comes from another site, so nobody else learns what you read.',
            'The server sees the address of your connection for as long as it answers you, and to slow down floods. It is not kept with what you read.',
          ],
        },
        {
          heading: 'What comes from elsewhere',
          paragraphs: [
            'A video, a map or a post from another site is a plain box until you press its button. Only then is the other site asked, and it may keep what it learns under its own rules.',
          ],
        },
        {
          heading: 'When you join in',
          paragraphs: [
            'Your mail address is kept to let you in and to write to you about your account. It is shown to nobody. There is no password. Your name, handle, picture, a line about you and your comments are public, as you decide on your account page.',
            'Of a passkey the public half is kept, with the name that you give it; what your device knows stays on it. Of an account elsewhere that opens yours, what it calls you there. Whoever keeps that account learns when you sign in with it, and nothing of what you do here.',
            'Whom you follow, mute or block, what you recommended and what you were told are kept with your account; what you were told goes after 90 days. What you read is not kept.',
            'Cookies are read by this site alone: one while you sign in, one that keeps you signed in until you were not here for 90 days, and for a minute one that tells on the next page what was done. Your account page lists the browsers that are signed in, by what they call themselves; their network addresses are not kept. To slow down guessing, hashes of the mail address and the network of a sign-in are kept for a day.',
            'Reports, notices and decisions of moderators are kept, because decisions must be open to another look. The words of a closed report go after a year.',
          ],
        },
        {
          heading: 'What you can do about it',
          paragraphs: [
            'On [your account page](/account) you can change your mail address, download all that is kept of you, and delete your account. Your former addresses are kept with the account, so that what was sent to them goes with it too. You choose whether your comments are deleted with it or stay without your name.',
            'You have 24 hours to come back. Then your account is erased everywhere: from the pages, the search, the feeds, and by the next night from the disk. Backups hold it for another week, and for a month those from before an upgrade; they are used for nothing but repair, and a repair erases you again.',
            'Whoever was barred from writing, or suspended, does not begin anew by leaving: of each mail address of such an account a keyed hash is kept, from which the address cannot be read, until the suspension would have ended, and for two years after a ban. Nothing else of the account is kept with it.',
            'Mails to you leave no copy here once they are sent. A download of your data can be fetched by you alone, for a week.',
          ],
        },
        { heading: 'Who answers for it', paragraphs: [`${site.publisher}.`, ...contact, ...postal] },
      ],
    },
    accessibility: {
      title: 'Accessibility',
      lede: 'The paper is for everyone, with whatever they read it.',
      passages: [
        {
          paragraphs: [
            'The pages are built to meet the Web Content Accessibility Guidelines 2.2, level AA. They work with the keyboard alone, with a screen reader, without scripts, at 400 percent zoom, in light and dark, and on paper.',
            'Pictures have a description in words, films have captions where we have made them, and sound has a transcript where we have one.',
            'The [text-only edition](/text) has every story in words alone.',
          ],
        },
        {
          heading: 'What we know is missing',
          paragraphs: [
            'Stories that came from other papers and old archives may have pictures without a description. Tell us, and we write one.',
          ],
        },
        { heading: 'Tell us', paragraphs: contact },
      ],
    },
  };
}
