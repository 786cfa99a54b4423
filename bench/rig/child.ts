import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../src/cli/root.ts';
import type { Usage } from './tell-usage.ts';

const tellUsage = new URL('tell-usage.ts', import.meta.url).href;
const stopDeadline = 10_000;
const running = new Set<ChildProcess>();

/** A Node program that runs beside the bench. */
export interface Child {
  readonly pid: number;
  usage(): Promise<Usage>;
  /** The next message that holds a field of this name. @throws Error when the program ends before */
  next<T>(field: string): Promise<T>;
  /** A part of what the program prints, as soon as it is there. @throws Error when the program ends before */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  send(message: object): void;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Start one of the programs in this folder. */
export function startScript(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Child {
  return startNode([fileURLToPath(new URL(name, import.meta.url)), ...args], env);
}

/** Start a program as `start.mjs` does. @param args the file and its arguments */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', tellUsage];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  track(child);
  return handleOf(child);
}

/** Remember a process, so that nothing stays behind when the bench is broken off. */
export function track(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** End a process by its id and wait until it is gone. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopDeadline);
  await gone;
  clearTimeout(timer);
}

/** End all that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(stopProcess));
}

/** Where Node keeps what it compiled, as `start.mjs` sets it. */
export const compileCache = { NODE_COMPILE_CACHE: join(root, '.cache', 'compile') };

function handleOf(child: ChildProcess): Child {
  let out = '';
  let errors = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text));
  /** Looks again after every event of a kind, until it finds what it looks for. */
  const wait = <T>(source: NodeJS.EventEmitter, event: string, look: (value: unknown) => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const onEvent = (value: unknown) => {
        const found = look(value);
        if (found === undefined) return;
        source.off(event, onEvent);
        child.off('exit', onExit);
        resolve(found);
      };
      const onExit = (code: number | null) =>
        reject(new Error(`${child.spawnargs.at(-1)} ended (${code}):\n${errors.trim() || out.trim()}`));
      source.on(event, onEvent);
      child.once('exit', onExit);
      onEvent(undefined);
    });
  const next = <T>(field: string) =>
    wait(child, 'message', (message) => (message as Record<string, T> | undefined)?.[field]);
  return {
    pid: child.pid!,
    next,
    async usage() {
      const answer = next<Usage>('usage');
      child.send('usage');
      return answer;
    },
    printed: (pattern) => wait(child.stdout!, 'data', () => pattern.exec(out) ?? undefined),
    send: (message) => void child.send(message),
    stop: () => stopProcess(child),
  };
}
