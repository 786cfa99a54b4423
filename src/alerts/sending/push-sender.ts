import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/database/database.ts';
import { AppError, messageOf } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { mostPushBytes, type PushOptions } from '../push-message.ts';
import { EngineClient } from './engine-client.ts';
import type { EngineSettings } from './engine-orders.ts';
import { startHere, startThread } from './engines.ts';
import { poolBrowsers } from './pool-browsers.ts';
import { presentPushKey, pushKeys, type PushKey } from './push-keys.ts';
import type { PushResult, PushSender, PushServiceState, PushTarget } from './sender.ts';
import { sendingText } from './text.ts';
import { vapidSubject } from './vapid.ts';

export interface PushSenderParts {
  readonly config: Pick<Config, 'PUSH_HOSTS' | 'PUSH_WORKERS' | 'PUSH_POOL' | 'CONTACT_MAIL' | 'origin'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Certificates, as PEM, that are trusted besides the usual ones. */
  readonly trust?: readonly string[];
}

/** Connections that all threads together make to one service. */
const mostConnections = 8;
/** Keys are read anew after this long, milliseconds: another process may have made one. */
const keysHold = 60_000;
/** When keys are made ahead: after the start, and again and again. Milliseconds. */
const firstFill = 10_000;
const fillEvery = 5 * 60_000;

/** A sender, and what makes keys ahead for the next alert. */
export interface OwnPushSender extends PushSender {
  /** Make keys ahead for as many browsers as the setting PUSH_POOL says. @returns for how many there are any */
  fillPool(): Promise<number>;
}

/** The sender of this process: threads are started when there is something to send or to make ahead. */
export function createPushSender(parts: PushSenderParts): OwnPushSender {
  return new Sender(parts);
}

