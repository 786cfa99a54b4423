import type { CliCommand } from './command.ts';

export const command: CliCommand = {
  name: 'bench',
  summary: 'measure speed, memory and growth beside the budgets of the design',
  usage: `npm run bench                    every part, one after the other; some twenty minutes
npm run bench -- PART ...        only these: pages render write import search start memory growth
npm run bench -- --quick ...     everything shorter: to see that it runs, not to judge by
npm run bench -- --million ...   growth goes on to a million stories; half an hour more
Fails when a budget is missed. What each part measures and how to read it stands in bench/README.md.
Set TEST_DATABASE_URL for the searches on PostgreSQL too.`,
  async run(args, io) {
    // Loaded here, as a release comes without the bench, and yet lists this command.
    const { runBench } = await import('../../bench/run.ts');
    return runBench(args, io);
  },
};
