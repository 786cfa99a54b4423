import { AppError } from '../../platform/errors.ts';
import type { Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import type { ReaderCard } from '../reader.ts';
import { findPicture, pictureSizes, type PictureSize } from './picture.ts';

/** `/reader-pictures/{id}-{size}.webp` */
export function pictureRoutes({ database }: Pick<DomainContext, 'database'>): Route[] {
  return [
    {
      method: 'GET',
      path: '/reader-pictures/:file',
      name: 'reader-picture',
      who: 'anyone',
      proof: 'none',
      async handle({ params }) {
        const named = /^([0-9a-f-]{36})-(96|320)\.webp$/.exec(params.file!);
        const size: PictureSize = named?.[2] === '320' ? 'large' : 'small';
        const file = named && (await findPicture(database.read, named[1]!, size));
        if (!file) throw new AppError('page.not-found', 'There is no such picture.', { status: 404 });
        return {
          status: 200,
          body: file,
          type: 'image/webp',
          // Another picture has another address; but one that was taken down is not to live on for long.
          headers: { 'cache-control': 'public, max-age=86400' },
        };
      },
    },
  ];
}

/** Path of the picture that a reader shows; undefined where there is none. */
export function picturePath({ picture }: Pick<ReaderCard, 'picture'>, size: PictureSize): string | undefined {
  return picture === undefined ? undefined : `/reader-pictures/${picture}-${pictureSizes[size]}.webp`;
}

/**
 * A reader's picture, or the first letter of the name in its place. It says nothing that the name beside it does not.
 * @param side in CSS pixels
 */
export function portraitPart(card: Pick<ReaderCard, 'picture' | 'name'>, side = 40): Html {
  const path = picturePath(card, side > 64 ? 'large' : 'small');
  const size = side > 64 ? 'portrait large' : 'portrait';
  if (path)
    return html`<img class="${size}" src="${path}" width="${side}" height="${side}" alt="" loading="lazy" decoding="async">`;
  const [letter = ''] = card.name;
  return html`<span class="${size}" aria-hidden="true">${letter.toUpperCase()}</span>`;
}
