import { readFile } from 'node:fs/promises';
import { AppError, messageOf } from '../platform/errors.ts';
import { sniff, sniffBytes } from '../platform/media/sniff.ts';

/** The file of the setting LOGO. */
export interface Logo {
  readonly body: Buffer;
  readonly type: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const types = new Set(['image/png', 'image/jpeg', 'image/webp']);
const mostBytes = 2 * 1024 * 1024;
const mostPixels = 25_000_000;

/**
 * Read and check a logo.
 * @param path as it is set; a relative one is looked for from the folder in which Freesheet was started
 * @throws AppError `site.logo-unreadable` saying what is wrong with it
 */
export async function readLogo(path: string): Promise<Logo> {
  const refuse = (why: string, cause?: unknown) =>
    new AppError('site.logo-unreadable', `LOGO: ${path} ${why} Set LOGO to a PNG, JPEG or WebP file.`, {
      status: 500,
      cause,
    });
  const body = await readFile(path).catch((cause: unknown) => {
    throw refuse(`cannot be read (${messageOf(cause)}).`, cause);
  });
  if (body.length > mostBytes) throw refuse('is larger than 2 MB.');
  const type = typeOf(body);
  if (type === undefined) throw refuse('is not a picture of these kinds.');
  // Loaded here, as a paper without a logo may never need it.
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(body, { limitInputPixels: mostPixels, failOn: 'error' });
    const { width, height } = (await picture.raw().toBuffer({ resolveWithObject: true })).info;
    return { body, type, width, height };
  } catch (cause) {
    throw refuse(`cannot be decoded (${messageOf(cause)}).`, cause);
  }
}

function typeOf(body: Buffer): string | undefined {
  try {
    const { type } = sniff(body.subarray(0, sniffBytes));
    return types.has(type) ? type : undefined;
  } catch {
    return undefined;
  }
}
