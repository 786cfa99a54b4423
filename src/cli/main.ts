import { AppError, messageOf } from '../platform/errors.ts';
import { loadConfig, type Config } from '../platform/config.ts';
import type { CliCommand, CliIo } from './command.ts';

/** Each command's file, loaded only when it is asked for: a second start must be quick. */
const commands: Readonly<Record<string, () => Promise<{ command: CliCommand }>>> = {
  start: () => import('./start.ts'),
  setup: () => import('./setup.ts'),
  doctor: () => import('./doctor.ts'),
  story: () => import('./story.ts'),
  front: () => import('./front.ts'),
  section: () => import('./section.ts'),
  topic: () => import('./topic.ts'),
  author: () => import('./author.ts'),
  series: () => import('./series.ts'),
  redirect: () => import('./redirect.ts'),
  reader: () => import('./reader.ts'),
  thread: () => import('./thread.ts'),
  moderation: () => import('./moderation.ts'),
  import: () => import('./import.ts'),
  export: () => import('./export.ts'),
  sample: () => import('./sample.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  build: () => import('./build.ts'),
  check: () => import('./check.ts'),
  test: () => import('./test.ts'),
  faults: () => import('./faults.ts'),
  bench: () => import('./bench.ts'),
};

const io: CliIo = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  config: () => (config ??= loadConfig()),
};
let config: Config | undefined;

process.exitCode = await main(process.argv.slice(2));

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') return help(args[0]);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const near = nearest(name);
    io.err(`There is no command '${name}'.${near ? ` Did you mean: npx freesheet ${near}` : ''}`);
    io.err('All commands: npx freesheet help');
    return 2;
  }
  try {
    const { command } = await load();
    if (args.includes('--help') || args.includes('-h')) {
      io.out(command.usage);
      return 0;
    }
    return await command.run(args, io);
  } catch (error) {
    return explain(error, name);
  }
}

async function help(name: string | undefined): Promise<number> {
  if (name !== undefined && Object.hasOwn(commands, name)) {
    io.out((await commands[name]!()).command.usage);
    return 0;
  }
  io.out('Usage: npx freesheet COMMAND   (npx freesheet COMMAND --help says more)\n');
  for (const [each, load] of Object.entries(commands)) {
    io.out(`  ${each.padEnd(10)}${(await load()).command.summary}`);
  }
  return 0;
}

/** An error meant for people is one clear line; any other is a fault of ours, with all that helps to find it. */
function explain(error: unknown, name: string): number {
  if (error instanceof AppError) {
    io.err(`${error.message} [${error.code}]`);
    return 1;
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code?.startsWith('ERR_PARSE_ARGS')) {
    io.err(`${messageOf(error)}\nSee: npx freesheet ${name} --help`);
    return 2;
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

function nearest(name: string): string | undefined {
  const distances = Object.keys(commands)
    .map((each) => ({ each, distance: distance(each, name) }))
    .sort((a, b) => a.distance - b.distance);
  return distances[0] && distances[0].distance <= 2 ? distances[0].each : undefined;
}

/** Edits that make one word of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
