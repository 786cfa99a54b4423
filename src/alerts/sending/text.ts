/** Words about push services, for operators. */
export const sendingText = {
  askedForPatience: (status: number) => `asked for patience (${status})`,
  slowed: (rate: number) => `asked for patience again and again: now at most ${rate} messages a second`,
  unreachable: 'could not be reached',
  refuses: (status: number) => `does not accept our key (${status})`,
  tooLarge: 'This alert is too long to be sent. Shorten its words.',
};
