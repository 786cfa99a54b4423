import sharp from 'sharp';
import { height, width } from './ink.ts';

/** What is drawn beyond the edge and cut off, as the hand's wobble would show paper there. */
const bleed = 10;

export interface Sheet {
  readonly art: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * An SVG of the finished print: edges as if cut by hand, the paint a little uneven, and the grain of the paper.
 * Coarse and faint on purpose: fine grain costs bytes in every rendition.
 */
export function finished(sheet: Sheet, seed: number): string {
  const [w, h] = [sheet.width ?? width, sheet.height ?? height];
  const box = 'x="0" y="0" width="100%" height="100%"';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w + 2 * bleed}" height="${h + 2 * bleed}" viewBox="${-bleed} ${-bleed} ${w + 2 * bleed} ${h + 2 * bleed}">
<defs>
<filter id="hand" ${box}><feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="2" seed="${seed}"/><feDisplacementMap in="SourceGraphic" scale="5" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="streak" ${box}><feTurbulence type="fractalNoise" baseFrequency="0.0035 0.09" numOctaves="3" seed="${seed + 1}"/><feColorMatrix values="0 0 0 0 1 0 0 0 0 0.97 0 0 0 0 0.9 2.6 0 0 0 -1.12"/></filter>
<filter id="wash" ${box}><feTurbulence type="fractalNoise" baseFrequency="0.006" numOctaves="3" seed="${seed + 2}"/><feColorMatrix values="0 0 0 0 0.06 0 0 0 0 0.08 0 0 0 0 0.12 2.2 0 0 0 -0.95"/></filter>
<filter id="tooth" ${box}><feTurbulence type="fractalNoise" baseFrequency="0.32" numOctaves="2" seed="${seed + 3}"/><feColorMatrix values="0 0 0 0 1 0 0 0 0 0.96 0 0 0 0 0.88 5 0 0 0 -3.05"/></filter>
</defs>
<g filter="url(#hand)"><g transform="translate(${-w * 0.025} ${-h * 0.025}) scale(1.05)">${sheet.art}</g></g>
<rect width="${w}" height="${h}" filter="url(#wash)" opacity="0.16"/>
<rect width="${w}" height="${h}" filter="url(#streak)" opacity="0.15"/>
<rect width="${w}" height="${h}" filter="url(#tooth)" opacity="0.14"/>
</svg>`;
}

/** The print as WebP of its own size. */
export function printed(sheet: Sheet, seed: number): Promise<Buffer> {
  const [w, h] = [sheet.width ?? width, sheet.height ?? height];
  return sharp(Buffer.from(finished(sheet, seed)))
    .extract({ left: bleed, top: bleed, width: w, height: h })
    .webp({ quality: 78, effort: 6, smartSubsample: true })
    .toBuffer();
}
