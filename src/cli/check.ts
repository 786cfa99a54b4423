import { spawn } from 'node:child_process';
import type { CliCommand, CliIo } from './command.ts';
import { root } from './root.ts';

export const command: CliCommand = {
  name: 'check',
  summary: 'lint, format, types and the rules of the house',
  usage: 'npm run check     lint, format, types; the rules of the house are tests in test/house.test.ts',
  run: (_args, io) => check(io),
};

const steps: readonly [title: string, ...command: string[]][] = [
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'oxfmt', '--check', '.'],
  ['types', 'tsc', '-p', '.'],
];

/** Run each step to its end, so that all that is wrong shows at once. @returns 0, or 1 when one failed */
export async function check(io: CliIo): Promise<number> {
  const failed: string[] = [];
  for (const [title, name, ...args] of steps) {
    const started = Date.now();
    const code = await runTool(name!, args);
    io.err(`${code === 0 ? 'ok    ' : 'FAILED'}  ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push(title);
  }
  if (failed.length > 0) io.err(`Mend first: ${failed.join(', ')}. oxfmt . formats everything.`);
  return failed.length === 0 ? 0 : 1;
}

/** Run a program of node_modules/.bin (or of the system) in the checkout. @returns its exit code */
export function runTool(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const path = `${root}node_modules/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    const child = spawn(name, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: path, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
