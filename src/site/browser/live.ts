/**
 * One stream of what happens for all tabs of a browser: whichever holds the lock asks for it, on all topics of all tabs,
 * and hands on what it hears. When that tab goes the next one goes on from where all of them are.
 */

import { recall, remember } from './device.ts';

export interface LiveEvent {
  /** Place in the log of all that happens. */
  readonly id: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Wish {
  readonly topics: readonly string[];
  /** The newest event that the tab has had; undefined where it does not matter. */
  readonly after: number | undefined;
}

type Message =
  | { readonly kind: 'wish'; readonly tab: string; readonly wish: Wish | undefined }
  | { readonly kind: 'who' }
  | { readonly kind: 'event'; readonly event: LiveEvent };

/** All that the server sends that is told to tabs. */
const names = [
  'reset',
  'signed-out',
  'account-changed',
  'relation-changed',
  'notices',
  'comment',
  'comment-removed',
  'comment-counts',
  'thread',
  'story-published',
] as const;

const lock = 'freesheet-live';
/** Time for the tabs to say what they follow, milliseconds. */
const gathering = 150;
const key = 'live';

const tab = crypto.randomUUID?.() ?? String(Math.random());
const hearers = new Set<(event: LiveEvent) => void>();
const topics = new Map<string, number>();
let position: number | undefined;
let channel: BroadcastChannel | undefined;
let leave: (() => void) | undefined;

/** Whether this reader has switched live updates off on this device. */
export function isLiveOff(): boolean {
  return recall(key) === 'off';
}

/** Switch live updates off or on, on this device, from now on and in this tab at once. */
export function switchLive(isOn: boolean): void {
  remember(key, isOn ? undefined : 'off');
  if (isOn) resume();
  else end();
}

/**
 * Hear what happens on topics.
 * @param follow.after position at which the page was made, so that what happened since comes too
 */
export function follow(
  wanted: readonly string[],
  options: { readonly after?: number; readonly hear: (event: LiveEvent) => void },
): () => void {
  const { after, hear } = options;
  for (const topic of wanted) topics.set(topic, (topics.get(topic) ?? 0) + 1);
  hearers.add(hear);
  if (after !== undefined) position = Math.min(position ?? after, after);
  resume();
  return () => {
    hearers.delete(hear);
    for (const topic of wanted) {
      const left = topics.get(topic)! - 1;
      if (left === 0) topics.delete(topic);
      else topics.set(topic, left);
    }
    wish();
  };
}

/** Ask the leader to begin the stream anew, as somebody else is signed in now. */
export function renew(): void {
  leader?.open(true);
}

function isWanted(): boolean {
  if (topics.size === 0 || isLiveOff() || !('locks' in navigator)) return false;
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return !document.documentElement.classList.contains('save-data') && connection?.saveData !== true;
}

function resume(): void {
  begin();
  wish();
}

function begin(): void {
  if (channel || !isWanted()) return;
  channel = new BroadcastChannel(lock);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => take(data));
  const stopped = new AbortController();
  leave = () => stopped.abort();
  navigator.locks
    .request(lock, { signal: stopped.signal }, async () => {
      leader = new Leader();
      say({ kind: 'who' });
      await new Promise<void>((resolve) => {
        leave = resolve;
      });
      leader.close();
      leader = undefined;
    })
    // Left before its turn came.
    .catch(() => {});
}

function end(): void {
  say({ kind: 'wish', tab, wish: undefined });
  leave?.();
  channel?.close();
  channel = leave = undefined;
}

function wish(): void {
  const mine = topics.size === 0 ? undefined : { topics: [...topics.keys()], after: position };
  say({ kind: 'wish', tab, wish: mine });
}

function say(message: Message): void {
  if (!channel) return;
  // A channel reaches its own origin alone and takes no other target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(message);
  // A channel does not speak to the one who speaks.
  take(message);
}

function take(message: Message): void {
  if (message.kind === 'event') hearOnce(message.event);
  else if (message.kind === 'wish') leader?.note(message.tab, message.wish);
  else if (message.kind === 'who') wish();
}

/** Each event once, although the stream may begin again at an earlier one for the sake of another tab. */
function hearOnce(event: LiveEvent): void {
  if (event.id > 0 && event.id <= (position ?? 0)) return;
  if (event.id > 0) position = event.id;
  for (const hear of hearers) hear(event);
}

let leader: Leader | undefined;

/** The tab that asks for the stream. */
class Leader {
  readonly #wishes = new Map<string, Wish>();
  #source: EventSource | undefined;
  #asked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** All that happened up to here has been heard; undefined before the first. */
  #last: number | undefined;

  note(from: string, wish: Wish | undefined): void {
    if (wish) this.#wishes.set(from, wish);
    else this.#wishes.delete(from);
    const isMore = wish?.topics.some((topic) => !this.#asked.has(topic)) === true;
    if (isMore) this.#openIn(gathering);
    else if (this.#wishes.size === 0) this.close();
  }

  #openIn(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), time);
  }

  /** @param isAnew also when it is open on these topics */
  open(isAnew = false): void {
    const wanted = new Set([...this.#wishes.values()].flatMap((each) => each.topics));
    const isSame = wanted.size === this.#asked.size && [...wanted].every((topic) => this.#asked.has(topic));
    if (wanted.size === 0 || (isSame && !isAnew)) return;
    this.close();
    this.#asked = wanted;
    const query = new URLSearchParams({ topics: [...wanted].sort().join(',') });
    this.#goBack();
    if (this.#last !== undefined) query.set('after', String(this.#last));
    const source = new EventSource(`/live?${query.toString()}`);
    for (const name of names)
      source.addEventListener(name, (message: MessageEvent<string>) => this.#relay(name, message));
    source.addEventListener('error', () => {
      // It comes back by itself unless the server has no room or nothing to tell.
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        this.#asked = new Set();
        this.#openIn(30_000 + Math.random() * 30_000);
      }
    });
    this.#source = source;
  }

  /** To the earliest that a tab waits for; from then on every tab hears all. */
  #goBack(): void {
    for (const [from, { topics, after }] of this.#wishes) {
      if (after === undefined) continue;
      this.#last = Math.min(this.#last ?? after, after);
      this.#wishes.set(from, { topics, after: undefined });
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
    this.#asked = new Set();
  }

  #relay(name: string, { lastEventId, data }: MessageEvent<string>): void {
    // What begins a stream anew, or ends it, has no place in the log.
    const id = name === 'reset' || name === 'signed-out' ? 0 : Number(lastEventId);
    if (id > 0) this.#last = Math.max(this.#last ?? 0, id);
    if (name === 'signed-out') this.close();
    if (name === 'reset') this.#last = undefined;
    say({ kind: 'event', event: { id, name, data: JSON.parse(data) as LiveEvent['data'] } });
  }
}

// A page that is put away must not hold what others wait for.
addEventListener('pagehide', end);
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) resume();
});
document.addEventListener('freeze', end);
document.addEventListener('resume', resume);
