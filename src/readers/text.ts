/** Words about readers that stand on pages of every domain. */
export const readersText = {
  former: 'Former reader',
  signIn: 'Sign in',
  account: 'Account',
};
