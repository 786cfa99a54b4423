import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../platform/errors.ts';

const chunkBytes = 256 * 1024;

export interface TextFile {
  readonly encoding: string;
  /** True where nothing in the file says so: it is not UTF-8, so it is read as Windows-1252. */
  readonly isGuess: boolean;
  /** The text in pieces, without a byte order mark. `onBytes` is told how far the reading is. */
  read(onBytes?: (bytes: number) => void): AsyncIterable<string>;
}

/**
 * A text file of any size: UTF-8, UTF-16 with a byte order mark, what an XML declaration names, else Windows-1252.
 * @throws AppError `import.no-file`, `import.binary`
 */
export async function openText(path: string): Promise<TextFile> {
  const head = await headOf(path);
  const { encoding, isGuess } = await encodingOf(path, head);
  return {
    encoding,
    isGuess,
    async *read(onBytes) {
      const decoder = new TextDecoder(encoding);
      let bytes = 0;
      for await (const chunk of createReadStream(path, {
        highWaterMark: chunkBytes,
      }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        onBytes?.(bytes);
        yield decoder.decode(chunk, { stream: true });
      }
      const last = decoder.decode();
      if (last !== '') yield last;
    },
  };
}

async function headOf(path: string): Promise<Buffer> {
  let file;
  try {
    file = await open(path);
    if (!(await file.stat()).isFile()) throw new AppError('import.no-file', `${path} is not a file.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('import.no-file', `${path} cannot be read. Is the name right?`, { cause });
  } finally {
    await file?.close();
  }
}

async function encodingOf(path: string, head: Buffer): Promise<{ encoding: string; isGuess: boolean }> {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', isGuess: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', isGuess: false };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', isGuess: false };
  if (head.includes(0)) throw new AppError('import.binary', `${path} is not a text file.`);
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head.toString('latin1'))?.[1];
  if (declared && isKnown(declared)) return { encoding: declared, isGuess: false };
  return (await isUtf8(path))
    ? { encoding: 'utf-8', isGuess: false }
    : { encoding: 'windows-1252', isGuess: true };
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>)
      decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
