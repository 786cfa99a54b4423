import { SaxesParser } from 'saxes';

/** What a picture's own data says about it; each in the file's words. */
export interface Credits {
  readonly title?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly rights?: string;
}

/** The same facts under one set of names, whichever standard they were read from. */
interface Found {
  headline?: string;
  name?: string;
  caption?: string;
  creator?: string;
  credit?: string;
  source?: string;
  rights?: string;
  terms?: string;
}

const longest = 4000;
const largestPacket = 2_000_000;

/**
 * Title, caption, credit and rights of a picture from the blocks that sharp hands out. XMP is asked first, as it is
 * Unicode; then IPTC-IIM, then EXIF. Damaged blocks count as empty.
 */
export function readCredits(blocks: { xmp?: Buffer; iptc?: Buffer; exif?: Buffer }): Credits {
  const found: Found = {
    ...(blocks.exif && tolerant(() => readExif(blocks.exif!))),
    ...(blocks.iptc && tolerant(() => readIim(blocks.iptc!))),
    ...(blocks.xmp && tolerant(() => readXmp(blocks.xmp!))),
  };
  const title = clean(found.headline) ?? clean(found.name);
  const caption = clean(found.caption);
  const credit = creditLine(clean(found.creator), clean(found.credit) ?? clean(found.source));
  const rights = clean(found.rights) ?? clean(found.terms);
  return {
    ...(title && { title }),
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(rights && { rights }),
  };
}

/** 'Jane Doe / Agency', said once where one already holds the other. */
function creditLine(creator: string | undefined, credit: string | undefined): string | undefined {
  if (!creator || !credit) return creator ?? credit;
  if (credit.toLowerCase().includes(creator.toLowerCase())) return credit;
  if (creator.toLowerCase().includes(credit.toLowerCase())) return creator;
  return `${creator} / ${credit}`;
}

function clean(text: string | undefined): string | undefined {
  const plain = text?.replaceAll(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, ' ').trim();
  return plain ? plain.slice(0, longest) : undefined;
}

function tolerant(read: () => Found): Found {
  try {
    return read();
  } catch {
    return {};
  }
}

const iimNames: Readonly<Record<number, keyof Found>> = {
  5: 'name',
  80: 'creator',
  105: 'headline',
  110: 'credit',
  115: 'source',
  116: 'rights',
  120: 'caption',
};

/** IPTC-IIM 4.2, record 2, either bare or within Photoshop's image resource 0x0404. */
export function readIim(block: Buffer): Found {
  const iim = photoshopResource(block, 0x0404) ?? block;
  const values: Partial<Record<keyof Found, Buffer[]>> = {};
  let isUtf8 = false;
  for (let at = Math.max(0, iim.indexOf(0x1c)); at + 5 <= iim.length && iim[at] === 0x1c;) {
    const [record, dataset] = [iim[at + 1]!, iim[at + 2]!];
    const size = iim.readUInt16BE(at + 3);
    // The top bit announces a length of a length: for objects, which no caption is.
    if (size & 0x8000) break;
    const value = iim.subarray(at + 5, at + 5 + size);
    if (record === 1 && dataset === 90) isUtf8 = value.equals(Buffer.from([0x1b, 0x25, 0x47]));
    const name = record === 2 ? iimNames[dataset] : undefined;
    if (name) (values[name] ??= []).push(value);
    at += 5 + size;
  }
  const found: Found = {};
  for (const [name, parts] of Object.entries(values))
    found[name as keyof Found] = parts.map((part) => decodeText(part, isUtf8)).join(', ');
  return found;
}

function photoshopResource(block: Buffer, wanted: number): Buffer | undefined {
  for (let at = block.indexOf('8BIM'); at >= 0 && at + 12 <= block.length; at = block.indexOf('8BIM', at)) {
    const nameEnd = at + 6 + ((block[at + 6]! + 2) & ~1);
    if (nameEnd + 4 > block.length) return undefined;
    const size = block.readUInt32BE(nameEnd);
    if (block.readUInt16BE(at + 4) === wanted) return block.subarray(nameEnd + 4, nameEnd + 4 + size);
    at = nameEnd + 4 + size;
  }
  return undefined;
}

