import { parseArgs } from 'node:util';
import { AppError } from '../platform/errors.ts';
import { findReader, findReaderByHandle, setReaderRoles, type Reader, type Role } from '../readers/index.ts';
import type { CliCommand } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';

const roles: readonly Role[] = ['staff', 'author', 'moderator', 'supporter'];

export const command: CliCommand = {
  name: 'reader',
  summary: 'see what a reader is to the paper, and say it',
  usage: `freesheet reader @HANDLE                          name, state and roles
freesheet reader @HANDLE add|remove ROLE [ROLE ...]

ROLE is staff, author, moderator or supporter. It stands as a badge on the reader's comments; the first three are
trusted by the rules of moderation; staff and moderators pick comments. In place of @HANDLE an id will do.`,
  run: (args, io) =>
    understood('reader', io, async () => {
      const { positionals } = parseArgs({ args, allowPositionals: true });
      const [name, change, ...given] = positionals;
      if (name === undefined) throw new Misuse('reader.name', 'Name a reader as @handle.');
      if (change !== undefined && change !== 'add' && change !== 'remove')
        throw new Misuse('reader.change', `'${change}' is neither add nor remove.`);
      const wanted = given.map(roleOf);
      if (change !== undefined && wanted.length === 0) throw new Misuse('reader.role', 'Name a role.');
      await inNewsroom(io.config(), async ({ database }) => {
        const before = await namedReader(database, name);
        if (change !== undefined) {
          const kept = before.roles.filter((role) => !wanted.includes(role));
          const after = change === 'add' ? [...kept, ...wanted] : kept;
          await database.write((tx) => setReaderRoles(tx, { id: before.id, roles: after }));
        }
        const reader = change === undefined ? before : await namedReader(database, before.id);
        io.out(
          `${reader.id}  @${reader.handle ?? ''}  ${reader.name}  ${reader.state}  ${reader.roles.join(', ') || 'no role'}`,
        );
      });
      return 0;
    }),
};

function roleOf(word: string): Role {
  const role = roles.find((each) => each === word);
  if (role) return role;
  throw new Misuse('reader.role', `'${word}' is no role. There are: ${roles.join(', ')}.`);
}

async function namedReader({ read }: Newsroom['database'], name: string): Promise<Reader> {
  const reader = (await findReaderByHandle(read, name.replace(/^@/, ''))) ?? (await findReader(read, name));
  if (reader) return reader;
  throw new AppError('reader.not-found', `There is no reader '${name}'.`, { status: 404 });
}
