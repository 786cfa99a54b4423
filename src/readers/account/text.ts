interface Line {
  readonly text: string;
  readonly link?: { readonly to: string; readonly text: string };
}

const account = (text: string) => ({ to: '/account', text });

/** Words of the account page, and of the line that tells what was done there. */
export const accountText = {
  /** By what was done; each is given the reader's name, '' where there is none yet. */
  said: {
    welcome: (): Line => ({
      text: 'Welcome, you are in. You can comment, recommend, and follow readers, authors and topics now.',
      link: account('Your account'),
    }),
    'signed-in': (name: string): Line => ({
      text: name ? `You are signed in as ${name}.` : 'You are signed in.',
    }),
    'signed-out': (): Line => ({ text: 'You are signed out.' }),
    saved: (): Line => ({ text: 'Saved.' }),
    'passkey-added': (): Line => ({ text: 'The passkey was added. You can sign in with it from now on.' }),
    'passkey-removed': (): Line => ({ text: 'The passkey was removed. Nobody gets in with it any more.' }),
    connected: (): Line => ({ text: 'The account is connected. You can sign in with it from now on.' }),
    disconnected: (): Line => ({ text: 'The account was removed. It opens yours no longer.' }),
    'session-ended': (): Line => ({ text: 'That browser is signed out.' }),
    'sessions-ended': (): Line => ({ text: 'All other browsers are signed out.' }),
  },
  title: 'Your account',
  nameless: 'You have no name here yet. It is asked for when you first comment, or choose it now.',
  seePage: 'Your page, as others see it',
  notSaved: 'Not everything could be saved. What is to be mended stands below.',
  malformed: 'This form could not be read. Open the page again, and send it from there.',
  profile: {
    heading: 'Profile',
    name: 'Name',
    nameHelp: 'It stands on your comments.',
    handle: 'Handle',
    handleHelp:
      'Small letters a to z, digits and hyphens: the address of your page, and how others mention you. It can be changed twice in 30 days; the old address leads to the new one.',
    bio: 'About you',
    bioHelp: (most: number) => `At most ${most} characters; everybody can read it.`,
    save: 'Save',
  },
  decisions: {
    heading: 'Decisions of moderators',
    help: 'What was decided about your comments, your profile or your account, why, and how to ask for another look.',
    see: 'See the decisions',
  },
  picture: {
    heading: 'Picture',
    help: 'A JPEG, PNG, WebP or AVIF of up to 5 MB. It is cut to a square, and what the camera wrote into it is removed.',
    file: 'Choose a picture',
    upload: 'Use it',
    remove: 'Remove it',
    now: 'Your picture',
    missing: 'Choose a picture first.',
    tooLarge: 'This picture is larger than 5 MB. Choose a smaller one.',
    unreadable: 'This is not a picture that can be read. Choose a JPEG, PNG, WebP or AVIF.',
    tooSmall: 'This picture is too small. It should be at least 96 pixels each way.',
  },
  settings: {
    heading: 'What others see',
    followers: 'Who follows me is seen by',
    following: 'Whom I follow is seen by',
    audience: { public: 'everybody', followers: 'those who follow me', nobody: 'nobody' },
    showComments: 'My page lists my comments',
    showRecommends: 'My page tells how often they were recommended',
    isIndexed: 'Search engines may list my page',
    save: 'Save',
  },
  mail: { heading: 'Mail address', is: 'Codes and messages go to', change: 'Change it' },
  devices: {
    heading: 'Where you are signed in',
    here: 'this browser',
    began: 'since',
    seen: 'last seen',
    end: 'Sign out',
    endOf: (device: string) => `Sign out ${device}`,
    others: 'Sign out all others',
    out: 'Sign out here',
    all: 'Sign out everywhere',
  },
};
