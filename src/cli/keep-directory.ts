import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CliCommand } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { inNewsroom } from './newsroom.ts';

interface Directory {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  list(db: Kysely<Tables>): Promise<[slug: string, name: string][]>;
  save(
    tx: Transaction,
    slug: string,
    name: string,
    fields: Record<string, string | undefined>,
  ): Promise<void>;
}

/** The command for a list of names that editors keep: sections, topics, authors, series. */
export function keepDirectory(directory: Directory): CliCommand {
  const { name, summary, usage, options } = directory;
  return {
    name,
    summary,
    usage,
    run: (args, io) =>
      understood(name, io, async () => {
        const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
        const [slug, ...words] = positionals;
        const fields = values as Record<string, string | undefined>;
        const [option] = Object.keys(fields);
        if (slug === undefined && option)
          throw new Misuse(`${name}.which`, `Say which ${name} --${option} is for.`);
        if (slug !== undefined && words.length === 0)
          throw new Misuse(
            `${name}.no-name`,
            `Say what '${slug}' is called: freesheet ${name} ${slug} NAME.`,
          );
        await inNewsroom(io.config(), async ({ database }) => {
          if (slug !== undefined)
            await database.write((tx) => directory.save(tx, slug, words.join(' '), fields));
          for (const row of await directory.list(database.read)) io.out(`${row[0].padEnd(24)}  ${row[1]}`);
        });
        return 0;
      }),
  };
}
