import { globSync } from 'node:fs';
import { cpus } from 'node:os';
import { assetsAreCurrent, buildAssets } from './build.ts';
import { check, runTool } from './check.ts';
import type { CliCommand } from './command.ts';
import { root } from './root.ts';

export const command: CliCommand = {
  name: 'test',
  summary: 'all checks and tests, on both databases and in a real browser',
  usage: `npm test                  checks, then every test
npm test -- PATH ...      only these test files; no checks
Set TEST_DATABASE_URL to use a PostgreSQL of yours; else one is started for the time of the tests.`,
  async run(args, io) {
    const started = Date.now();
    const isPart = args.length > 0;
    const checked = isPart ? 0 : await check(io);
    // Loaded here, as a release has neither the tests nor what they run on, and yet lists this command.
    const { findTestParts } = await import('../../test/rig/parts.ts');
    const parts = await findTestParts((line) => io.err(line));
    try {
      if (!assetsAreCurrent()) await buildAssets();
      const files = isPart ? args : testFiles();
      // Two test files at once keep a small machine busy; more would only make each other late.
      const concurrency = Math.max(2, Math.min(4, cpus().length));
      const flags = ['--test', `--test-concurrency=${concurrency}`, '--test-timeout=600000'];
      const code = await runTool(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', ...flags, ...files],
        parts.environment,
      );
      for (const part of parts.skipped) io.err(`Skipped for want of a part: ${part}`);
      const seconds = Math.round((Date.now() - started) / 1000);
      const isGood = code === 0 && checked === 0;
      io.err(
        `${isGood ? 'All passed' : 'FAILED'}: ${files.length} test files in ${seconds} s; ${parts.skipped.length} parts skipped${checked === 0 ? '' : '; checks failed'}.`,
      );
      return isGood ? 0 : 1;
    } finally {
      await parts.stop();
    }
  },
};

function testFiles(): string[] {
  return globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort();
}