/** Many programs write UTF-8 and do not say so; what is not valid UTF-8 is Latin-1, in its Windows form. */
function decodeText(bytes: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const exifNames: Readonly<Record<number, keyof Found>> = {
  0x010e: 'caption',
  0x013b: 'creator',
  0x8298: 'rights',
};

/** EXIF (CIPA DC-008): the three ASCII tags of the first directory that are about people and words. */
export function readExif(block: Buffer): Found {
  const tiff = block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const found: Found = {};
  const directory = long(4);
  for (let index = 0; index < Math.min(short(directory), 200); index++) {
    const entry = directory + 2 + index * 12;
    const name = exifNames[short(entry)];
    const count = long(entry + 4);
    if (!name || short(entry + 2) !== 2 || count > longest * 4) continue;
    const start = count > 4 ? long(entry + 8) : entry + 8;
    const value = decodeText(tiff.subarray(start, start + count), false).split('\0')[0]!;
    // Cameras fill the field with their own name or blanks when nobody wrote a caption.
    if (!/^\s*$|^(OLYMPUS|SONY|DCIM|DIGITAL CAMERA)/i.test(value)) found[name] = value;
  }
  return found;
}

const xmpNames: Readonly<Record<string, keyof Found>> = {
  'http://ns.adobe.com/photoshop/1.0/ Headline': 'headline',
  'http://ns.adobe.com/photoshop/1.0/ Credit': 'credit',
  'http://ns.adobe.com/photoshop/1.0/ Source': 'source',
  'http://purl.org/dc/elements/1.1/ title': 'name',
  'http://purl.org/dc/elements/1.1/ description': 'caption',
  'http://purl.org/dc/elements/1.1/ creator': 'creator',
  'http://purl.org/dc/elements/1.1/ rights': 'rights',
  'http://ns.adobe.com/xap/1.0/rights/ UsageTerms': 'terms',
};

/** XMP (ISO 16684-1): properties as attributes, as text, or as the items of rdf:Alt and rdf:Seq; x-default wins. */
export function readXmp(packet: Buffer): Found {
  const found: Found = {};
  if (packet.length > largestPacket) return found;
  const parser = new SaxesParser({ xmlns: true });
  let property: { name: keyof Found; depth: number; values: string[]; isDefault: boolean } | undefined;
  let depth = 0;
  let item: { text: string; isDefault: boolean } | undefined;
  parser.on('opentag', (tag) => {
    depth += 1;
    for (const attribute of Object.values(tag.attributes)) {
      const name = xmpNames[`${attribute.uri} ${attribute.local}`];
      if (name && !property) found[name] ??= attribute.value;
    }
    const name = xmpNames[`${tag.uri} ${tag.local}`];
    if (name && !property) property = { name, depth, values: [], isDefault: false };
    if (property) item = { text: '', isDefault: tag.attributes['xml:lang']?.value === 'x-default' };
  });
  parser.on('text', (text) => {
    if (item) item.text += text;
  });
  parser.on('closetag', () => {
    if (property && item?.text.trim()) {
      if (item.isDefault) property.values = [item.text.trim()];
      else if (!property.isDefault) property.values.push(item.text.trim());
      property.isDefault ||= item.isDefault;
    }
    item = undefined;
    if (property?.depth === depth) {
      const isMany = property.name === 'creator';
      const value = isMany ? property.values.join(', ') : property.values[0];
      if (value) found[property.name] = value;
      property = undefined;
    }
    depth -= 1;
  });
  parser.on('error', (error) => {
    throw error;
  });
  const text = packet.toString('utf8');
  const start = text.search(/<(x:xmpmeta|rdf:RDF|\?xpacket)/);
  if (start < 0) return found;
  const end = text.lastIndexOf('>');
  try {
    parser.write(text.slice(start, end + 1)).close();
  } catch {
    // What was read before the damage still holds.
  }
  return found;
}
