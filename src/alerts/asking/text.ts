const number = new Intl.NumberFormat('en-GB');

/** Words about turning notifications on. */
export const askingText = {
  invite: 'Stay up to date with notifications',
  bell: 'Alerts',
  own: 'Your alerts',
  title: 'Stay up to date with notifications',
  lede: 'Choose what this browser tells you of. You need no account, and can change or end it at any time.',
  legend: 'What you would hear of',
  breaking: 'Breaking news',
  kinds: {
    section: (name: string) => `New stories in ${name}`,
    topic: (name: string) => `New stories on ${name}`,
    author: (name: string) => `New stories by ${name}`,
    story: () => 'What is new in this story',
  },
  often: (aDay: number | undefined): string => {
    if (aDay === undefined) return 'only when something happens';
    if (aDay >= 0.75) return `about ${number.format(Math.round(aDay))} a day`;
    const aWeek = Math.round(aDay * 7);
    return aWeek >= 1 ? `about ${number.format(aWeek)} a week` : 'less than one a week';
  },
  most: (count: number) =>
    `Never more than ${number.format(count)} a day, whatever you choose, unless you change that.`,
  example: 'This is how one looks',
  exampleTitle: 'The headline of the story',
  exampleBody: 'One sentence that says what has happened.',
  adopt: 'Also answers to my comments and what else concerns me, until I sign out in this browser',
  turnOn: 'Turn on notifications',
  save: 'Save',
  notNow: 'Not now',
  more: 'Everything about alerts',
  noScripts:
    'Notifications need scripts, which are off in this browser. You can have the news by mail or in a feed reader all the same.',
  says: {
    waiting: 'Your browser asks you now. Allow notifications there.',
    on: 'Done. This browser tells you from now on.',
    saved: 'Saved.',
    dismissed: 'Your browser has not got an answer. Press the button again when you like.',
    denied: 'Notifications of this site are blocked in this browser.',
    deniedHelp: 'How to allow them again',
    unsupported: 'This browser cannot show notifications as it runs now.',
    unsupportedHelp: 'What you can do',
    failed: 'This did not work: the connection failed. Try it again.',
    refused:
      'Your browser could not reach its own notification service. Some private windows and company networks do not allow it.',
  },
  test: 'Send me a test',
  tested: 'Sent. It shows within seconds.',
  ways: 'See all alerts and change them',
  notFound: 'There is no such story.',
};
