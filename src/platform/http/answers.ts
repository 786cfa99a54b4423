import type { Answer } from './route-table.ts';

type More = Omit<Answer, 'body' | 'type' | 'status'> & { status?: number };

/** A page. @param markup anything whose toString() is the HTML */
export function page(markup: { toString(): string }, more: More = {}): Answer {
  return { status: 200, ...more, body: markup.toString(), type: 'text/html; charset=utf-8' };
}

/** Another address. @param to a path on this site, or an address that our own code chose */
export function redirect(to: string, status: 301 | 302 | 303 | 307 | 308 = 301, more: More = {}): Answer {
  // A header takes no letters beyond ASCII, and no line breaks.
  const location = encodeURI(withinSite(to)).replace(/%25([0-9A-F]{2})/gi, '%$1');
  return {
    ...more,
    status,
    headers: { ...more.headers, location },
    body: '',
    type: 'text/plain; charset=utf-8',
  };
}

/** Browsers skip control characters, read `\` as `/`, and take what follows two of them for a host. */
function withinSite(to: string): string {
  // oxlint-disable-next-line no-control-regex
  const plain = to.replace(/[\u0000-\u001f\u007f\\]/g, '').toWellFormed();
  return plain.replace(/^\s*\/{2,}/, '/');
}

/** JSON. @param more.type such as application/feed+json */
export function json(value: unknown, more: More & { type?: string } = {}): Answer {
  const { type = 'application/json; charset=utf-8', ...rest } = more;
  return { status: 200, ...rest, body: JSON.stringify(value), type };
}

/** Text, XML or anything else that is a string. */
export function text(body: string, more: More & { type?: string } = {}): Answer {
  const { type = 'text/plain; charset=utf-8', ...rest } = more;
  return { status: 200, ...rest, body, type };
}
