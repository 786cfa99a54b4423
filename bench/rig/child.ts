import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { root } from '../../src/cli/root.ts';

const stopDeadline = 10_000;
const running = new Set<ChildProcess>();

/** A program that runs beside the bench. */
export interface Child {
  readonly pid: number;
  /** The next message that holds a field of this name. @throws Error when the program ends before */
  next<T>(field: string): Promise<T>;
  /** A part of what the program prints, as soon as it is there. @throws Error when the program ends before */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  send(message: object): void;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Start one of the programs in this folder; it ends with the bench. */
export function startScript(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Child {
  const file = fileURLToPath(new URL(name, import.meta.url));
  return startNode(['--disable-warning=ExperimentalWarning', file, ...args], env, ['ipc']);
}

/** Run Node in the checkout. @param args flags, the file and its arguments */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv, more: 'ipc'[] = []): Child {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...more],
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
  return {
    pid: child.pid!,
    next: <T>(field: string) =>
      wait(child, 'message', (message) => (message as Record<string, T> | undefined)?.[field]),
    printed: (pattern) => wait(child.stdout!, 'data', () => pattern.exec(out) ?? undefined),
    send: (message) => void child.send(message),
    stop: () => stopProcess(child),
  };
}
