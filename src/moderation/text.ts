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
  targetOf: (kind: 'profile' | 'reader', name: string) =>
    kind === 'profile' ? `Profile of ${name || 'a reader'}` : `Account of ${name || 'a reader'}`,
  time: (at: number, language: string, zone: string) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: zone,
    }).format(at),
  report: {
    title: 'Report',
    titleOf: (kind: 'comment' | 'profile') => (kind === 'comment' ? 'Report a comment' : 'Report a profile'),
    lede: 'Tell the moderators what is wrong. Nobody else learns that you reported it.',
    what: 'What is wrong with it?',
    categories: {
      abuse: 'It insults or attacks somebody',
      hate: 'It attacks people for what they are',
      harassment: 'It follows or threatens somebody',
      private: 'It tells something private of somebody',
      false: 'It says something untrue that can do harm',
      spam: 'It advertises, or is posted again and again',
      impersonation: 'It pretends to be somebody else',
      'off-topic': 'It is not about the story',
      other: 'Something else',
    },
    text: 'What should the moderators know?',
    textHelp: (most: number) => `If you like; at most ${number.format(most)} characters.`,
    send: 'Send the report',
    law: 'Does it break the law?',
    lawLink: 'Send a notice of illegal content',
    lawHelp: 'which gets a receipt and an answer, and needs no account.',
    choose: 'Choose what is wrong with it.',
    long: (most: number) => `Shorten this to ${number.format(most)} characters.`,
    own: 'This is your own. You can change or delete it instead.',
    tooMany: 'You have sent many reports today. The moderators will look at them; send more tomorrow.',
    sent: 'Thank you',
    sentLede: 'The moderators will look at it.',
    back: 'Back to where you were',
  },
  look: {
    title: 'Ask for another look',
    lede: 'A person reads what you write here, and decides again.',
    text: 'Why should it be decided otherwise?',
    textHelp: (most: number) =>
      `At most ${number.format(most)} characters. You can ask once for each decision.`,
    send: 'Ask',
    waits: 'You asked for another look. A person will read it.',
    upheld: 'We looked again, and the decision stands.',
    changed: 'We looked again, and changed the decision.',
    yours: 'What you wrote',
    asked: 'You asked for another look at this decision already.',
    late: 'This decision cannot be asked about any more.',
    empty: 'Write why it should be decided otherwise.',
    long: (most: number) => `Shorten this to ${number.format(most)} characters.`,
    none: 'Nobody waits for another look at this decision.',
  },
  decisions: {
    title: 'Decisions about what is yours',
    lede: 'What moderators decided about your comments, your profile and your account, and why.',
    empty: 'Nothing was ever decided about what is yours.',
    back: 'All decisions',
    older: 'Older decisions',
    account: 'Your account',
    read: 'Why, and what you can do',
    subject: (action: Action, kind: TargetKind) =>
      ({
        approve: 'Your comment is shown',
        keep: 'Your comment stands',
        hide:
          kind === 'profile'
            ? 'Your profile is hidden until somebody has looked at it'
            : 'Your comment is hidden until somebody has looked at it',
        remove: kind === 'profile' ? 'Your profile was emptied' : 'Your comment was removed',
        restore: kind === 'profile' ? 'Your profile is shown again' : 'Your comment is shown again',
        warn: 'A warning',
        suspend: 'Your account cannot write for a time',
        ban: 'Your account cannot write any more',
        lift: 'Your account can write again',
      })[action],
    when: 'When',
    what: 'What it is about',
    scope: 'What it means',
    reach: {
      approve: 'Everybody can read it.',
      keep: 'Everybody can read it.',
      hide: 'Nobody but you and the moderators can see it, until a moderator has looked at it.',
      remove: 'Nobody but you and the moderators can see it. It stays so unless the decision is changed.',
      restore: 'Everybody can read it.',
      warn: 'Nothing changes. It may weigh in later decisions.',
      suspend: 'You can read and sign in. You cannot comment, recommend or report.',
      ban: 'You can read and sign in. You cannot comment, recommend or report. It stays so unless the decision is changed.',
      lift: 'You can write as before.',
    } satisfies Record<Action, string>,
    until: 'Until',
    reason: 'Why',
    ground: 'On what ground',
    law: (law: string) => `The law: ${law}`,
    guidelines: 'The guidelines of this forum',
    facts: 'What led to it',
    how: 'How it was decided',
    by: {
      moderator: 'A person decided.',
      rules: 'Rules decided, without a person.',
      reports: 'Enough readers reported it; it was hidden without a person, until a person has looked.',
    },
    notice: 'Somebody sent a notice that it breaks the law.',
    redress: 'If you disagree',
    redressHelp:
      'Ask for another look below, within six months. You can also turn to a body for settling disputes out of court, or to a court.',
  },
  notice: {
    title: 'Notice of illegal content',
    lede: 'Tell us of something on this site that breaks the law. You need no account. You get a receipt number, and an answer if you leave an address.',
    about: 'It is about',
    address: 'Where it stands',
    addressHelp: 'The address of the page, such as that of the comment.',
    law: 'Which law does it break?',
    lawHelp: 'In your own words, such as defamation, or a law and its section.',
    reason: 'Why does it break the law?',
    reasonHelp: (most: number) =>
      `What it says, and why that is illegal; at most ${number.format(most)} characters.`,
    name: 'Your name, or that of your organisation',
    email: 'Your mail address',
    emailHelp:
      'For the receipt and the answer. Left empty, you can see here under the receipt number what became of it. It is deleted half a year after the answer.',
    faith: 'What I say here is true and complete, as far as I know.',
    send: 'Send the notice',
    needsAddress: 'Say where it stands.',
    notHere: 'This is not on this site. Give the address of a page here.',
    needsLaw: 'Say which law it breaks.',
    needsReason: 'Say why it breaks the law.',
    long: (most: number) => `Shorten this to ${number.format(most)} characters.`,
    notAnAddress: 'This is not a mail address. It should look like name@example.com.',
    needsFaith: 'Confirm that it is true as far as you know.',
    tooMany: 'Many notices came from your network today. Send more tomorrow.',
    none: 'There is no notice with this receipt number. Look at the number again; it has twelve letters and digits.',
    needsAnswer: 'Say what was decided, and why.',
    receipt: 'Your notice has come in',
    receiptLede: 'Keep the receipt number. With it this page shows what became of the notice.',
    number: 'Receipt number',
    received: 'Received',
    waits: 'It waits to be looked at by a person.',
    answered: 'Answered',
    answer: 'What was decided',
    disagree: 'If you disagree, send another notice that says why and names the receipt number.',
    find: 'Sent a notice before?',
    show: 'Show it',
    mail: {
      receipt: (paper: string) => `Your notice to ${paper} has come in`,
      answered: (paper: string) => `${paper}: what became of your notice`,
      received: 'We have received your notice of illegal content. A person will look at it.',
      look: 'What becomes of it stands on the page below.',
      decided: 'A person has looked at your notice. This was decided:',
      disagree:
        'If you disagree, send another notice that says why and names this receipt number. You can also turn to a body for settling disputes out of court, or to a court.',
      number: 'Receipt number:',
    },
  },
  guidelines: {
    title: 'Guidelines of the forum',
    lede: 'How people talk with each other here, and what happens when somebody does not.',
    body: [
      'Everybody can write here. These few rules keep it a place where people like to read, too.',
      '# Talk about the matter',
      'Write about the story, or about what somebody wrote under it. Say what you know and how you know it. Link to what you rely on.',
      '# Talk to people as if they sat opposite',
      'Contradict what is said and leave who says it in peace. No insults, no threats, nothing against people for what they are: origin, colour, faith, sex, age, illness or whom they love.',
      '# Leave private things private',
      "Addresses, telephone numbers, health and family of other people do not belong here. Write under a name that is not somebody else's.",
      '# No advertising, no flooding',
      'Say a thing once. Do not sell anything.',
      '# What breaks the law is removed',
      'Whoever sees such a thing can [send a notice](/notices), with or without an account.',
      '# What happens otherwise',
      'Rules look at every comment before it is posted: at its length, its links, words from lists, and how much somebody writes. They may ask you to think again, keep it until a moderator has looked, or refuse it and say why. Readers can report what stands; when enough of them do, it is hidden until a moderator has looked at it.',
      'A moderator may remove a comment, empty a profile, or keep an account from writing for a time or for good. You are told what was decided and why, and can ask for another look; a person then decides again.',
    ].join('\n\n'),
  },
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
