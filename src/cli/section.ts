import { listSections, saveSection } from '../stories/index.ts';
import { keepDirectory } from './keep-directory.ts';
import { Misuse } from './misuse.ts';

export const command = keepDirectory({
  name: 'section',
  summary: 'list the sections, make one or rename one',
  usage: `freesheet section                                  list the sections in their order
freesheet section SLUG NAME [--description TEXT] [--position N]   make a section, or change it`,
  options: { description: { type: 'string' }, position: { type: 'string' } },
  list: async (db) => (await listSections(db)).map(({ slug, name }) => [slug, name]),
  save: (tx, slug, name, { description, position }) =>
    saveSection(tx, {
      slug,
      name,
      description,
      position: position === undefined ? undefined : positionOf(position),
    }),
});

function positionOf(words: string): number {
  if (/^\d{1,6}$/.test(words)) return Number(words);
  throw new Misuse('section.bad-position', `'${words}' is no position: give a number, the first is 0.`);
}
