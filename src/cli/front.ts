import { parseArgs } from 'node:util';
import { frontStories, setFront } from '../stories/index.ts';
import type { CliCommand } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { namedStory } from './named-story.ts';
import { inNewsroom } from './newsroom.ts';

export const command: CliCommand = {
  name: 'front',
  summary: 'choose what leads the front page',
  usage: `freesheet front                     show the order of the front page
freesheet front STORY [STORY ...]   lead with these stories, in this order; the rest fills itself
freesheet front --clear             let the newest lead

STORY is an id, a short code, or an address such as /2026/11/24/name.`,
  run: (args, io) =>
    understood('front', io, async () => {
      const { positionals, values } = parseArgs({
        args,
        options: { clear: { type: 'boolean' } },
        allowPositionals: true,
      });
      if (values.clear && positionals.length > 0)
        throw new Misuse('front.option', 'Name stories, or clear the front with --clear; not both.');
      await inNewsroom(io.config(), async ({ database }) => {
        const slots: string[] = [];
        for (const name of positionals) slots.push((await namedStory(database, name)).id);
        if (values.clear || slots.length > 0)
          await database.write((tx) => setFront(tx, { slots, actor: process.env.USER ?? 'command line' }));
        for (const { id, headline } of await frontStories(database.read, 20)) io.out(`${id}  ${headline}`);
      });
      return 0;
    }),
};
