const number = new Intl.NumberFormat('en-GB');

/** Words about alerts to many: what editors are told, and what readers see where one is taken back. */
export const breakingText = {
  badAudience: (name: string) =>
    `'${name}' is no audience. Write everyone, section:NAME, topic:NAME, author:NAME or story:ID.`,
  noAudience: 'Say whom it is for: everyone, or sections, topics, authors or stories.',
  unknownAudience: (name: string) => `There is nothing that is called ${name}.`,
  tooManyAudiences: (most: number) => `At most ${most} audiences: for more, write everyone.`,
  notFound: (name: string) => `There is no alert ${name}.`,
  noTitle: 'An alert needs a title.',
  tooLong: (field: string, most: number) => `The ${field} has at most ${most} letters.`,
  noPicture: 'There is no such picture.',
  noStory: (id: string) => `There is no story ${id}.`,
  storyNotPublic: 'The story is not public. Publish it first.',
  storyKilled: 'The story was killed: nothing is told of it any more.',
  wrongState: (state: string, wanted: string) => `The alert is ${state}. ${wanted}`,
  sendDrafts: 'Only a draft can be sent.',
  approveWaiting: 'Nothing of it waits for a second person.',
  cancelAhead: 'Withdraw it, and what was shown is replaced.',
  correctBegun: 'Nothing of it was shown: cancel it, and compose another.',
  isOver: 'Nothing of it can be changed any more.',
  twoPersons: (name: string) => `${name} has composed it, so somebody else must agree.`,
  aDay: (most: number, count: number) =>
    `${number.format(count)} alerts went to everyone on that day, or are to go, and ${number.format(most)} are enough: whoever is rung too often asks for silence. If this one must go all the same, say so: --beyond-the-cap.`,
  timePassed: 'This moment has passed; choose one in the future.',
  zonePassed: (first: string) =>
    `In some time zones this moment has passed already. For all of them it must lie after ${first}.`,
  nothingNew: 'It says that already. Give another title or text.',
  needsReason: 'Say why it is withdrawn.',
  withdrawnTitle: (paper: string) => `${paper}: an alert is withdrawn`,
  withdrawnBody: 'We sent you an alert that should not have gone out. It holds no longer.',
  storyGone: (state: string) => `Its story was ${state}.`,
  storyNotThere: 'Its story was not public when it was to go.',
  storyUpdated: (headline: string) => `Updated: ${headline}`,
  storyCorrected: (headline: string) => `Corrected: ${headline}`,
};
