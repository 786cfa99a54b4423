import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../../src/platform/http/testing.ts';

const places = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Path of a Firefox on this machine. */
export function findFirefox(): string | undefined {
  return [process.env.TEST_FIREFOX, ...places].find((path) => path !== undefined && existsSync(path));
}

export type Preferences = Readonly<Record<string, string | number | boolean>>;

/** So that it speaks WebDriver BiDi alone, and looks nowhere else than where it is sent. */
const quiet: Preferences = {
  'remote.active-protocols': 1,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': '',
};

/** How long a Firefox may take to end by itself, milliseconds. */
const longestEnd = 5000;

/** An answer of WebDriver BiDi. */
type Answer = Record<string, unknown>;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A Firefox with an empty profile, without a window, driven by WebDriver BiDi (W3C). The caller closes it. */
export class Firefox {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #tabs = new Map<string, FirefoxTab>();
  #count = 0;

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as Heard));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has gone.'));
      this.#waiting.clear();
    });
  }

  /**
   * @param preferences beyond those that keep it quiet, such as that of a push service
   * @throws where it does not start, with what it says
   */
  static async start(preferences: Preferences = {}): Promise<Firefox> {
    const path = findFirefox();
    if (path === undefined) throw new Error('There is no Firefox here.');
    const profile = mkdtempSync(join(tmpdir(), 'freesheet-firefox-'));
    const lines = Object.entries({ ...quiet, ...preferences }).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), `${lines.join('\n')}\n`);
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
    const child = spawn(path, [...args, 'about:blank'], {
      env: { ...process.env, HOME: profile },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Not even a test that is cut off leaves one behind.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    try {
      const socket = new WebSocket(`${await addressOf(child)}/session`);
      await new Promise<void>((resolve, reject) => {
        socket.addEventListener('open', () => resolve(), { once: true });
        socket.addEventListener('error', () => reject(new Error('Firefox does not listen.')), { once: true });
      });
      const firefox = new Firefox(child, profile, socket);
      await firefox.send('session.new', { capabilities: {} });
      await firefox.send('session.subscribe', { events: ['log.entryAdded'] });
      return firefox;
    } catch (error) {
      child.kill('SIGKILL');
      rmSync(profile, { recursive: true, force: true });
      throw error;
    }
  }

  /** One command of WebDriver BiDi. @throws with its name, and what Firefox says of it */
  send(method: string, params: Answer = {}): Promise<Answer> {
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
    this.#socket.send(JSON.stringify({ id, method, params }));
    return promise;
  }

  /** A new tab, at an address. All tabs are of one browser: they share cookies, storage and channels. */
  async open(url: string): Promise<FirefoxTab> {
    const { context } = await this.send('browsingContext.create', { type: 'tab' });
    const tab = new FirefoxTab(this, context as string);
    this.#tabs.set(tab.id, tab);
    await tab.navigate(url);
    return tab;
  }

  async close(): Promise<void> {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      this.#process.once('exit', () => resolve());
    else resolve();
    const late = setTimeout(() => this.#process.kill('SIGKILL'), longestEnd);
    await this.send('browser.close').catch(() => this.#process.kill('SIGKILL'));
    await ended;
    clearTimeout(late);
    this.#socket.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #hear(heard: Heard): void {
    if (heard.type === 'event') {
      const { type, level, text, source } = heard.params;
      const tab = this.#tabs.get(source?.context ?? '');
      if (type === 'javascript' && level === 'error') tab?.errors.push(text ?? '');
      return;
    }
    const waiting = this.#waiting.get(heard.id);
    this.#waiting.delete(heard.id);
    if (heard.type === 'success') waiting?.resolve(heard.result);
    else waiting?.reject(new Error(`${heard.error}: ${heard.message}`));
  }
}

type Heard =
  | { readonly type: 'success'; readonly id: number; readonly result: Answer }
  | { readonly type: 'error'; readonly id: number; readonly error: string; readonly message: string }
  | {
      readonly type: 'event';
      readonly method: string;
      readonly params: {
        readonly type?: string;
        readonly level?: string;
        readonly text?: string | null;
        readonly source?: { readonly context?: string };
      };
    };

/** What BiDi says of a function that was called. */
interface Called {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value?: unknown; readonly sharedId?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** One tab. Functions that it is given run in the page: they see nothing of the test but what they are handed, as JSON. */
export class FirefoxTab {
  readonly id: string;
  /** What scripts of the page threw. */
  readonly errors: string[] = [];
  readonly #firefox: Firefox;

  constructor(firefox: Firefox, id: string) {
    this.#firefox = firefox;
    this.id = id;
  }

  /** Resolves when the page has loaded. */
  async navigate(url: string): Promise<void> {
    await this.#firefox.send('browsingContext.navigate', { context: this.id, url, wait: 'complete' });
  }

  /**
   * Call a function in the page, as if a person had just pressed something, and wait for what it promises.
   * @returns what it returns, as JSON
   */
  async evaluate<T, A extends readonly unknown[]>(
    call: (...given: A) => T | Promise<T>,
    ...given: A
  ): Promise<T> {
    const source = `async (given) => JSON.stringify(await (${String(call)})(...JSON.parse(given)))`;
    const result = await this.#call(source, [{ type: 'string', value: JSON.stringify(given) }]);
    return (typeof result?.value === 'string' ? JSON.parse(result.value) : undefined) as T;
  }

  /** Resolves when a function holds in the page, also across its loading anew; the test's own time limit ends it otherwise. */
  async until<A extends readonly unknown[]>(holds: (...given: A) => boolean, ...given: A): Promise<void> {
    await until(() => this.evaluate(holds, ...given).catch(isBetweenPages));
  }

  /** Press the first element that a selector finds, in the middle, with the pointer; waits until there is one. */
  async press(selector: string): Promise<void> {
    await this.until((each) => document.querySelector(each) !== null, selector);
    const find = `(selector) => {
      const found = document.querySelector(selector);
      found.scrollIntoView({ block: 'center', behavior: 'instant' });
      return found;
    }`;
    const found = await this.#call(find, [{ type: 'string', value: selector }]);
    const origin = { type: 'element', element: { sharedId: found?.sharedId } };
    await this.#act('pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  /** Type on the keyboard, into what has the focus; `\n` is Enter. */
  async type(text: string): Promise<void> {
    const keys = [...text].map((letter) => (letter === '\n' ? '\uE007' : letter));
    await this.#act(
      'key',
      keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    );
  }

  /** What is seen of the page, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.#firefox.send('browsingContext.captureScreenshot', { context: this.id });
    return Buffer.from(data as string, 'base64');
  }

  async close(): Promise<void> {
    await this.#firefox.send('browsingContext.close', { context: this.id });
  }

  async #act(type: 'key' | 'pointer', actions: readonly Answer[]): Promise<void> {
    await this.#firefox.send('browsingContext.activate', { context: this.id });
    await this.#firefox.send('input.performActions', {
      context: this.id,
      actions: [{ type, id: type, actions }],
    });
  }

  async #call(functionDeclaration: string, values: readonly Answer[]): Promise<Called['result']> {
    const called = (await this.#firefox.send('script.callFunction', {
      functionDeclaration,
      arguments: values,
      target: { context: this.id },
      awaitPromise: true,
      userActivation: true,
    })) as unknown as Called;
    if (called.type === 'exception') throw new Error(called.exceptionDetails?.text);
    return called.result;
  }
}

/** A page that is asked while another comes in its place does not answer. */
function isBetweenPages(error: Error): false {
  if (/no such frame|unknown error|discarded|destroyed/i.test(error.message)) return false;
  throw error;
}

/** Where it listens, as it says itself. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  child.once('error', (error) => said.push(error.message));
  for await (const line of createInterface({ input: child.stderr! })) {
    const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line);
    if (found) {
      // What it says from now on is of no interest, and yet must be taken from it.
      child.stderr!.resume();
      return found[1]!;
    }
    said.push(line);
  }
  throw new Error(`Firefox does not start: ${said.slice(-5).join(' ')}`);
}
