import { AppError, messageOf } from '../platform/errors.ts';
import type { CliIo } from './command.ts';

/** A call that is not understood. Its message says what to write instead. */
export class Misuse extends AppError {}

/** Run a command; what is not understood of the call becomes one line, a code, and the exit code 2. */
export async function understood(name: string, io: CliIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const isOption =
      (error as NodeJS.ErrnoException | undefined)?.code?.startsWith('ERR_PARSE_ARGS') ?? false;
    if (!isOption && !(error instanceof Misuse)) throw error;
    // Node goes on to tell how to pass words that begin like an option.
    const [message] = messageOf(error).split('. To specify');
    const code = error instanceof Misuse ? error.code : `${name}.option`;
    io.err(`${message!.replace(/\.?$/, '.')} See: npx freesheet ${name} --help [${code}]`);
    return 2;
  }
}
