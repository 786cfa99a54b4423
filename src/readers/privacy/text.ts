/** Words of the pages on which readers fetch what is kept of them, and leave; and of the mails that go with them. */
export const privacyText = {
  part: {
    heading: 'Your data',
    data: 'Download all that is kept of you',
    leave: 'Delete your account',
    leaving: (time: string) => `This account is deleted on ${time}.`,
    stay: 'Keep it after all',
  },
  data: {
    title: 'Download your data',
    lede: 'All that is kept of you here: your account, what you wrote, whom you follow. Once as a page to read, once as JSON for programs.',
    ask: 'Put it together',
    asked: 'It is being put together. A mail tells you when it is ready.',
    tooOften: 'You have asked for it three times today. Try again tomorrow.',
    made: (time: string) => `As of ${time}`,
    until: (time: string) => `can be fetched until ${time}`,
    html: 'Page to read',
    json: 'JSON',
    gone: 'There is no such file, or it is gone. Have it put together again.',
    mail: {
      subject: (paper: string) => `Your data at ${paper} is ready`,
      ready: (paper: string) => `What is kept of you at ${paper} was put together, as you asked.`,
      link: 'Fetch it on your account page',
      week: 'It can be fetched for seven days, by you alone.',
      notYou:
        'If you did not ask for it, somebody else is signed in to your account: sign out all other browsers there.',
    },
    file: {
      title: (paper: string) => `What ${paper} keeps of you`,
      made: (time: string) => `As of ${time}.`,
      nothing: '—',
      yes: 'yes',
      no: 'no',
    },
  },
  barred:
    'The account with this address was barred from writing here, and then deleted. While the bar holds, two years at most, no new account can be opened with it. You can read everything without one. If you think that this is wrong, write to the newsroom: how stands under About, at the foot of the page.',
  leave: {
    title: 'Delete your account',
    lede: 'Your name, picture, address, whom you follow and what you were told are deleted. You can come back within a day; after that nobody can bring it back, and neither can we.',
    comments: 'What becomes of your comments?',
    delete: 'Delete them. Where others have replied, a line says that a comment stood there.',
    keep: 'Leave them, without my name, as those of a ‘former reader’.',
    choose: 'Choose what becomes of your comments.',
    press: 'Delete my account',
    first: 'Do you want a copy of it first?',
    asked: {
      title: 'Your account is about to be deleted',
      when: (time: string) => `It is deleted on ${time}.`,
      delete: 'Your comments are deleted with it.',
      keep: 'Your comments stay, as those of a ‘former reader’.',
      until: 'Until then you can come back: this browser stays signed in, and a new sign-in works too.',
      stay: 'Keep my account',
    },
    mail: {
      subject: (paper: string) => `Your account at ${paper} is deleted tomorrow`,
      asked: (paper: string) => `You asked for your account at ${paper} to be deleted.`,
      day: 'That happens 24 hours after you asked. Until then you can keep it:',
      link: 'Keep my account',
      notYou: 'If it was not you, keep it now: sign in with a new code, and press the button there.',
    },
  },
};
