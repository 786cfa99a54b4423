import { frontStories, setFront } from '../stories/index.ts';
import type { CliCommand } from './command.ts';
import { inNewsroom } from './newsroom.ts';

export const command: CliCommand = {
  name: 'front',
  summary: 'choose what leads the front page',
  usage: `freesheet front                show the order of the front page
freesheet front ID [ID ...]    lead with these stories, in this order; the rest fills itself
freesheet front --clear        let the newest lead`,
  async run(args, io) {
    await inNewsroom(io.config(), async ({ database }) => {
      if (args.length > 0) {
        const slots = args[0] === '--clear' ? [] : args;
        await database.write((tx) => setFront(tx, { slots, actor: process.env.USER ?? 'command line' }));
      }
      for (const { id, headline } of await frontStories(database.read, 20)) io.out(`${id}  ${headline}`);
    });
    return 0;
  },
};
