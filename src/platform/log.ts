import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured log on standard error: JSON lines, with what could identify a reader left out.
 * Standard output stays free for what a command prints.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'email',
          '*.email',
          'cookie',
          '*.cookie',
          'headers.cookie',
          'headers.authorization',
          'ip',
          '*.ip',
        ],
        censor: '[left out]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** A log that keeps nothing, for tests and one-shot commands. */
export const silentLog: Log = pino({ level: 'silent' });
