/** Words about readers that stand on pages of every domain. */
export const readersText = {
  former: 'Former reader',
  signIn: 'Sign in',
  account: 'Account',
  wayAdded: {
    subject: (paper: string) => `One more way into your account at ${paper}`,
    added: (what: string, device: string) =>
      `You can now sign in with “${what}”. It was added in this browser: ${device}.`,
    notYou: 'If that was not you, remove it on your account page, and sign out everywhere there.',
    account: 'Your account',
  },
};
