import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What a process has used since it began. */
export interface Usage {
  /** Microseconds of a core, in the program and in the system for it, of all its threads. */
  readonly cpu: number;
  /** Bytes of memory that it holds now. */
  readonly rss: number;
  /** The most bytes that it ever held; what it holds now, where the system does not tell. */
  readonly peak: number;
}

/** In /proc times are told in hundredths of a second, whatever the kernel counts in (proc(5)). */
const tick = 10_000;
const hasProc = existsSync('/proc/self/stat');

/** Whether this system tells what another process has used. */
export const canTellUsage = hasProc || process.platform !== 'win32';

/** What a process on this machine has used. @throws Error where it has ended, or where `canTellUsage` is false */
export function usageOf(pid: number): Usage {
  if (!hasProc) return usageByPs(pid);
  // What stands before the last bracket is the program's name, which may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) * tick,
    rss: kibibytes('VmRSS') * 1024,
    peak: kibibytes('VmHWM') * 1024,
  };
}

/** A process and all that it started, the latest last. */
export function familyOf(pid: number): number[] {
  const children = hasProc
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
    : byPs(['-ax', '-o', 'ppid=,pid='])
        .filter(([parent]) => parent === String(pid))
        .map(([, child]) => child)
        .join(' ');
  return [
    pid,
    ...children
      .split(' ')
      .filter(Boolean)
      .flatMap((child) => familyOf(Number(child))),
  ];
}

function usageByPs(pid: number): Usage {
  const [[time, kibibytes] = []] = byPs(['-o', 'time=,rss=', '-p', String(pid)]);
  if (time === undefined) throw new Error(`Process ${pid} has ended.`);
  // Minutes, seconds and hundredths; hours and days before them where there are any.
  const seconds = time.split(/[:-]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  const rss = Number(kibibytes) * 1024;
  return { cpu: seconds * 1e6, rss, peak: rss };
}

function byPs(args: readonly string[]): string[][] {
  const lines = execFileSync('ps', args, { encoding: 'latin1' }).split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).filter(([first]) => first !== '');
}
