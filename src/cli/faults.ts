import { globSync } from 'node:fs';
import { assetsAreCurrent, buildAssets } from './build.ts';
import { runTool } from './check.ts';
import type { CliCommand } from './command.ts';
import { root } from './root.ts';

const usualRounds = 200;

export const command: CliCommand = {
  name: 'faults',
  summary: 'kill what works at any moment, over and over, and see that nothing is lost',
  usage: `npm run faults                  each fault ${usualRounds} times, on both databases; takes a while
npm run faults -- PATH ...      only these files of test/faults
FAULT_ROUNDS sets another number; npm test does 10.`,
  async run(args, io) {
    const started = performance.now();
    const rounds = Number(process.env.FAULT_ROUNDS ?? usualRounds);
    if (!Number.isInteger(rounds) || rounds < 1) {
      io.err('FAULT_ROUNDS must be a whole number, 1 or more.');
      return 2;
    }
    if (!assetsAreCurrent()) await buildAssets();
    // Loaded here, as a release has neither the tests nor what they run on, and yet lists this command.
    const { findTestParts } = await import('../../test/rig/parts.ts');
    const parts = await findTestParts((line) => io.err(line));
    try {
      const files = args.length > 0 ? args : globSync('test/faults/*.test.ts', { cwd: root }).sort();
      const flags = ['--test', '--test-concurrency=2'];
      const code = await runTool(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', ...flags, ...files],
        { ...parts.environment, FAULT_ROUNDS: String(rounds) },
      );
      for (const part of parts.skipped) io.err(`Skipped for want of a part: ${part}`);
      const minutes = Math.ceil((performance.now() - started) / 60_000);
      io.err(
        `${code === 0 ? 'Nothing lost' : 'FAILED'}: ${files.length} kinds of fault, ${rounds} rounds each, in ${minutes} min.`,
      );
      return code === 0 ? 0 : 1;
    } finally {
      await parts.stop();
    }
  },
};
