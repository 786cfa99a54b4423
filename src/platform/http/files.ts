import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Answer, Request } from './route-table.ts';

export interface FileOptions {
  readonly type: string;
  /** Strong validator, with its quotes; from size and time of the file when left out. */
  readonly etag?: string;
  /** The address names this very content, for ever. */
  readonly isImmutable?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A file, whole or one range of it (RFC 9110, section 14). Several ranges at once get the whole file.
 * @returns undefined when there is no such file
 */
export async function fileAnswer(
  request: Request,
  path: string,
  options: FileOptions,
): Promise<Answer | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) return undefined;
  const etag = options.etag ?? `"${info.size.toString(36)}-${Math.trunc(info.mtimeMs).toString(36)}"`;
  const headers: Record<string, string> = {
    ...options.headers,
    etag,
    'accept-ranges': 'bytes',
    'cache-control': options.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  const common = { type: options.type };
  if (matches(request.headers['if-none-match'], etag)) return { ...common, status: 304, headers, body: '' };
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = asked === undefined ? undefined : readRange(asked, info.size);
  if (range === 'unsatisfiable') {
    const said = { 'content-range': `bytes */${info.size}`, 'accept-ranges': 'bytes' };
    return { ...common, status: 416, headers: { ...options.headers, ...said }, body: '', noStore: true };
  }
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range) headers['content-range'] = `bytes ${start}-${end}/${info.size}`;
  const body = info.size === 0 ? '' : createReadStream(path, { start, end });
  return { ...common, status: range ? 206 : 200, headers, body };
}

/** Whether an If-None-Match names this validator (RFC 9110, section 13.1.2). */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  const plain = etag.replace(/^W\//, '');
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === plain);
}

function readRange(
  header: string,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header);
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const length = Number(match[2]);
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return start > end ? undefined : { start, end };
}
