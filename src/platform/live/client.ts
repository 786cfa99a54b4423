import type { ServerResponse } from 'node:http';
import type { Frame, Hush } from './frames.ts';

/** Who follows, and what. */
export interface Following {
  readonly topics: readonly string[];
  readonly network: string;
  /** Id of the session that the stream ends with. */
  readonly session?: string | undefined;
  /** Id of whoever is signed in. */
  readonly reader?: string | undefined;
  /** Ids of readers whose words are not told here. */
  readonly without?: ReadonlySet<string> | undefined;
}

export interface Client extends Following {
  readonly response: ServerResponse;
  without: ReadonlySet<string> | undefined;
  /** All that is told up to here has been written, as far as the client follows it. */
  position: number;
  /** Reads what it missed at its own pace, and is not yet among those who are written to as things happen. */
  isCatchingUp: boolean;
}

/** What whoever is signed in no more hears. */
export const signedOut = 'event: signed-out\ndata: {}\n\n';

export function isFor({ topics, without }: Client, frame: Frame): boolean {
  if (frame.from !== undefined && without?.has(frame.from)) return false;
  return frame.topics.some((topic) => topics.includes(topic));
}

/** From now on it hears what that reader says no more, or again. */
export function hush(client: Client, { target, isUnseen }: Hush): void {
  if ((client.without?.has(target) ?? false) === isUnseen) return;
  const without = new Set(client.without);
  if (isUnseen) without.add(target);
  else without.delete(target);
  client.without = without;
}

export function isOpen({ response }: Client): boolean {
  return !response.destroyed && !response.writableEnded;
}

/** Straight to the socket, as the head of the answer has gone: a third less work than through the response. */
export function writeTo({ response }: Client, bytes: Buffer): void {
  (response.socket ?? response).write(bytes);
}

/** Its session is over: say so, and no more. */
export function endSignedOut(client: Client): void {
  if (isOpen(client)) client.response.end(signedOut);
}

/** Resolves when what waits for a client has been taken, or it has gone. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}

/** Milliseconds, somewhere between. */
export function pause(from: number, to: number): number {
  return Math.round(from + Math.random() * (to - from));
}

/** Sets of clients by what they have in common; empty ones go. */
export class Groups {
  readonly #groups = new Map<string, Set<Client>>();

  of(name: string): Iterable<Client> {
    return this.#groups.get(name) ?? [];
  }
  add(name: string, client: Client): void {
    const group = this.#groups.get(name);
    if (group) group.add(client);
    else this.#groups.set(name, new Set([client]));
  }
  remove(name: string, client: Client): void {
    const group = this.#groups.get(name);
    if (group?.delete(client) && group.size === 0) this.#groups.delete(name);
  }
  count(name: string): number {
    return this.#groups.get(name)?.size ?? 0;
  }
}
