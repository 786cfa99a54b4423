import type { Action, ReasonCode, TargetKind } from './decisions/decision.ts';

const number = new Intl.NumberFormat('en');
const count = (amount: number, one: string, more: string) =>
  `${number.format(amount)} ${amount === 1 ? one : more}`;

const reasons: Readonly<Record<ReasonCode, string>> = {
  guidelines: 'It does not keep to the guidelines.',
  abuse: 'It insults or attacks somebody.',
  hate: 'It attacks people for what they are.',
  harassment: 'It follows or threatens somebody.',
  spam: 'It advertises, or was posted again and again.',
  'off-topic': 'It is not about the story.',
  private: 'It tells something private of somebody.',
  false: 'It says something untrue that can do harm.',
  law: 'It breaks the law.',
  reported: 'Several readers reported it.',
  impersonation: 'It pretends to be somebody else.',
  appeal: 'We looked at it again.',
  mistake: 'Our decision was a mistake.',
};

/** What moderation says to readers and moderators. */
export const moderationText = {
  /** Of the rules, to the one who writes. */
  rules: {
    tooShort: (least: number) =>
      least === 1 ? 'Write something first.' : `Write at least ${count(least, 'letter', 'letters')}.`,
    tooLong: (length: number, most: number) =>
      `Your comment is ${count(length, 'character', 'characters')} long; ${number.format(most)} is the most. Shorten it, or write two.`,
    closed: 'Comments on this story are closed. What was written can still be read.',
    closedByLaw: 'Comments on this story are closed for legal reasons.',
    banned:
      'This account cannot write comments any more. The decision, and how to ask for another look, is on your account page.',
    suspended: (until: string) =>
      `This account cannot write comments until ${until}. The decision, and how to ask for another look, is on your account page.`,
    leaving: 'This account is about to be deleted. Come back on your account page to write again.',
    slow: (seconds: number) =>
      `This conversation is slowed down. You can write here again in ${waitOf(seconds)}.`,
    burst: 'You are writing faster than others can read. Wait a minute, then post again; your text is kept.',
    hourly: (seconds: number) =>
      `You have written as much as your account may in an hour. Post again in ${waitOf(seconds)}; your text is kept.`,
    duplicate: 'You have posted these words already. Say something new, or edit the comment that stands.',
    tooManyLinks: (most: number) =>
      `A comment may have ${count(most, 'link', 'links')} at most. Take some out.`,
    barredLink: (host: string) => `Links to ${host} are not taken here. Take it out, then post again.`,
    linksHeld: 'Comments with links like this one are looked at before they are shown.',
    bannedWords: 'Your comment has words that are not taken here. Say it in other words.',
    suspectWords: 'Some words in this may hurt somebody.',
    suspectHeld: 'Comments with words like these are looked at before they are shown.',
    shouting: 'Much of this is in capitals, which reads like shouting.',
    shoutingHeld: 'Comments in capitals are looked at before they are shown.',
    first: 'The first comments of every reader are looked at before they are shown.',
    rejections:
      'Some of your comments were refused or removed of late, so this one is looked at before it is shown.',
    premoderated: 'Comments here are looked at before they are shown.',
    sensitive: 'Comments on stories like this are looked at before they are shown.',
    filterHeld: 'Your comment is looked at before it is shown.',
    filterRejected: 'Your comment cannot be posted as it stands. Say it in other words.',
  },
  nudge: 'Posting this as it stands?',
  held: 'Your comment is kept and will be shown when a moderator has looked at it.',
  /** Named reasons for which a comment waits, to moderators. */
  holdReasons: {
    'moderation.links': 'Links',
    'moderation.suspect-words': 'Suspect words',
    'moderation.shouting': 'Capitals',
    'moderation.first-comments': 'First comment',
    'moderation.rejections': 'Refused or removed of late',
    'moderation.premoderated': 'All comments here are looked at first',
    'moderation.sensitive': 'Sensitive story',
    'moderation.filter': 'Learning filter',
    'moderation.outside': 'Outside service',
    'moderation.outside-failed': 'Outside service did not answer',
    'moderation.reported': 'Reported by readers',
  } as Readonly<Record<string, string>>,
  reasons,
  actions: {
    approve: 'Shown',
    keep: 'Left as it is',
    hide: 'Hidden until somebody has looked at it',
    remove: 'Removed',
    restore: 'Shown again',
    warn: 'Warning',
    suspend: 'Suspended',
    ban: 'Closed for writing',
    lift: 'Open for writing again',
  } satisfies Record<Action, string>,
  targets: { comment: 'Comment', profile: 'Profile', reader: 'Account' } satisfies Record<TargetKind, string>,
  errors: {
    noTarget: 'There is nothing here by this address. It may have been deleted.',
    noDecision: 'There is no such decision.',
    cannotUndo: 'This decision cannot be undone.',
    wrongAction: (action: Action, kind: TargetKind) =>
      `'${action}' is nothing that can be done to a ${kind}.`,
    nothingToDo: 'This stands as it should already. Look at it again.',
    needsUntil: 'Say until when the account is suspended.',
    needsLaw: 'Name the law that it breaks.',
    badSetting: (name: string, problem: string) => `${name} ${problem}.`,
    noSetting: (name: string) =>
      `There is no setting '${name}'. All settings: npx freesheet moderation settings`,
  },
};

function waitOf(seconds: number): string {
  return seconds < 90
    ? count(Math.max(1, Math.ceil(seconds)), 'second', 'seconds')
    : count(Math.ceil(seconds / 60), 'minute', 'minutes');
}
