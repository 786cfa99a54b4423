import { createHash, randomBytes } from 'node:crypto';
import type { Identity } from '../../platform/http/route-table.ts';
import type { Reader } from '../reader.ts';

declare module '../../platform/http/route-table.ts' {
  interface Identity {
    readonly reader: Reader;
    readonly session: CurrentSession;
  }
}

/** The browser that asks. */
export interface CurrentSession {
  readonly id: string;
  readonly method: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly seenAt: number;
}

export type { Identity };

/** Name of the cookie, before its prefix. */
export const sessionCookie = 'session';

/** A session ends when its browser was not seen for so long, in milliseconds. */
export const sessionLife = 90 * 86_400_000;

/** What is kept of a secret that a browser holds. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A secret of 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
