import { AppError } from '../errors.ts';
import { fileAnswer } from '../http/files.ts';
import { text } from '../http/answers.ts';
import type { Answer, Request, Route } from '../http/route-table.ts';
import { mediaIdPattern } from './files.ts';
import { typeOfExtension } from './item.ts';
import type { MediaStore } from './media-store.ts';

/** What may be asked for; originals of pictures and descriptions are not among it. */
const namePattern =
  /^(?:[1-9]\d{0,4}\.(?:avif|webp|jpg)|file\.[a-z0-9]{3,4}|social(?:-(?:\d|10)-(?:\d|10))?\.jpg)$/;

/** `/media/{id}/{width}.{avif|webp|jpg}`, `/media/{id}/social.jpg`, `/media/{id}/file.{mp3|mp4|vtt|...}`: each names its content for ever. */
export function mediaRoutes(context: { readonly media: MediaStore }): Route[] {
  return [
    {
      method: 'GET',
      path: '/media/:id/:name',
      name: 'media',
      who: 'anyone',
      proof: 'none',
      handle: (request) => answerFile(context.media, request),
    },
  ];
}

async function answerFile(media: MediaStore, request: Request): Promise<Answer> {
  const { id = '', name = '' } = request.params;
  const type = typeOfExtension(name.split('.').at(-1)!);
  // Nothing of ours is called that, but a former site's page may have been.
  if (!mediaIdPattern.test(id))
    throw new AppError('page.not-found', 'There is no such file.', { status: 404 });
  if (!namePattern.test(name) || !type) return missing();
  if (media.withheld.has(id)) return gone();
  const path = name.startsWith('social') ? await media.social(id, name) : media.files.pathOf(id, name);
  if (!path) return missing();
  const answer = await fileAnswer(request, path, {
    type: type === 'text/vtt' ? 'text/vtt; charset=utf-8' : type,
    etag: `"${id}-${name}"`,
    isImmutable: true,
    headers: {
      // Papers that quote us, and readers of feeds, show our pictures from where they are.
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
  return answer ?? missing();
}

/** Not to be kept: another story may show it again. */
function gone(): Answer {
  return text('This file was taken down. [media.withheld]\n', { status: 410, noStore: true });
}

/** Not to be kept: a rendition may be made later. */
function missing(): Answer {
  return text('There is no such file. [media.not-found]\n', { status: 404, noStore: true });
}
