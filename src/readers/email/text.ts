/** Words of the page on which a reader changes the mail address, and of the mails that go with it. */
export const emailText = {
  title: 'Change your mail address',
  lede: (address: string) => `Codes and messages go to ${address} now.`,
  both: 'A code is sent to that address and to the new one. Only who reads both can change it.',
  lost: 'You cannot read the old address any more? Write to',
  field: 'New mail address',
  send: 'Send both codes',
  notAnAddress: 'That is not a mail address. It should look like name@example.com.',
  same: 'That is your address already.',
  tooOften: 'You have begun this five times today. Try again tomorrow.',
  codes: {
    title: 'Type both codes',
    sent: (old: string, now: string) => `One code is on its way to ${old}, another to ${now}.`,
    old: (address: string) => `Code sent to ${address}`,
    new: (address: string) => `Code sent to ${address}`,
    until: (time: string) => `Both hold until ${time}.`,
    change: 'Change the address',
    drop: 'Leave it as it is',
    six: 'A code is six digits long. It stands in the mail.',
    wrong: (left: number) =>
      left === 1
        ? 'These are not the two codes. You have one try left.'
        : `These are not the two codes. You have ${left} tries left.`,
    ended: 'These codes hold no longer. Begin again.',
  },
  mail: {
    subject: (code: string, paper: string) => `${code} is your code for ${paper}`,
    old: (paper: string) =>
      `Somebody who is signed in to your account at ${paper} wants to give it another mail address. This code agrees to it:`,
    new: (paper: string) =>
      `Somebody wants to use this mail address for an account at ${paper}. This code shows that it is yours:`,
    type: 'Type it on the page where the change was asked for.',
    hour: 'It holds for an hour, and works once.',
    oldNot:
      'If it was not you, tell the code to nobody, sign in, and sign out all other browsers on your account page. Without this code the address stays as it is.',
    newNot: 'If you did not ask for it, you need do nothing.',
    takenSubject: (paper: string) => `Your account at ${paper}`,
    taken: (paper: string) =>
      `Somebody wanted to use this mail address for another account at ${paper}. You have an account with it already, so nothing was changed.`,
    takenHelp:
      'If it was you: sign in with this address to come to that account, or delete that account first.',
    changedSubject: (paper: string) => `Your mail address at ${paper} was changed`,
    changed: (paper: string) =>
      `Your account at ${paper} has another mail address now. Nothing more is sent to this one.`,
    changedNot: 'If it was not you, answer this mail at once.',
  },
};
