import type { Block } from '../../stories/index.ts';

/**
 * Every kind of block, with links, marks and letters that markup needs escaped.
 * @param media ids of a picture and a sound; the video is of a file that is not there
 */
export function allBlocks(media: { readonly picture: string; readonly sound: string }): Block[] {
  const { picture, sound } = media;
  const text = [
    { text: 'Fish & <chips> ' },
    { text: 'strong', marks: ['strong' as const] },
    { text: ' linked', href: '/2009/07/28/old' },
  ];
  return [
    { type: 'paragraph', text },
    { type: 'subheading', level: 2, text },
    { type: 'list', ordered: true, items: [text, text] },
    { type: 'quote', text, cite: 'A "reader"', source: 'https://elsewhere.example/?a=1&b=2' },
    { type: 'pullquote', text },
    { type: 'picture', media: picture, alt: 'Boats <at> rest', caption: text, width: 'wide' },
    { type: 'gallery', title: 'Boats', pictures: [{ media: picture, alt: '' }] },
    { type: 'audio', media: sound, title: 'The bells', transcript: text },
    { type: 'video', media: 'gone', title: 'A film' },
    { type: 'table', caption: 'Tides', head: [text], rows: [[text]], rowHeads: true },
    { type: 'embed', url: 'https://video.example/1', provider: 'Video & Co', title: 'Storm' },
    { type: 'related', title: 'Elsewhere', href: 'https://elsewhere.example/', kicker: 'More' },
    { type: 'divider' },
    { type: 'code', code: 'if (a < b && c) {}', language: 'js' },
    { type: 'keyfacts', title: 'In short', items: [text] },
  ];
}

/** One second of silence. */
export function silence(): Buffer {
  const rate = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + rate, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(rate, 40);
  return Buffer.concat([head, Buffer.alloc(rate, 128)]);
}
