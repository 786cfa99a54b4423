/*
 * Loaded before the program of a measured child (`--import`): answers its parent with what the process has used, and
 * ends it when the parent is gone.
 */
import { readFileSync } from 'node:fs';

/** What a process has used since it began. */
export interface Usage {
  /** Microseconds of a core, in the program and in the system for it, of all its threads. */
  readonly cpu: number;
  /** Bytes of memory that it holds now. */
  readonly rss: number;
  /** The most bytes that it ever held. */
  readonly peak: number;
}

process.on('message', (message: unknown) => {
  if (message === 'usage') process.send!({ usage: usage() });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The parent's line alone does not keep a program running.
process.channel?.unref();

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, rss: process.memoryUsage.rss(), peak: peakOf() };
}

/** The system's own figure counts the parent's memory in where a process was begun from a large one. */
function peakOf(): number {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'));
    if (line) return Number(line[1]) * 1024;
  } catch {
    // There is no /proc here.
  }
  return process.resourceUsage().maxRSS * 1024;
}
