/** Words about the publisher's own login. */
export const ssoText = {
  title: 'Sign in',
  as: 'You come from another page of ours, where you are known as',
  enter: 'Sign in',
  not: 'If that is not you, close this page.',
  refused:
    'This way to sign in does not hold, or holds no longer. Begin again from the page that you came from.',
  used: 'This way to sign in was used already. Begin again from the page that you came from.',
  foreign: 'This way to sign in was begun in another browser, or too long ago. Begin again.',
  unreachable:
    'It cannot be checked at the moment who you are. Sign in with a code by mail, or try again later.',
};
