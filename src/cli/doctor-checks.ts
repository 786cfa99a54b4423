import { existsSync, readFileSync } from 'node:fs';
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { DatabaseState } from '../platform/database/state.ts';
import { messageOf } from '../platform/errors.ts';
import { isLoopbackHost } from '../platform/http/addresses.ts';
import { deadJobs } from '../platform/jobs/jobs.ts';
import { createMailer } from '../platform/mail/mailer.ts';
import { listHolds } from '../moderation/index.ts';
import { tryWays } from '../readers/index.ts';
import { doctorText as text } from './doctor-text.ts';
import { root } from './root.ts';

export interface Finding {
  /** `note` is worth knowing, `mend` must not stay so. */
  readonly level: 'ok' | 'note' | 'mend';
  readonly says: string;
  readonly todo?: string;
}

const scarce = 1_000_000_000;
const tooScarce = 200_000_000;
/** A night and half a day: one missed night shows. */
const oldBackup = 36 * 3_600_000;
/** Whoever wrote something waits for an answer; after a day nobody seems to look. */
const longestWait = 24 * 3_600_000;
/** Clocks of two machines are never quite the same. */
const clockSlack = 60_000;
/** 1 November 2026: no clock that goes right is before it. */
const earliest = Date.UTC(2026, 10, 1);

const ok = (says: string): Finding => ({ level: 'ok', says });
const note = (says: string, todo: string): Finding => ({ level: 'note', says, todo });
const mend = (says: string, todo: string): Finding => ({ level: 'mend', says, todo });

export function checkNode(): Finding {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: { node: string };
  };
  const version = process.versions.node;
  return version === dependencies.node
    ? ok(text.node(version))
    : mend(text.otherNode(version, dependencies.node), text.runNode);
}

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/** Whether each package in its folder is the one of the lockfile. @param folder of package-lock.json and node_modules */
export function checkPackages(folder: string = root): Finding {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const wrong: string[] = [];
  let right = 0;
  let hasDev = false;
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (path === '' || locked.version === undefined) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const found = versionAt(join(folder, path));
    if (found === locked.version) {
      right += 1;
      hasDev ||= locked.dev === true;
    } else if (found !== undefined) wrong.push(`${name} ${found} in the place of ${locked.version}`);
    // A release has no development packages, and what is optional is for another machine.
    else if (!locked.dev && !locked.optional && !locked.devOptional)
      wrong.push(`${name} ${locked.version} is missing`);
  }
  return wrong.length === 0
    ? ok(text.packages(right))
    : mend(text.otherPackages(wrong), text.runInstall(hasDev));
}

function versionAt(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

export async function checkFolder({ dataDir }: Config): Promise<Finding> {
  const isThere = existsSync(dataDir);
  let nearest = dataDir;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    await access(nearest, constants.W_OK | constants.X_OK);
  } catch {
    return mend(text.closedFolder(nearest), text.openFolder);
  }
  const { bavail, bsize } = await statfs(nearest);
  const free = bavail * bsize;
  if (free < tooScarce) return mend(text.littleSpace(dataDir, free), text.makeSpace);
  if (free < scarce) return note(text.littleSpace(dataDir, free), text.makeSpace);
  return isThere ? ok(text.folder(dataDir, free)) : note(text.noFolder(dataDir), text.makeFolder);
}

/** @param steps how many steps of the schema there are */
export function checkDatabase(state: DatabaseState, steps: number): Finding {
  if (state.isRestoreUnfinished) return mend(text.unfinished(state.version), text.restoreAgain);
  if (state.unknown.length > 0) return mend(text.newer(state.version, state.unknown), text.useNewer);
  if (!state.isMade) return note(text.emptyDatabase(state.version), text.makeDatabase);
  if (state.pending.length > 0) return note(text.pending(state.version, state.pending), text.bringUp);
  return ok(text.database(state.version, steps));
}

export async function checkJobs(database: Database): Promise<Finding> {
  const dead = await deadJobs(database.read, 1000);
  return dead.length === 0 ? ok(text.jobs) : mend(text.deadJobs(dead.length, dead[0]!), text.mendJobs);
}

/** Comments that wait for a moderator, and whether somebody looks at them. */
export async function checkWaiting(database: Database, clock: Clock): Promise<Finding> {
  const { items, next } = await listHolds(database.read, { limit: 200 });
  const [oldest] = items;
  if (!oldest) return ok(text.noneWaits);
  const age = clock.now() - oldest.at;
  const says = text.waiting(items.length, next !== undefined, age);
  return age > longestWait ? note(says, text.lookAtThem) : ok(says);
}

/** @param madeAt since when there is a database, milliseconds UTC */
export async function checkBackups(
  config: Config,
  madeAt: number | undefined,
  clock: Clock,
): Promise<Finding> {
  const folder = join(config.dataDir, 'backups');
  const names = (await readdir(folder).catch(() => [])).filter((name) => !/^\.|\.part$/.test(name));
  const times = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const last = times.sort((a, b) => b.at - a.at)[0];
  const now = clock.now();
  if (last && now - last.at <= oldBackup) return ok(text.backup(Math.max(0, now - last.at), last.name));
  if (!config.BACKUP_NIGHTLY) {
    return note(last ? text.oldBackup(now - last.at, last.name) : text.noBackup(folder), text.ownBackups);
  }
  if (last) return mend(text.oldBackup(now - last.at, last.name), text.makeBackup);
  const isYoung = madeAt === undefined || now - madeAt <= oldBackup;
  return isYoung
    ? note(text.noBackup(folder), text.youngDatabase)
    : mend(text.noBackup(folder), text.makeBackup);
}

export async function checkMail(config: Config): Promise<Finding[]> {
  const mailer = createMailer(config, { timeout: 10_000 });
  try {
    if (config.SMTP_URL === undefined) {
      return [
        isLocal(config)
          ? note(text.mailFolder(mailer.place), text.mailLocal)
          : mend(text.noMail(config.origin), text.runSetup),
      ];
    }
    await mailer.verify();
    const found = [ok(text.mail(mailer.place))];
    if (config.MAIL_FROM === undefined) found.push(note(text.noSender(mailer.sender), text.runSetup));
    return found;
  } catch (error) {
    return [mend(messageOf(error), text.mendMail)];
  } finally {
    mailer.close();
  }
}

/** Those who say who readers are; nothing where readers sign in by mail and passkeys alone. */
export async function checkWays(config: Config, clock: Clock): Promise<Finding[]> {
  return (await tryWays(config, clock)).map(({ name, address, problem }) =>
    problem === undefined
      ? ok(text.way(name, address))
      : mend(text.wayFailed(name, address, problem), text.mendWay),
  );
}

export function checkAddress(config: Config): Finding {
  if (isLocal(config)) return ok(text.localAddress(config.origin));
  return config.origin.startsWith('https:')
    ? ok(text.address(config.origin))
    : mend(text.insecure(config.origin), text.useProxy);
}

/** Against the day this was written, the newest thing in the database, and the database server's own clock. */
export function checkClock(state: DatabaseState | undefined, clock: Clock): Finding {
  const now = clock.now();
  if (now < earliest) return mend(text.clockEarly(now), text.mendClock);
  if (state?.latest !== undefined && state.latest > now + clockSlack)
    return mend(text.clockBehind(now, state.latest), text.mendClock);
  const apart = state?.serverNow === undefined ? 0 : state.serverNow - now;
  if (Math.abs(apart) > clockSlack) return mend(text.clockApart(apart), text.mendClock);
  return ok(text.clock);
}

function isLocal({ origin }: Config): boolean {
  return isLoopbackHost(new URL(origin).hostname);
}
