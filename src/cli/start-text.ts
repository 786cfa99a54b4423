/** Words of `freesheet start`. */
export const startText = {
  summary: 'run the site',
  usage: `npm start [-- --empty]

Runs the site on http://localhost:8080 until Ctrl-C. The first run makes DATA_DIR and loads the sample newsroom;
--empty leaves it out. Settings: npx freesheet setup, or environment variables such as PORT and DATA_DIR.`,
  building: 'Building what browsers load ...',
  sample: (done: number, total: number) =>
    `Loading the sample newsroom ... ${done} of ${total} pictures and sounds`,
  sampleLoaded: (stories: number, comments: number) =>
    `The sample newsroom is in: ${stories} stories, ${comments} comments. Take it out again: npx freesheet sample remove`,
  open: (name: string, origin: string) => `${name} is open at ${origin}`,
  elsewhere: (address: string) => `This process answers at ${address}`,
  data: (place: string) => `Everything is kept in ${place}`,
  mails: (folder: string) =>
    `Mails are not sent but put into ${folder} (npx freesheet setup names a mail server)`,
  signIn: (address: string) =>
    `To sign in, give any mail address at ${address} and take the code from the newest mail there`,
  stop: 'Ctrl-C stops it.',
  stopping: 'Stopping: what runs is finished first.',
};
