import type { Clock } from '../../platform/clock.ts';
import type { RequestHead } from '../../platform/http/hpack.ts';
import { Outbound } from '../../platform/http/outbound.ts';
import { splitList } from '../../platform/config.ts';
import type { EngineEvent, EngineOrder, EngineSettings, SendOrder } from './engine-orders.ts';
import { KeyPool } from './key-pool.ts';
import { Batch, fillFor, headOf } from './message.ts';
import { isPushEndpoint } from './push-hosts.ts';
import type { PushKey } from './push-keys.ts';
import { Service } from './service.ts';
import { VapidTokens } from './vapid.ts';

/** Keys are made ahead for so many milliseconds, then there is a pause that leaves the processor to others. */
const fillSlice = 5;
const fillPause = 45;
/** More services than browsers have; made-up names below a known host are forgotten when there are more. */
const mostServices = 200;
/** A rest that was told to the other threads is told again when it has grown by this much, milliseconds. */
const restStep = 1000;

/** A host and its key by which messages get their head. */
interface Sender {
  readonly service: Service;
  readonly heads: Map<string, RequestHead>;
}

/** What encrypts and sends, in a thread of its own or in the one that makes pages. It is ordered about, and tells. */
export class PushEngine {
  readonly #settings: EngineSettings;
  readonly #clock: Clock;
  readonly #tell: (event: EngineEvent) => void;
  readonly #outbound: Outbound;
  readonly #tokens: VapidTokens;
  readonly #pool: KeyPool;
  readonly #services = new Map<string, Service>();
  readonly #batches = new Map<number, Batch>();
  readonly #told = new Map<string, number>();
  #keys: readonly Pick<PushKey, 'id' | 'public' | 'private'>[] = [];
  #filling: { p256dh: string[]; auth: string[]; at: number; isLast: boolean } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: EngineSettings, clock: Clock, tell: (event: EngineEvent) => void) {
    this.#settings = settings;
    this.#clock = clock;
    this.#tell = tell;
    this.#outbound = new Outbound({
      allow: splitList(settings.PUSH_HOSTS),
      userAgent: settings.userAgent,
      ...(settings.trust && { trust: settings.trust }),
    });
    this.#tokens = new VapidTokens(settings.subject, clock);
    this.#pool = new KeyPool(settings.poolSize);
  }

  handle(order: EngineOrder): void {
    switch (order.kind) {
      case 'send':
        return this.#send(order);
      case 'keys':
        this.#keys = order.keys;
        return;
      case 'cancel':
        return this.#cancel(order.id);
      case 'fill':
        return this.#fill(order);
      case 'rest':
        this.#services.get(order.origin)?.pace.restUntil(order.until, order.reason);
        return;
      case 'close':
        return this.#close();
    }
  }

  #send(order: SendOrder): void {
    const endpoints = order.endpoint.split('\n');
    const points = order.p256dh.split('\n');
    const secrets = order.auth.split('\n');
    const keyIds = order.key.split('\n');
    const batch = new Batch(order, endpoints.length, (each) => this.#sent(each));
    this.#batches.set(batch.id, batch);
    const senders = new Map<string, Sender | undefined>();
    for (const [line, endpoint] of endpoints.entries()) {
      // Up to the path it is judged as it stands, each text once; what is no canonical origin is none of ours.
      const end = endpoint.indexOf('/', 'https://'.length);
      const origin = endpoint.slice(0, end);
      const path = endpoint.slice(end);
      if (!senders.has(origin)) senders.set(origin, this.#senderOf(origin));
      const sender = senders.get(origin);
      if (!sender || end < 0 || !/^[\x21-\x7e]+$/.test(path)) {
        batch.settle(line, 'refused');
        continue;
      }
      sender.service.add({
        batch,
        line,
        path,
        head: this.#headOf(sender, batch, keyIds[line]!),
        p256dh: points[line]!,
        auth: secrets[line]!,
        tries: 0,
      });
    }
  }

  #senderOf(origin: string): Sender | undefined {
    if (!isPushEndpoint(this.#settings, `${origin}/`)) return undefined;
    const known = this.#services.get(origin);
    if (known) return { service: known, heads: new Map() };
    if (this.#services.size >= mostServices) {
      for (const [name, service] of this.#services) {
        if (service.isBusy) continue;
        service.close();
        this.#services.delete(name);
      }
    }
    const service = new Service(origin, {
      outbound: this.#outbound,
      clock: this.#clock,
      pool: this.#pool,
      connections: this.#settings.connections,
      log: (level, fields, words) => this.#tell({ kind: 'log', level, fields: { ...fields }, words }),
      rests: (until, reason) => this.#rests(origin, until, reason),
    });
    this.#services.set(origin, service);
    return { service, heads: new Map() };
  }

  #headOf({ service, heads }: Sender, batch: Batch, keyId: string): RequestHead {
    const known = heads.get(keyId);
    if (known) return known;
    // A key that is gone is one that its service will refuse; the present one says so at least.
    const key = this.#keys.find(({ id }) => id === keyId) ?? this.#keys[0]!;
    const authority = service.origin.slice('https://'.length);
    const head = headOf(batch, authority, this.#tokens.authorization(key, service.origin));
    heads.set(keyId, head);
    return head;
  }

  #sent(batch: Batch): void {
    this.#batches.delete(batch.id);
    this.#tell(batch.sent([...this.#services.values()].map((service) => service.state())));
  }

  #cancel(id: number): void {
    const batch = this.#batches.get(id);
    if (batch) for (const service of this.#services.values()) service.cancel(batch);
  }

  #rests(origin: string, until: number, reason: string | undefined): void {
    if (until < (this.#told.get(origin) ?? 0) + restStep) return;
    this.#told.set(origin, until);
    this.#tell({ kind: 'rest', origin, until, reason });
  }

  #fill(order: Extract<EngineOrder, { kind: 'fill' }>): void {
    if (order.isFirst) this.#pool.begin();
    const lines = (text: string) => (text === '' ? [] : text.split('\n'));
    this.#filling = { p256dh: lines(order.p256dh), auth: lines(order.auth), at: 0, isLast: order.isLast };
    this.#fillOn();
  }

  /** Makes keys for a while, when there is nothing to send. */
  #fillOn(): void {
    const filling = this.#filling;
    if (!filling) return;
    const begun = performance.now();
    const most = this.#batches.size > 0 ? 0 : filling.auth.length;
    while (filling.at < most && performance.now() - begun < fillSlice) {
      fillFor({ p256dh: filling.p256dh[filling.at]!, auth: filling.auth[filling.at]! }, this.#pool);
      filling.at += 1;
    }
    if (filling.at < filling.auth.length) {
      this.#timer = setTimeout(() => this.#fillOn(), fillPause).unref();
      return;
    }
    this.#filling = undefined;
    if (filling.isLast) this.#pool.sweep();
    this.#tell({ kind: 'filled', pooled: this.#pool.count });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#filling = undefined;
    for (const service of this.#services.values()) service.close();
    this.#services.clear();
    this.#pool.clear();
  }
}
