import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './chromium.ts';
import { findFirefox } from './firefox.ts';
import { startPostgres } from './postgres.ts';

/** The real programs that tests are run against. */
export interface TestParts {
  /** To be given to the tests' processes. */
  readonly environment: Record<string, string>;
  /** What was not found and could not be installed, with why. */
  readonly skipped: readonly string[];
  stop(): Promise<void>;
}

/**
 * Find or start what the tests need: PostgreSQL and two browsers; installed from the system's packages where that is
 * possible. Says what it found.
 */
export async function findTestParts(say: (line: string) => void): Promise<TestParts> {
  const environment: Record<string, string> = {};
  const skipped: string[] = [];
  say(`Node ${process.version}`);

  const postgres = process.env.TEST_DATABASE_URL ? undefined : await startPostgres(install, say);
  if (process.env.TEST_DATABASE_URL) say('PostgreSQL: the one at TEST_DATABASE_URL');
  else if (postgres?.url) {
    environment.TEST_DATABASE_URL = postgres.url;
    say(`PostgreSQL: ${postgres.version}, a throwaway cluster`);
  } else {
    skipped.push(`PostgreSQL (${postgres?.why}): every database test ran on SQLite alone`);
  }

  const browser = findBrowser() ?? (install('chromium', say) ? findBrowser() : undefined);
  if (browser) {
    environment.TEST_BROWSER = browser;
    say(`Browser: ${browser}`);
  } else {
    skipped.push('Chromium (none found, none could be installed): browser tests');
  }
  const firefox = findFirefox() ?? (install('firefox-esr', say) ? findFirefox() : undefined);
  if (firefox) {
    environment.TEST_FIREFOX = firefox;
    say(`Second browser: ${firefox}`);
  } else {
    skipped.push('Firefox (none found, none could be installed): tests in a second browser');
  }
  return { environment, skipped, stop: async () => postgres?.stop() };
}

/** Install one of the system's packages, where this user may. @returns whether it worked */
function install(name: string, say: (line: string) => void): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say(`Installing ${name} from the system's packages ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const attempt = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { env, stdio: 'ignore' }).status;
  if (attempt() === 0) return true;
  try {
    execFileSync('apt-get', ['update'], { env, stdio: 'ignore', timeout: 180_000 });
  } catch {
    return false;
  }
  return attempt() === 0;
}
