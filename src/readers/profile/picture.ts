import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { sniff, sniffBytes } from '../../platform/media/sniff.ts';
import { Turns } from '../../platform/turns.ts';
import { accountText } from '../account/text.ts';
import { readerChanged } from '../events.ts';
import { findReader } from '../readers.ts';
import { checkMayShow } from '../set-state.ts';

const words = accountText.picture;
export const pictureBytes = 5 * 1024 * 1024;
/** What a phone's camera makes, with room; told by the header, before anything is decoded. */
const mostPixels = 60_000_000;
const smallest = 96;
const decodeSeconds = 10;
/** Pixels each way. */
export const pictureSizes = { small: 96, large: 320 } as const;
export type PictureSize = keyof typeof pictureSizes;

/** One at a time: the server goes on answering, and whoever comes when twenty wait is asked to come again. */
const turns = new Turns(1, 20);

/** WebP, base64. */
export type PortraitFiles = Readonly<Record<PictureSize, string>>;

/**
 * Make a reader's picture from what was sent: a square from where most is to be seen, made anew from its dots alone, so
 * that nothing of the file itself is kept.
 * @throws AppError `reader.picture-*`, status 422, and `media.busy`
 */
export async function makePortrait(bytes: Buffer): Promise<PortraitFiles> {
  if (bytes.length > pictureBytes) throw refused('large', words.tooLarge);
  if (!isPicture(bytes)) throw refused('unreadable', words.unreadable);
  return turns.take(async () => {
    // The library is large: it is loaded for the first picture.
    const { default: sharp } = await import('sharp');
    const options = { limitInputPixels: mostPixels, failOn: 'error', pages: 1 } as const;
    try {
      const { width = 0, height = 0 } = await sharp(bytes, options).metadata();
      if (Math.min(width, height) < smallest) throw refused('small', words.tooSmall);
      const [small, large] = await Promise.all(
        [pictureSizes.small, pictureSizes.large].map(async (side) => {
          const made = await sharp(bytes, options)
            .timeout({ seconds: decodeSeconds })
            .autoOrient()
            .resize(side, side, { fit: 'cover', position: 'attention' })
            .flatten({ background: '#ffffff' })
            .webp({ quality: 78 })
            .toBuffer();
          return made.toString('base64');
        }),
      );
      return { small: small!, large: large! };
    } catch (error) {
      throw error instanceof AppError ? error : refused('unreadable', words.unreadable, error);
    }
  });
}

/** Put a picture in place of the one that a reader had. @returns its id. @throws AppError `account.barred` */
export async function savePicture(tx: Transaction, reader: string, files: PortraitFiles): Promise<string> {
  const before = await findReader(tx.db, reader);
  if (before) checkMayShow(before, tx.now);
  // An address that tells nothing, and that nobody guesses from the reader's id.
  const id = newId(tx.now);
  await tx.db.deleteFrom('reader_picture').where('reader_id', '=', reader).execute();
  await tx.db
    .insertInto('reader_picture')
    .values({ id, reader_id: reader, ...files, created_at: tx.now })
    .execute();
  await tx.db.updateTable('reader').set({ picture: id }).where('id', '=', reader).execute();
  tx.emit(readerChanged(reader));
  return id;
}

export async function removePicture(tx: Transaction, reader: string): Promise<void> {
  await tx.db.deleteFrom('reader_picture').where('reader_id', '=', reader).execute();
  await tx.db.updateTable('reader').set({ picture: null }).where('id', '=', reader).execute();
  tx.emit(readerChanged(reader));
}

/** The picture that a reader shows; none for one that was replaced, or taken from the profile. */
export async function findPicture(
  db: Kysely<Tables>,
  id: string,
  size: PictureSize,
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('reader_picture')
    .innerJoin('reader', 'reader.picture', 'reader_picture.id')
    .select(`reader_picture.${size} as file`)
    .where('reader_picture.id', '=', id)
    .executeTakeFirst();
  return row && Buffer.from(row.file, 'base64');
}

function isPicture(bytes: Buffer): boolean {
  try {
    return bytes.length > 0 && sniff(bytes.subarray(0, sniffBytes)).kind === 'picture';
  } catch {
    return false;
  }
}

function refused(what: string, message: string, cause?: unknown): AppError {
  return new AppError(`reader.picture-${what}`, message, {
    status: 422,
    fields: { picture: message },
    cause,
  });
}
