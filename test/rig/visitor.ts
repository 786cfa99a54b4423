import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { elements, parse, type Document } from './dom.ts';
import type { TestSite } from './site.ts';

export interface Visited {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly doc: Document;
  /** Path with its query, after what it led to. */
  readonly path: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** False to see the redirect itself. */
  readonly follows?: boolean;
}

/** A browser without scripts: keeps its cookies, follows redirects, fills in forms. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #site: Pick<TestSite, 'port' | 'origin'>;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers sent with each request, such as User-Agent */
  constructor(site: Pick<TestSite, 'port' | 'origin'>, headers: Readonly<Record<string, string>> = {}) {
    this.#site = site;
    this.#headers = headers;
  }

  /** Value of the Cookie header. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send(path: string, sent: Sent = {}): Promise<Visited> {
    const { method = sent.fields || sent.body !== undefined ? 'POST' : 'GET' } = sent;
    const body = sent.fields ? new URLSearchParams(sent.fields).toString() : sent.body;
    const headers = {
      ...(this.cookies.size > 0 && { cookie: this.cookie }),
      ...(method !== 'GET' && { 'sec-fetch-site': 'same-origin' }),
      ...(sent.fields && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...this.#headers,
      ...sent.headers,
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.#site.port,
        path,
        method,
        headers,
        agent: false as const,
      };
      httpRequest(options, resolve).on('error', reject).end(body);
    });
    const text = (await buffer(response)).toString();
    for (const each of response.headers['set-cookie'] ?? []) this.#keep(each);
    const { location } = response.headers;
    const status = response.statusCode!;
    if (location !== undefined && sent.follows !== false) {
      const to = new URL(location, this.#site.origin);
      if (to.origin === this.#site.origin) return this.send(`${to.pathname}${to.search}`);
    }
    return { status, headers: response.headers, text, doc: parse(text), path };
  }

  open(path: string): Promise<Visited> {
    return this.send(path);
  }

  /** Send a form of a page, with what it holds and what is typed into it. @param action of the form */
  press(
    page: Visited,
    action: string,
    typed: Readonly<Record<string, string>> = {},
    more: Sent = {},
  ): Promise<Visited> {
    const form = elements(page.doc, 'form').find(({ attribs }) => attribs.action === action);
    if (!form) throw new Error(`The page ${page.path} has no form for ${action}:\n${page.text.slice(-3000)}`);
    const held = elements(form, 'input', 'textarea', 'select').flatMap((field) => fieldValue(field));
    return this.send(action, { ...more, fields: { ...Object.fromEntries(held), ...typed } });
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function fieldValue(field: ReturnType<typeof elements>[number]): [string, string][] {
  const { name, type, value, disabled } = field.attribs;
  if (name === undefined || disabled !== undefined || type === 'file') return [];
  if (type === 'checkbox' || type === 'radio')
    return field.attribs.checked === undefined ? [] : [[name, value ?? 'on']];
  if (field.name === 'textarea')
    return [[name, field.children.map((child) => ('data' in child ? child.data : '')).join('')]];
  if (field.name === 'select') {
    const options = elements(field, 'option');
    const chosen = options.find(({ attribs }) => attribs.selected !== undefined) ?? options[0];
    return chosen ? [[name, chosen.attribs.value ?? '']] : [];
  }
  return [[name, value ?? '']];
}

/** A mail as it stands in the folder where mails land without a mail server. */
export interface LandedMail {
  readonly raw: string;
  readonly subject: string;
  /** Six digits, where it brings a code. */
  readonly code: string | undefined;
  /** Path of the link to sign in by. */
  readonly link: string | undefined;
}

/** Mails to an address, the oldest first; waits until there are so many. */
export async function mailsTo(
  site: Pick<TestSite, 'dataDir'>,
  address: string,
  count = 1,
): Promise<LandedMail[]> {
  const folder = join(site.dataDir, 'mail');
  for (;;) {
    const names = await readdir(folder).catch(() => []);
    const whole = names.filter((name) => /^[^.].*\.eml$/.test(name)).toSorted();
    const mails = await Promise.all(whole.map((name) => readFile(join(folder, name), 'utf8')));
    const found = mails.filter((raw) => raw.split('\r\n\r\n')[0]!.includes(`To: ${address}\r\n`));
    if (found.length >= count) return found.map(readMail);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function readMail(raw: string): LandedMail {
  const plain = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const subject = /^Subject: (.*)$/m.exec(plain)?.[1]?.trim() ?? '';
  const code = /^(\d{3}) (\d{3}) /.exec(subject);
  const link = /\/sign-in\/link\/[\w-]+/.exec(plain)?.[0];
  return { raw, subject, code: code ? `${code[1]}${code[2]}` : undefined, link };
}
