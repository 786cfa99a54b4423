const count = new Intl.NumberFormat('en-GB');
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

function size(bytes: number): string {
  return bytes >= 1e9 ? `${whole.format(bytes / 1e9)} GB` : `${count.format(Math.floor(bytes / 1e6))} MB`;
}

function span(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? `${Math.floor(hours)} hours` : `${Math.floor(hours / 24)} days`;
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${count.format(names.length - 3)} more` : shown;
}

/** The words of `freesheet doctor`: each check has what it found and what to do. */
export const doctorText = {
  summary: 'look at everything that must hold, and say what to mend',
  usage: `freesheet doctor            checks one by one; ends with 1 when something is to be mended
freesheet doctor --retry    gives dead jobs all their attempts again, once their cause is mended

It changes nothing without --retry: a database is not brought up to date by it.`,
  levels: { ok: 'ok    ', note: 'note  ', mend: 'MEND  ' },
  allWell: 'All is well.',
  toMend: (number: number) => `${count.format(number)} ${number === 1 ? 'thing' : 'things'} to mend.`,

  node: (version: string) => `Node ${version}`,
  otherNode: (version: string, pinned: string) =>
    `Node ${version} runs, and ${pinned} is what Freesheet is tested with`,
  runNode:
    'Run Freesheet by npm start or npx freesheet, which bring the right Node; if that says this too: npm rebuild node',
  packages: (number: number) => `${count.format(number)} packages as the lockfile says`,
  otherPackages: (names: readonly string[]) => `Not as the lockfile says: ${some(names)}`,
  runInstall: (withDev: boolean) => `Run: npm ci${withDev ? '' : ' --omit=dev'}`,

  settings: (where: string) => `Settings are right (${where})`,
  wrongSettings: (problem: string) =>
    problem
      .trim()
      .replace(/\s*\n\s*/g, '; ')
      .replace(':; ', ': '),
  mendSettings: (file: string) => `Mend them in ${file} or in the environment, or run: npx freesheet setup`,
  cutShort: 'The other checks need settings that are right.',

  folder: (folder: string, free: number) => `${folder} can be written, ${size(free)} free`,
  noFolder: (folder: string) => `${folder} is not there yet`,
  makeFolder: 'npm start makes it',
  closedFolder: (folder: string) => `${folder} cannot be written`,
  openFolder: 'Give it to the user that runs Freesheet (chown), or set DATA_DIR to another folder',
  littleSpace: (folder: string, free: number) => `Only ${size(free)} free for ${folder}`,
  makeSpace: 'Free some space or move DATA_DIR: writes fail when the disk is full, and backups need room too',

  noDatabase: 'There is no database yet',
  makeDatabase: 'npm start makes it',
  database: (version: string, steps: number) =>
    `${version}, schema up to date (${count.format(steps)} steps)`,
  emptyDatabase: (version: string) => `${version} is empty`,
  pending: (version: string, ids: readonly string[]) => `${version}; the schema lacks ${some(ids)}`,
  bringUp: 'The next start makes a backup and brings it up to date',
  unfinished: (version: string) => `${version}; a restore was interrupted, so it is not whole`,
  restoreAgain: 'Run it again: npx freesheet restore FILE',
  newer: (version: string, ids: readonly string[]) => `${version}; a newer Freesheet made ${some(ids)} in it`,
  useNewer: 'Start that newer version, or restore a backup from before it: npx freesheet restore FILE',
  databaseFailed: (problem: string) => `The database does not open: ${problem}`,
  mendDatabase:
    'Check DATABASE_URL or the files in DATA_DIR. If the database is damaged: npx freesheet restore FILE',

  jobs: 'No dead jobs',
  deadJobs: (number: number, latest: { name: string; error: string | null }) =>
    `${number >= 1000 ? '1,000 or more' : count.format(number)} dead ${number === 1 ? 'job' : 'jobs'}; the latest, ${latest.name}: ${latest.error ?? 'no reason known'}`,
  mendJobs: 'Mend the cause, then: npx freesheet doctor --retry',
  retried: (number: number) =>
    `${count.format(number)} dead ${number === 1 ? 'job waits' : 'jobs wait'} again; a running server takes them up.`,

  noneWaits: 'No comment waits for a moderator',
  waiting: (number: number, isMore: boolean, age: number) =>
    `${count.format(number)}${isMore ? ' or more' : ''} ${number === 1 ? 'comment waits' : 'comments wait'} for a moderator, the oldest for ${span(age)}`,
  lookAtThem: 'See them: npx freesheet moderation. Their writers see them wait',

  backup: (age: number, name: string) => `Last backup ${span(age)} ago (${name})`,
  oldBackup: (age: number, name: string) => `The last backup is ${span(age)} old (${name})`,
  noBackup: (folder: string) => `There is no backup in ${folder}`,
  makeBackup:
    'Run: npx freesheet backup FILE. Nightly ones need a server that runs, BACKUP_NIGHTLY on, and room on the disk',
  youngDatabase: 'The first nightly one comes tonight, if a server runs',
  ownBackups: 'BACKUP_NIGHTLY is off: see that your own backups are made and tried out',

  mail: (place: string) => `The mail server at ${place} answers`,
  mailFolder: (folder: string) => `No mail server is set: mails land in ${folder}`,
  mailLocal: 'That is enough on this machine alone',
  noMail: (origin: string) =>
    `No mail server is set, and ${origin} is public: no sign-in code and no alert arrives`,
  runSetup: 'Run: npx freesheet setup',
  mendMail: 'Check SMTP_URL and that this machine may connect there, then run this again',
  noSender: (address: string) => `MAIL_FROM is not set: mails come from ${address}`,
  way: (name: string, address: string) => `Signing in with ${name} works: ${address} answers`,
  wayFailed: (name: string, address: string, problem: string) =>
    `Nobody can sign in with ${name}, as ${address} cannot be asked: ${problem}`,
  mendWay: 'Check its settings; an address inside the network must stand in OUTBOUND_ALLOW',

  address: (origin: string) => `${origin}`,
  localAddress: (origin: string) => `${origin} is for this machine alone`,
  insecure: (origin: string) => `${origin} is public and not https: nobody can sign in`,
  useProxy:
    'Put a proxy with a certificate in front (deploy/README.md), then: npx freesheet setup --origin https://...',

  clock: 'The clock is believable',
  clockBehind: (now: number, latest: number) =>
    `The clock says ${new Date(now).toISOString()}, and the database holds something from ${new Date(latest).toISOString()}`,
  clockEarly: (now: number) =>
    `The clock says ${new Date(now).toISOString()}, which is before this Freesheet was made`,
  clockApart: (apart: number) =>
    `The clocks of this machine and of the database are ${whole.format(Math.abs(apart) / 1000)} seconds apart`,
  mendClock:
    'Set the clock, and have it kept (systemd-timesyncd, chrony): schedules, embargoes and codes go by it',

  failed: (name: string, problem: string) => `The check '${name}' itself failed: ${problem}`,
  reportIt: 'This is a fault of Freesheet; please report it with the words above',
};