class Sender implements OwnPushSender {
  readonly #parts: PushSenderParts;
  readonly #engines: EngineClient[];
  #keys: { readonly all: readonly PushKey[]; readonly readAt: number } | undefined;
  #filling: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: PushSenderParts) {
    const { config, log } = parts;
    this.#parts = parts;
    const count = Math.max(1, config.PUSH_WORKERS);
    const settings: EngineSettings = {
      PUSH_HOSTS: config.PUSH_HOSTS,
      subject: vapidSubject(config),
      userAgent: `Freesheet (+${config.origin})`,
      poolSize: Math.ceil(config.PUSH_POOL / count),
      connections: Math.ceil(mostConnections / count),
      trust: parts.trust,
    };
    this.#engines = Array.from(
      { length: count },
      () =>
        new EngineClient({
          log,
          start: (tell, ended) =>
            config.PUSH_WORKERS === 0
              ? startHere(settings, parts.clock, tell)
              : startThread(settings, tell, ended),
          rests: (event, from) => {
            for (const engine of this.#engines) if (engine !== from) engine.rest(event);
          },
        }),
    );
    if (config.PUSH_POOL > 0) this.#fillLater(firstFill);
  }

  async sendToMany(
    targets: readonly PushTarget[],
    payload: string,
    options: PushOptions,
    signal?: AbortSignal,
  ): Promise<readonly PushResult[]> {
    return this.#send(targets, payload, options, false, signal);
  }

  async sendToOne(target: PushTarget, payload: string, options: PushOptions): Promise<PushResult> {
    const [result] = await this.#send([target], payload, options, true);
    return result!;
  }

  services(): readonly PushServiceState[] {
    const byHost = new Map<string, PushServiceState>();
    for (const state of this.#engines.flatMap((engine) => engine.services)) {
      const known = byHost.get(state.host);
      byHost.set(state.host, known ? together(known, state) : state);
    }
    return [...byHost.values()].toSorted((a, b) => (a.host < b.host ? -1 : 1));
  }

  fillPool(): Promise<number> {
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined));
    return this.#filling;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#engines.map((engine) => engine.close()));
    await this.#filling?.catch(() => {});
  }

  async #send(
    targets: readonly PushTarget[],
    payload: string,
    options: PushOptions,
    isPersonal: boolean,
    signal?: AbortSignal,
  ): Promise<PushResult[]> {
    if (Buffer.byteLength(payload) > mostPushBytes)
      throw new AppError('push.too-large', sendingText.tooLarge, { status: 422 });
    if (this.#isClosed || signal?.aborted) return targets.map(notSent);
    const keys = await this.#readKeys(targets);
    const shares = this.#engines.map((engine): { engine: EngineClient; targets: PushTarget[] } => ({
      engine,
      targets: [],
    }));
    for (const target of targets) shares[shareOf(target, shares.length)]!.targets.push(target);
    const sent = await Promise.all(
      shares
        .filter((share) => share.targets.length > 0)
        .map((share) => share.engine.send(keys, share.targets, { payload, options, isPersonal }, signal)),
    );
    if (sent.length === 1) return sent[0]!;
    const byId = new Map(sent.flat().map((result) => [result.id, result]));
    return targets.map(({ id }) => byId.get(id)!);
  }

  async #readKeys(targets: readonly PushTarget[]): Promise<readonly PushKey[]> {
    const known = this.#keys;
    const isNew = known !== undefined && performance.now() - known.readAt < keysHold;
    const ids = new Set(known?.all.map(({ id }) => id));
    if (isNew && targets.every(({ keyId }) => keyId === null || ids.has(keyId))) return known.all;
    const { database } = this.#parts;
    await presentPushKey(database);
    const all = await pushKeys(database.read);
    this.#keys = { all, readAt: performance.now() };
    return all;
  }

  #fillLater(after: number): void {
    this.#timer = setTimeout(() => {
      this.fillPool()
        .catch((error: unknown) =>
          this.#parts.log.warn({ error: messageOf(error) }, 'keys of alerts could not be made ahead'),
        )
        .finally(() => {
          if (!this.#isClosed) this.#fillLater(fillEvery);
        });
    }, after).unref();
  }

  async #fill(): Promise<number> {
    const { database, config } = this.#parts;
    const count = this.#engines.length;
    let isFirst = true;
    let pooled = 0;
    for await (const { browsers, isLast } of poolBrowsers(database, config.PUSH_POOL)) {
      if (this.#isClosed) break;
      // Nobody to send to: no thread is started for that.
      if (isFirst && browsers.length === 0 && this.#engines.every((engine) => !engine.isStarted)) return 0;
      const counts = await Promise.all(
        this.#engines.map((engine, share) =>
          engine.fill(
            browsers.filter((browser) => shareOf(browser, count) === share),
            isFirst,
            isLast,
          ),
        ),
      );
      pooled = counts.reduce((sum, each) => sum + each, 0);
      isFirst = false;
    }
    return pooled;
  }
}

function notSent({ id }: PushTarget): PushResult {
  return { id, outcome: 'later', status: undefined };
}

/** Which engine sends to a browser: always the same one, as it has the keys that were made ahead for it. */
function shareOf({ auth }: Pick<PushTarget, 'auth'>, count: number): number {
  return count === 1 ? 0 : (auth.charCodeAt(0) + auth.charCodeAt(1) * 7 + auth.charCodeAt(2) * 13) % count;
}

/** What two threads know of the same service. */
function together(one: PushServiceState, two: PushServiceState): PushServiceState {
  const slow = [one, two].find(({ rate }) => rate !== undefined);
  const longest = (one.restsUntil ?? 0) >= (two.restsUntil ?? 0) ? one : two;
  return {
    host: one.host,
    rate: slow && (one.rate ?? slow.rate!) + (two.rate ?? slow.rate!),
    restsUntil: longest.restsUntil,
    reason: longest.reason ?? one.reason ?? two.reason,
    taken: one.taken + two.taken,
    later: one.later + two.later,
    refused: one.refused + two.refused,
  };
}
