import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { root } from './root.ts';

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Run a command as a user does, in a process of its own, with none of this process's settings.
 * @param options.input what is typed; nothing when left out
 */
export function runCommand(
  args: readonly string[],
  options: { readonly dataDir: string; readonly env?: NodeJS.ProcessEnv; readonly input?: string },
): Promise<CommandResult> {
  const { PATH, HOME, SystemRoot, TMPDIR, TEMP } = process.env;
  const NODE_COMPILE_CACHE = join(root, '.cache', 'compile');
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts'), ...args],
      {
        cwd: root,
        env: {
          PATH,
          HOME,
          SystemRoot,
          TMPDIR,
          TEMP,
          DATA_DIR: options.dataDir,
          NODE_COMPILE_CACHE,
          ...options.env,
        },
      },
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
    child.stdin.end(options.input ?? '');
  });
}

const folders: string[] = [];
// On the file as a whole: within a test it would belong to that one.
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** An empty folder that is gone after the tests of this file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'freesheet-cli-'));
  folders.push(folder);
  return folder;
}
