import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allMigrations } from '../migrations.ts';
import { systemClock } from '../platform/clock.ts';
import { dataDirOf, settingsFileName, type Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import { openDatabase, sqliteFileName } from '../platform/database/open.ts';
import { databaseState, type DatabaseState } from '../platform/database/state.ts';
import { AppError, messageOf } from '../platform/errors.ts';
import { deadJobs, retryJob } from '../platform/jobs/jobs.ts';
import type { CliCommand, CliIo } from './command.ts';
import {
  checkAddress,
  checkBackups,
  checkClock,
  checkDatabase,
  checkFolder,
  checkJobs,
  checkMail,
  checkNode,
  checkPackages,
  checkWaiting,
  checkWays,
  type Finding,
} from './doctor-checks.ts';
import { doctorText as text } from './doctor-text.ts';

export const command: CliCommand = {
  name: 'doctor',
  summary: text.summary,
  usage: text.usage,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { retry: { type: 'boolean' } } });
    if (values.retry) return retry(io);
    let toMend = 0;
    const tell = (found: Finding | readonly Finding[]) => {
      for (const { level, says, todo } of [found].flat()) {
        io.out(`${text.levels[level]}  ${says}${todo === undefined ? '' : `\n          ${todo}`}`);
        if (level === 'mend') toMend += 1;
      }
    };
    const check = async (name: string, work: () => Promise<Finding | Finding[]> | Finding) => {
      try {
        tell(await work());
      } catch (error) {
        tell({ level: 'mend', says: text.failed(name, messageOf(error)), todo: text.reportIt });
      }
    };
    await check('node', checkNode);
    await check('packages', () => checkPackages());
    const config = settingsOf(io, tell);
    if (config) {
      await check('folder', () => checkFolder(config));
      const database = await open(config, tell);
      try {
        const state = database && (await databaseState(database, allMigrations));
        if (database && state) await checkInside(database, state);
        await check('backups', () => checkBackups(config, state?.madeAt, systemClock));
        await check('mail', () => checkMail(config));
        await check('sign-in', () => checkWays(config, systemClock));
        await check('address', () => checkAddress(config));
        await check('clock', () => checkClock(state, systemClock));
      } finally {
        await database?.close();
      }
    } else io.out(text.cutShort);
    io.out(toMend === 0 ? text.allWell : text.toMend(toMend));
    return toMend === 0 ? 0 : 1;

    async function checkInside(database: Database, state: DatabaseState): Promise<void> {
      await check('database', () => checkDatabase(state, allMigrations.length));
      if (state.isMade && !state.pending.some((id) => id.startsWith('jobs-')))
        await check('jobs', () => checkJobs(database));
      if (state.isMade && !state.pending.some((id) => id.startsWith('moderation-')))
        await check('moderation', () => checkWaiting(database, systemClock));
    }
  },
};

function settingsOf(io: CliIo, tell: (found: Finding) => void): Config | undefined {
  const file = join(dataDirOf(), settingsFileName);
  try {
    const config = io.config();
    tell({ level: 'ok', says: text.settings(existsSync(file) ? file : 'environment and defaults') });
    return config;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell({ level: 'mend', says: text.wrongSettings(error.message), todo: text.mendSettings(file) });
    return undefined;
  }
}

/** Open what is there, and make nothing. */
async function open(config: Config, tell: (found: Finding) => void): Promise<Database | undefined> {
  if (!config.DATABASE_URL && !existsSync(join(config.dataDir, sqliteFileName))) {
    tell({ level: 'note', says: text.noDatabase, todo: text.makeDatabase });
    return undefined;
  }
  try {
    return await openDatabase(config);
  } catch (error) {
    const cause = error instanceof Error && error.cause ? ` (${messageOf(error.cause)})` : '';
    tell({
      level: 'mend',
      says: text.databaseFailed(`${messageOf(error)}${cause}`),
      todo: text.mendDatabase,
    });
    return undefined;
  }
}

async function retry(io: CliIo): Promise<number> {
  const database = await openDatabase(io.config());
  try {
    const dead = await deadJobs(database.read, 1000);
    for (const { id } of dead) await database.write((tx) => retryJob(tx, id));
    io.out(text.retried(dead.length));
    return 0;
  } finally {
    await database.close();
  }
}
