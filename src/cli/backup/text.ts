const number = new Intl.NumberFormat('en-GB');
const megabytes = (bytes: number) => `${number.format(Math.ceil(bytes / 1_000_000))} MB`;

/** The words of `freesheet backup` and `freesheet restore`. */
export const backupText = {
  backupSummary: 'write everything into one checked file, while the site runs',
  backupUsage: `freesheet backup FILE.tar.gz

Writes the database, the media files and settings.json as they stand at this moment into one file, reads it back whole,
and only then gives it its name. The site may run meanwhile. It is brought back by: freesheet restore FILE.tar.gz
The file holds drafts and passwords: it is readable by its owner alone. Settings in environment variables are not in it.
Freesheet does this by itself every night into DATA_DIR/backups, and before each upgrade (BACKUP_NIGHTLY=no ends the
nightly ones). Keep a copy on another machine.`,
  restoreSummary: 'bring the paper back from a backup',
  restoreUsage: `freesheet restore FILE.tar.gz                  into a newsroom that is empty
freesheet restore FILE.tar.gz --replace        instead of what is here, which is backed up first
freesheet restore FILE.tar.gz --replace --no-backup    and is not

Stop the site first. The file is checked before anything is touched. A backup of SQLite comes back on PostgreSQL and the
other way round; which database it is, DATABASE_URL says here and now, whatever the backup has. When it is interrupted,
run the same command again.`,
  writing: (file: string) => `Backing up into ${file} ...`,
  checking: (file: string) => `Checking ${file} ...`,
  /** What each stage counts. */
  units: { rows: 'rows', files: 'files', check: 'bytes checked', save: 'saved first', stories: 'stories' },
  written: (file: string, bytes: number, rows: number, files: number) =>
    `${file} (${megabytes(bytes)}) holds ${number.format(rows)} rows and ${number.format(files)} files, and was read back.`,
  missing: (ids: readonly string[], count: number) =>
    `Not in the backup, as the files are not on this machine: media ${ids.join(', ')}${count > ids.length ? ` and ${number.format(count - ids.length)} more` : ''}.`,
  restored: (rows: number, files: number, createdAt: string) =>
    `The paper is back as it stood at ${createdAt}: ${number.format(rows)} rows, ${number.format(files)} files.`,
  missingThen: (count: number) =>
    `${number.format(count)} media items were missing when the backup was made, and are so now.`,
  settingsBack: (file: string) => `${file} is back too.`,
  settingsKept: (file: string) =>
    `${file} was here and stays as it is; --replace would have brought back that of the backup.`,
  settingsUnread: 'settings.json of the backup is not readable as JSON and was left out.',
  savedFirst: (file: string) => `What was here is in ${file}`,
  beforeUpgrade: (file: string) => `Backing up into ${file} before the upgrade ...`,
  upgradeSaved: (file: string) => `What was here before the upgrade is in ${file}`,
  unwritable: (file: string, why: string) => `${file} could not be written: ${why}`,
  notOne: 'The file is no backup of Freesheet.',
  damaged: 'The backup is not what it says that it is: it is damaged. Copy it anew, or take another one.',
  newer: 'The backup was made by a newer Freesheet. Bring this one up to date first, then restore.',
  changed: 'The backup was changed while it was read back. Nothing was kept of it; try again.',
  notEmpty:
    'There is a newsroom here already. --replace brings the backup back instead of it, and backs it up first.',
  served:
    'The site runs on this database. Stop it first (one that was killed is taken to be gone after fifteen seconds).',
  newerHere:
    'What is here was made by a newer Freesheet, which alone can back it up: do that there, then use --replace --no-backup here.',
  stopped: 'Stopped. Nothing was changed.',
  unfinished: (why: string | undefined) =>
    `${why === undefined ? 'Stopped.' : `The restore did not come to its end (${why}).`} The newsroom is not whole now: run the same command again.`,
};
