import { addRedirect } from '../stories/index.ts';
import type { CliCommand } from './command.ts';
import { inNewsroom } from './newsroom.ts';

export const command: CliCommand = {
  name: 'redirect',
  summary: 'send an old address to a new one',
  usage: `freesheet redirect FROM TO     such as /article.php?id=17 /2009/07/28/name`,
  async run(args, io) {
    const [from, to] = args;
    if (!from || !to) {
      io.err(this.usage);
      return 2;
    }
    await inNewsroom(io.config(), ({ database }) => database.write((tx) => addRedirect(tx, { from, to })));
    io.out(`${from} now leads to ${to}.`);
    return 0;
  },
};
