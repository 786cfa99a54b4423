import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { loadConfig, type Config } from '../platform/config.ts';
import { assertCanListen } from '../platform/http/port.ts';
import { createLog } from '../platform/log.ts';
import { mailFolderName } from '../platform/mail/mailbox.ts';
import { createSite, type RunningSite } from '../main.ts';
import { mediaStoreOf } from './backup/command-parts.ts';
import { backupBeforeUpgrade, defineBackupJobs } from './backup/nightly.ts';
import { assetsAreCurrent, buildAssets, canBuild, dist } from './build.ts';
import type { CliCommand, CliIo } from './command.ts';
import { ProgressLine } from './progress.ts';
import { startText as text } from './start-text.ts';

export const command: CliCommand = {
  name: 'start',
  summary: text.summary,
  usage: text.usage,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { empty: { type: 'boolean' } } });
    if (!assetsAreCurrent() && canBuild()) {
      io.err(text.building);
      await buildAssets();
    }
    let site = await openSite(io);
    try {
      if (await welcome(site, values.empty ?? false, io)) {
        await site.close();
        site = await openSite(io);
      }
      const port = await site.listen();
      sayWhere(site.config, io, port);
    } catch (error) {
      await site.close();
      throw error;
    }
    await stopSignal();
    io.err(text.stopping);
    await site.close();
    return 0;
  },
};

function openSite(io: CliIo): Promise<RunningSite> {
  const config = loadConfig();
  const clock = systemClock;
  return createSite({
    config,
    log: createLog(config.LOG_LEVEL),
    dist,
    clock,
    beforeUpgrade: (database) =>
      backupBeforeUpgrade({ config, database, clock, media: mediaStoreOf(config) }, (line) => io.err(line)),
    defineJobs: (runner, parts) => defineBackupJobs(runner, { clock, ...parts }),
  });
}

/**
 * On the first run the sample newsroom comes in; a run that was cut off while it did is made good by the next.
 * @returns whether the settings changed
 */
async function welcome(site: RunningSite, isEmpty: boolean, io: CliIo): Promise<boolean> {
  const isFirstRun = site.migrated.includes('stories-001-stories');
  const mark = join(site.config.dataDir, 'sample.loading');
  if (isEmpty || !(isFirstRun || existsSync(mark))) return false;
  await assertCanListen(site.config.PORT, site.config.HOST);
  writeFileSync(mark, '');
  await loadSampleNewsroom(site, io);
  const { nameSample } = await import('./sample/name-sample.ts');
  const isNamed = await nameSample(site.config.dataDir);
  rmSync(mark);
  return isNamed;
}

async function loadSampleNewsroom(site: RunningSite, io: CliIo): Promise<void> {
  const { loadSample } = await import('./sample/load-sample.ts');
  const progress = new ProgressLine(io);
  const { total } = await loadSample({
    database: site.database,
    media: site.media,
    clock: systemClock,
    config: site.config,
    progress: (done, all) => progress.say(text.sample(done, all)),
  });
  const { loadForum } = await import('./sample/load-forum.ts');
  const { database, config } = site;
  const { comments } = await loadForum({ database, clock: systemClock, config });
  progress.clear();
  io.err(text.sampleLoaded(total, comments));
}

function sayWhere(config: Config, io: CliIo, port: number): void {
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  const local = `http://${host}:${port}`;
  io.out(text.open(config.NAME, config.ORIGIN ?? local));
  if (config.ORIGIN && config.ORIGIN !== local) io.out(text.elsewhere(local));
  io.out(text.data(config.DATABASE_URL ? new URL(config.DATABASE_URL).host : config.dataDir));
  if (!config.SMTP_URL) {
    const origin = config.ORIGIN ?? local;
    io.out(text.mails(join(config.dataDir, mailFolderName)));
    io.out(text.signIn(`${origin}/sign-in`));
  }
  io.out(text.stop);
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.off(signal, stop);
        process.on(signal, () => process.exit(130));
      }
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });
}
