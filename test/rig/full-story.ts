import type { MediaStore } from '../../src/platform/media/media-store.ts';
import { phoneVideo, quarters } from '../../src/platform/media/testing.ts';
import type { StoryContentInput } from '../../src/stories/index.ts';
import type { PublishedStory, TestSite } from './site.ts';
import { contentOf } from './site.ts';

/** Ids of files of each kind. */
export interface TestMedia {
  readonly picture: string;
  readonly other: string;
  readonly audio: string;
  readonly video: string;
  readonly captions: string;
}

/** One file of each kind. @param width of the picture, in pixels; a wide one takes its time */
export async function addMedia(site: TestSite, width = 480): Promise<TestMedia> {
  const { media } = site.site;
  return {
    picture: await addFile(site, media, await quarters(width, width * 0.75), 'picture.png'),
    other: await addFile(site, media, await quarters(Math.min(width, 640), 240), 'other.png'),
    audio: await addFile(site, media, silence(), 'sound.wav'),
    video: await addFile(site, media, phoneVideo(), 'film.mp4'),
    captions: await addFile(site, media, Buffer.from(captionsFile), 'captions.vtt'),
  };
}

const captionsFile = 'WEBVTT\n\n00:00.000 --> 00:02.000\nWater against a wall.\n';

async function addFile(site: TestSite, media: MediaStore, bytes: Buffer, name: string): Promise<string> {
  const prepared = await media.prepare(bytes, name);
  return (await site.write((tx) => media.record(tx, prepared))).id;
}

/** A hundredth of a second of nothing, as a WAV file. */
function silence(): Buffer {
  const samples = Buffer.alloc(160);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** The word that stands in one field alone. */
export const word = (field: string) => `zz${field}zz`;

/** Fields of the body, with what belongs to it, each with a word of its own. */
export const bodyFields =
  'paragraph strong linked foreign subheading lower item numbered quote cite pull pullcite alt caption credit gallery galleryalt gallerycaption audio transcript audiocredit video videocaption videocredit tablecaption tablehead rowhead cell embed provider related relatedkicker code facts fact'.split(
    ' ',
  );
/** Fields around the body. */
export const storyFields =
  'kicker headline standfirst author second role place agency supplier topic series leadalt leadcaption leadcredit correction canonical'.split(
    ' ',
  );

/** A story with every field and every kind of block. @param linkTo path of a story to which it links */
export function fullContent(media: TestMedia, linkTo: string): StoryContentInput {
  const text = (field: string) => [{ text: `Words of ${word(field)} here.` }];
  return {
    kicker: word('kicker'),
    headline: `The ${word('headline')} wakes`,
    standfirst: `What ${word('standfirst')} means.`,
    byline: [
      { author: 'known-author', name: `Ann ${word('author')}` },
      { name: `Cy ${word('second')}`, role: word('role') },
    ],
    dateline: { place: word('place'), agency: word('agency') },
    credit: word('supplier'),
    section: 'news',
    topics: [word('topic')],
    series: { slug: word('series'), part: 1 },
    lead: {
      media: media.picture,
      alt: `A view of ${word('leadalt')}`,
      caption: text('leadcaption'),
      credit: word('leadcredit'),
      focal: { x: 0.2, y: 0.7 },
    },
    canonical: `https://${word('canonical')}.example/first`,
    body: [
      {
        type: 'paragraph',
        text: [
          { text: `First ${word('paragraph')}, ` },
          { text: word('strong'), marks: ['strong', 'em'] },
          { text: ', ' },
          { text: word('linked'), href: linkTo },
          { text: '\nand ' },
          { text: word('foreign'), lang: 'pt' },
        ],
      },
      { type: 'subheading', text: text('subheading'), level: 2 },
      { type: 'subheading', text: text('lower'), level: 3 },
      { type: 'list', ordered: false, items: [text('item')] },
      { type: 'list', ordered: true, items: [text('numbered')] },
      { type: 'quote', text: text('quote'), cite: word('cite'), source: 'https://source.example/' },
      { type: 'pullquote', text: text('pull'), cite: word('pullcite') },
      {
        type: 'picture',
        media: media.picture,
        alt: word('alt'),
        caption: text('caption'),
        credit: word('credit'),
        width: 'wide',
      },
      {
        type: 'gallery',
        title: word('gallery'),
        pictures: [
          { media: media.other, alt: word('galleryalt'), caption: text('gallerycaption') },
          { media: media.picture, alt: '' },
        ],
      },
      {
        type: 'audio',
        media: media.audio,
        title: word('audio'),
        transcript: text('transcript'),
        credit: word('audiocredit'),
      },
      {
        type: 'video',
        media: media.video,
        title: word('video'),
        poster: media.picture,
        captions: media.captions,
        caption: text('videocaption'),
        credit: word('videocredit'),
      },
      {
        type: 'table',
        caption: word('tablecaption'),
        head: [text('tablehead'), [{ text: 'Ships' }]],
        rows: [[text('rowhead'), text('cell')]],
        rowHeads: true,
      },
      {
        type: 'embed',
        url: 'https://www.youtube.com/watch?v=abcdefghijk',
        provider: word('provider'),
        title: word('embed'),
      },
      { type: 'related', title: word('related'), href: linkTo, kicker: word('relatedkicker') },
      { type: 'divider' },
      { type: 'code', code: `let ${word('code')} = 1 < 2;`, language: 'js' },
      { type: 'keyfacts', title: word('facts'), items: [text('fact')] },
    ],
  };
}

/** Publish the full story, corrected, together with one to which it links. */
export async function publishFull(
  site: TestSite,
  media: TestMedia,
): Promise<{ story: PublishedStory; other: PublishedStory }> {
  const other = await site.publish(contentOf('Another day', { series: { slug: word('series'), part: 2 } }));
  const story = await site.publish(fullContent(media, other.path));
  await site.correct(story.id, `It was ${word('correction')}.`);
  return { story, other };
}
