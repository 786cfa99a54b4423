import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Kysely } from 'kysely';
import type { Transaction } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CliCommand } from './command.ts';
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
    async run(args, io) {
      const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
      const [slug, ...words] = positionals;
      if (slug !== undefined && words.length === 0) {
        io.err(usage);
        return 2;
      }
      await inNewsroom(io.config(), async ({ database }) => {
        if (slug !== undefined) {
          const fields = values as Record<string, string | undefined>;
          await database.write((tx) => directory.save(tx, slug, words.join(' '), fields));
        }
        for (const row of await directory.list(database.read)) io.out(`${row[0].padEnd(24)}  ${row[1]}`);
      });
      return 0;
    },
  };
}
