import { listAuthors, saveAuthor } from '../stories/index.ts';
import { keepDirectory } from './keep-directory.ts';

export const command = keepDirectory({
  name: 'author',
  summary: 'list the authors, make one or change one',
  usage: `freesheet author                                   list the authors
freesheet author SLUG NAME [--role TEXT] [--bio TEXT] [--picture ID]   make an author, or change one`,
  options: { role: { type: 'string' }, bio: { type: 'string' }, picture: { type: 'string' } },
  list: async (db) => (await listAuthors(db, { limit: 1000 })).map(({ slug, name }) => [slug, name]),
  save: (tx, slug, name, { role, bio, picture }) => saveAuthor(tx, { slug, name, role, bio, picture }),
});
