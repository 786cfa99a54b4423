/** Words about signing in with an account that one has elsewhere. */
export const providersText = {
  google: 'Google',
  apple: 'Apple',
  or: 'Or another way',
  goOn: (name: string) => `Go on with ${name}`,
  going: (name: string) => `On to ${name}`,
  goingHelp: (name: string) => `${name} asks who you are, and sends you back here.`,
  goingLink: (name: string) => `Go to ${name}`,
  unreachable: (name: string) =>
    `${name} cannot be reached at the moment. Sign in with a code by mail, or try again later.`,
  unconfirmed:
    'Your mail address is not confirmed there, so it opens no account here. Sign in with a code by mail, and connect the two on your account page.',
  taken: 'That account opens another account here. Sign in to that one, and remove it there first.',
  tooMany: 'You have connected as many as there may be. Remove one first.',
  foreign:
    'This way back does not belong to this browser, was used already, or is too old. Begin again from the sign-in page.',
  refused: (name: string) => `What ${name} sent back cannot be trusted. Begin again from the sign-in page.`,
  otherReader: 'Meanwhile somebody else signed in on this browser. Nothing was connected.',
  notFound: 'There is no such way to sign in.',
  failed: 'That did not work',
  toSignIn: 'Sign in another way',
  toAccount: 'Your account',
  account: {
    heading: 'Accounts elsewhere',
    help: 'You can sign in with these as well as with a code by mail.',
    used: 'last used',
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    connect: (name: string) => `Connect ${name}`,
  },
};
