const number = new Intl.NumberFormat('en-GB');

/** Words of the page of alerts and of its forms. */
export const preferencesText = {
  errors: {
    badChoice: 'This choice is not possible. Open the page of alerts again, and choose there.',
    notFound: 'There is nothing to hear of here any more.',
    tooMany: (most: number) =>
      `This is the most that can be chosen: ${number.format(most)}. Take one away first.`,
    zone: 'This time zone is not known. Choose one from the list.',
    quiet: 'Quiet hours need a time at which they begin and one at which they end.',
    sameQuiet: 'Quiet hours that begin and end at the same time have no length. Choose two times.',
    cap: (most: number) => `This is a number from 1 to ${most}, or 0 for no limit.`,
  },
};
