/** Words of the pages and the mail by which one signs in. */
export const signInText = {
  title: 'Sign in or join',
  lede: 'Give your mail address: we send you a code. There is no password, and one way for old and new readers.',
  email: 'Mail address',
  send: 'Send me a code',
  free: 'Everything here can be read without it.',
  keeps: 'We keep your address to let you in, and show it to nobody.',
  waits: {
    comment: 'Your comment is kept, and posted as soon as you are signed in.',
    recommend: 'Your recommendation counts as soon as you are signed in.',
    follow: 'You follow as soon as you are signed in.',
    other: 'What you were about to do is done as soon as you are signed in.',
  } as Readonly<Record<string, string>>,
  leave: 'Drop it',
  notAnAddress: 'That is not a mail address. It should look like name@example.com.',
  wait: (minutes: number) =>
    `Too many codes were asked for. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}; a code that you have still holds.`,
  code: {
    title: 'Type the code',
    sent: 'A mail with a six-digit code is on its way to',
    field: 'Code',
    until: (time: string) => `It holds until ${time}.`,
    enter: 'Sign in',
    more: 'Give me more time',
    again: 'Send a new code',
    other: 'Use another address',
    junk: 'Nothing there after a minute? Look among the junk mail.',
    six: 'The code is six digits long. It stands in the mail.',
    wrong: (left: number) =>
      left === 1
        ? 'That is not the code. You have one try left.'
        : `That is not the code. You have ${left} tries left.`,
    used: 'That was wrong too often. Send a new code.',
    ended: 'This code holds no longer. Send a new one.',
    tooMany: 'There were too many wrong codes. Use the link in the mail, in this browser.',
  },
  link: {
    title: 'Sign in',
    here: 'Sign in to this browser as',
    enter: 'Sign in',
    other: 'Your code',
    elsewhere: 'You asked for it in another browser, or on another device. Type it there:',
    only: (host: string) =>
      `Type it only at ${host}, on the page where you asked for it. Give it to nobody, whatever they say.`,
    ended: 'This link holds no longer',
    endedHelp: 'A link works once, and for ten minutes. Have another sent:',
    again: 'Sign in',
  },
  failed: {
    title: 'You are signed in',
    lede: 'What was waiting could not be done:',
    again: 'Try again',
  },
  noPlace: 'You have not begun to sign in, or it is too long ago. Begin again.',
  mail: {
    subject: (code: string, paper: string) => `${code} is your code for ${paper}`,
    type: (code: string) => `Type this code on the page where you asked for it:\n\n    ${code}`,
    press: (link: string) => `Or open this link in the same browser, and press the button there:\n${link}`,
    typeThis: 'Type this code on the page where you asked for it:',
    orPress: 'Or, in the same browser:',
    link: (paper: string) => `sign in to ${paper}`,
    minutes: 'It holds for ten minutes, and works once.',
    notYou: (host: string) =>
      `If you did not ask for it, you need do nothing: without the code nobody gets in. Type it only at ${host}, and tell it to nobody. We never ask for it.`,
  },
};
