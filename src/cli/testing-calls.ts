import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { loadConfig } from '../platform/config.ts';
import type { AppError } from '../platform/errors.ts';
import type { CliCommand } from './command.ts';
import { root } from './root.ts';
import { runCommand } from './testing.ts';

/** Settings of the newsroom that the commands are tried on. */
export const ledger = {
  ZONE: 'Europe/Lisbon',
  ORIGIN: 'https://ledger.example',
  NAME: 'The Ledger',
  // As `npx freesheet` has it.
  NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
};

/** What a command prints, in a process of its own, when all goes well. */
export async function printed(args: readonly string[], dataDir: string): Promise<string> {
  const { code, out, err } = await runCommand(args, { dataDir, env: ledger });
  assert.equal(code, 0, `${args.join(' ')}: ${out}${err}`);
  return out;
}

/** Call a command in this process, as `main.ts` does. @returns the exit code and all that it said */
export async function callCommand(
  command: CliCommand,
  args: readonly string[],
  dataDir: string,
): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const io = {
    out: (line: string) => void lines.push(line),
    err: (line: string) => void lines.push(line),
    config: () => loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...ledger }),
  };
  const code = await command.run([...args], io).catch((error: AppError) => {
    lines.push(`${error.message} [${error.code}]`);
    return 1;
  });
  return { code, said: lines.join('\n') };
}

/** Rows of a newsroom's database, as plain objects. */
export function rowsOf(query: string, dataDir: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(dataDir, 'freesheet.sqlite'), { readOnly: true });
  try {
    return database
      .prepare(query)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}
