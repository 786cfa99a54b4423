import { addRedirect } from '../stories/index.ts';
import type { CliCommand } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { inNewsroom } from './newsroom.ts';

export const command: CliCommand = {
  name: 'redirect',
  summary: 'send an old address to a new one',
  usage: `freesheet redirect FROM TO     such as /article.php?id=17 /2009/07/28/name`,
  run: (args, io) =>
    understood('redirect', io, async () => {
      const [from, to, ...more] = args;
      if (!from || !to) throw new Misuse('redirect.which', 'Name the old address and the new one.');
      if (more.length > 0)
        throw new Misuse('redirect.which', `Name two addresses; '${more[0]}' is one too many.`);
      await inNewsroom(io.config(), ({ database }) => database.write((tx) => addRedirect(tx, { from, to })));
      io.out(`${from} now leads to ${to}.`);
      return 0;
    }),
};
