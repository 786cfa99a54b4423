import { initials } from './initials.ts';
import type { Logo } from './logo.ts';
import { xml, type Xml } from './xml.ts';

export interface PaperIcon {
  /** The paper's name; its first letter stands in the icon. */
  readonly name: string;
  /** Language of the name, for its capital letters. */
  readonly language: string;
  /** #rrggbb */
  readonly accent: string;
  /** Shown instead of the letter, unless it is too long to be read so small. */
  readonly logo: Logo | undefined;
}

/** The theme's own accent and paper, as theme/tokens.css has them. */
export const houseAccent = '#0b5c4d';
export const housePaper = '#fdfcfa';
const ink = '#17191d';

/** Side of the drawing. */
const side = 1000;
/** Launchers cut icons to circles and other shapes; this much of the side stays whole (W3C app manifest, section 3.6). */
const safe = 0.8;
/** How much of the side the letter may take: across, down, and from corner to corner. */
const large = { across: 0.64, down: 0.6, diagonal: safe };
/** For browsers' tabs, which cut nothing off. */
const small = { across: 0.84, down: 0.78, diagonal: 1.2 };
/** A logo longer than this is a line of letters, and no icon. */
const longestShape = 2;

/** The icon as SVG, which is sharp at any size. */
export async function iconSvg(icon: PaperIcon): Promise<string> {
  if (!isIconic(icon.logo)) return drawing(icon, small).toString();
  const picture = (await logoOn(icon.logo, 128, 1)).toString('base64');
  return xml`
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">
      <image href="${`data:image/png;base64,${picture}`}" width="128" height="128"/>
    </svg>
  `.toString();
}

/** The icon as a square PNG. @param size pixels */
export async function iconPng(icon: PaperIcon, size: number): Promise<Buffer> {
  const isSmall = size <= 64;
  if (isIconic(icon.logo)) return logoOn(icon.logo, size, isSmall ? 1 : safe, housePaper);
  const { default: sharp } = await import('sharp');
  const density = (72 * size) / side;
  return sharp(Buffer.from(drawing(icon, isSmall ? small : large).toString()), { density })
    .resize(size, size)
    .png({ palette: true })
    .toBuffer();
}

/** A favicon.ico of PNG pictures (ICO as Windows Vista and all browsers since read it). */
export async function iconIco(icon: PaperIcon): Promise<Buffer> {
  const sizes = [16, 32, 48];
  const pictures = await Promise.all(sizes.map((size) => iconPng(icon, size)));
  const head = Buffer.alloc(6 + sizes.length * 16);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + index * 16;
    head.writeUInt8(sizes[index]!, at);
    head.writeUInt8(sizes[index]!, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([head, ...pictures]);
}

function isIconic(logo: Logo | undefined): logo is Logo {
  return logo !== undefined && Math.max(logo.width / logo.height, logo.height / logo.width) <= longestShape;
}

async function logoOn(logo: Logo, size: number, share: number, background?: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const inner = Math.round(size * share);
  const before = Math.floor((size - inner) / 2);
  const after = size - inner - before;
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const picture = sharp(logo.body)
    .resize(inner, inner, { fit: 'contain', background: clear })
    .extend({ top: before, bottom: after, left: before, right: after, background: clear });
  // A launcher shows what is clear in black.
  return (background ? picture.flatten({ background }) : picture).png().toBuffer();
}

/** The paper's first letter on its accent; for scripts of which there are no outlines, a folded sheet. */
function drawing({ name, language, accent }: PaperIcon, room: typeof large): Xml {
  const colour = isLight(accent) ? ink : '#ffffff';
  return xml`
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}">
      <rect width="${side}" height="${side}" fill="${accent}"/>
      ${letterPath(name, language, colour, room) ?? sheetPath(colour)}
    </svg>
  `;
}

function letterPath(name: string, language: string, colour: string, room: typeof large): Xml | undefined {
  const bare = name.normalize('NFC').replace(/^the\s+(?=[\p{L}\p{N}])/iu, '');
  const capital = (/[\p{L}\p{N}]/u.exec(bare)?.[0] ?? '').toLocaleUpperCase(language);
  const letter = initials[capital] ?? initials[capital.normalize('NFD').slice(0, 1)];
  if (!letter) return undefined;
  const { width, top, below, path } = letter;
  const height = top + below;
  const scale = Math.min(
    (side * room.down) / height,
    (side * room.across) / width,
    (side * room.diagonal) / Math.hypot(width, height),
  );
  const x = (side - width * scale) / 2;
  const y = (side - height * scale) / 2 + top * scale;
  return xml`<path transform="translate(${round(x)} ${round(y)}) scale(${round(scale)})" fill="${colour}" d="${path}"/>`;
}

function sheetPath(colour: string): Xml {
  return xml`<path fill="none" stroke="${colour}" stroke-width="50" stroke-linecap="round" d="M290 260H710V740H290ZM380 380H620M380 500H620M380 620H500"/>`;
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}

/** Whether dark letters stand out better on a colour than white ones (WCAG 2.2, contrast ratio). */
function isLight(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // The luminance of a grey in the middle between white and our ink, by their contrast.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2;
}
