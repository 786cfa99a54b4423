import type { Config } from '../platform/config.ts';

/** Where a command's words go, and the settings it runs with. */
export interface CliIo {
  /** A line of what was asked for. */
  out(line: string): void;
  /** A line about how it goes, or what is wrong. */
  err(line: string): void;
  /** The settings, read and checked on first use. @throws AppError `config.invalid` */
  config(): Config;
}

/** One command of `npx freesheet`: each is the `command` export of the file with its name. */
export interface CliCommand {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  /** @returns the exit code: 0 done, 1 failed, 2 not understood */
  run(args: string[], io: CliIo): Promise<number>;
}
