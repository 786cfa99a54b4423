import { hills, type Random } from './random.ts';

/** The sheet that scenes are drawn on, in pixels. */
export const width = 1600;
export const height = 1067;

const n = (value: number) => Math.round(value * 10) / 10;

/** A colour between two, `#rrggbb` each. */
export function mix(from: string, to: string, share: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16) ** 2.2;
  const channel = (at: number) =>
    Math.round((part(from, at) * (1 - share) + part(to, at) * share) ** (1 / 2.2))
      .toString(16)
      .padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export function rect(x: number, y: number, w: number, h: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`;
}

export function circle(x: number, y: number, radius: number, fill: string, more = ''): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}" ${more}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
}

/** A closed shape through corners given as x, y, x, y. */
export function poly(corners: readonly number[], fill: string, more = ''): string {
  const points = [];
  for (let at = 0; at < corners.length; at += 2) points.push(`${n(corners[at]!)},${n(corners[at + 1]!)}`);
  return `<polygon points="${points.join(' ')}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

/** A line with round ends. */
export function line(x1: number, y1: number, x2: number, y2: number, colour: string, thick: number): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${colour}" stroke-width="${n(thick)}" stroke-linecap="round"/>`;
}

export function group(inside: string | readonly string[], more = ''): string {
  return `<g ${more}>${typeof inside === 'string' ? inside : inside.join('')}</g>`;
}

export function moved(inside: string | readonly string[], x: number, y: number, scale = 1, turn = 0): string {
  return group(inside, `transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${scale})"`);
}

/** A cut of the gouge: thin at both ends. `angle` in degrees. */
export function cut(x: number, y: number, long: number, thick: number, angle = 0, bend = 0): string {
  const rad = (angle * Math.PI) / 180;
  const [dx, dy] = [Math.cos(rad) * long, Math.sin(rad) * long];
  const [px, py] = [-Math.sin(rad), Math.cos(rad)];
  const [mx, my] = [x + dx / 2, y + dy / 2];
  const up = bend + thick / 2;
  const down = bend - thick / 2;
  return `M${n(x)} ${n(y)}Q${n(mx + px * up * 2)} ${n(my + py * up * 2)} ${n(x + dx)} ${n(y + dy)}Q${n(mx + px * down * 2)} ${n(my + py * down * 2)} ${n(x)} ${n(y)}Z`;
}

export interface Cuts {
  readonly count: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly long: readonly [number, number];
  readonly thick: readonly [number, number];
  readonly angle?: number;
  readonly spread?: number;
  readonly bend?: number;
}

/** Many cuts in one path. */
export function cuts(r: Random, fill: string, what: Cuts, more = ''): string {
  let d = '';
  for (let made = 0; made < what.count; made += 1) {
    d += cut(
      r.num(...what.x),
      r.num(...what.y),
      r.num(...what.long),
      r.num(...what.thick),
      (what.angle ?? 0) + r.near() * (what.spread ?? 3),
      r.near() * (what.bend ?? 1),
    );
  }
  return path(d, fill, more);
}

/** A ridge of hills filled down to the foot of the sheet. */
export function ridge(
  seed: string,
  fill: string,
  at: { y: number; rise: number; wave: number; foot?: number; shape?: (x: number) => number },
): string {
  const noise = hills(seed);
  let d = `M-20 ${n(at.foot ?? height + 20)}`;
  for (let x = -20; x <= width + 20; x += 10) {
    const y = at.y - noise(x / at.wave) * at.rise - (at.shape?.(x) ?? 0);
    d += `L${x} ${n(y)}`;
  }
  return path(`${d}L${width + 20} ${n(at.foot ?? height + 20)}Z`, fill);
}

/** A sky rolled on with the brayer: colours from the top down, and streaks where they meet. */
export function sky(r: Random, colours: readonly string[], foot: number, streaks = 46): string {
  const stops = colours
    .map((colour, at) => `<stop offset="${at / (colours.length - 1)}" stop-color="${colour}"/>`)
    .join('');
  const id = `sky${Math.round(foot)}${colours.join('').replaceAll('#', '')}`;
  let d = '';
  const parts: string[] = [
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient>`,
    rect(0, 0, width, foot, `url(#${id})`),
  ];
  for (let made = 0; made < streaks; made += 1) {
    const share = r.num(0.06, 0.98);
    const place = share * (colours.length - 1);
    const next = colours[Math.min(colours.length - 1, Math.floor(place) + 1)]!;
    d = cut(
      r.num(-300, width - 100),
      share * foot,
      r.num(240, 760),
      r.num(1.5, 7),
      r.near() * 0.8,
      r.near() * 3,
    );
    parts.push(path(d, next, 'opacity="0.55"'));
  }
  return group(parts);
}

/** Water in rows of cuts that grow towards the reader. */
export function water(
  r: Random,
  top: number,
  colours: { far: string; near: string; light: string; dark: string },
  calm = 1,
): string {
  const id = `water${Math.round(top)}${colours.far.slice(1)}`;
  const parts = [
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colours.far}"/><stop offset="1" stop-color="${colours.near}"/></linearGradient>`,
    rect(0, top, width, height - top, `url(#${id})`),
  ];
  let light = '';
  let dark = '';
  for (let y = top + 4, step = 5; y < height + 20; y += step, step *= 1.13) {
    const depth = (y - top) / (height - top);
    const many = Math.round((26 - depth * 14) / calm);
    for (let made = 0; made < many; made += 1) {
      const one = cut(
        r.num(-120, width),
        y + r.near() * step,
        r.num(26, 90) * (0.6 + depth * 2.4),
        (1.2 + depth * 7) * r.num(0.5, 1),
        r.near() * 1.2,
        r.near() * (1 + depth * 5),
      );
      if (r.chance(0.42)) light += one;
      else dark += one;
    }
  }
  parts.push(path(dark, colours.dark, 'opacity="0.6"'), path(light, colours.light, 'opacity="0.5"'));
  return group(parts);
}

/** Light on water below something bright at `x`. */
export function glitter(
  r: Random,
  colour: string,
  at: { x: number; top: number; foot: number; narrow: number; wide: number; count?: number },
): string {
  let d = '';
  const count = at.count ?? 90;
  for (let made = 0; made < count; made += 1) {
    const depth = (made / count) ** 1.35;
    const y = at.top + (at.foot - at.top) * depth;
    const reach = at.narrow + (at.wide - at.narrow) * depth;
    const long = reach * r.num(0.35, 1.1);
    d += cut(
      at.x + r.near() * reach * 0.75 - long / 2,
      y,
      long,
      1.6 + depth * 8 * r.num(0.5, 1),
      r.near(),
      r.near() * 2,
    );
  }
  return path(d, colour);
}

/** A lamp's light in flat rings, as a print would have it. */
export function glow(
  x: number,
  y: number,
  radius: number,
  colour: string,
  rings = 4,
  strength = 0.16,
): string {
  return Array.from({ length: rings }, (_, at) =>
    circle(x, y, radius * (1 - at / rings) ** 1.4, colour, `opacity="${strength}"`),
  ).join('');
}

/** A bank of cloud, built of flat cuts: heaped in the middle, thin at both ends. */
export function cloud(r: Random, x: number, y: number, long: number, fill: string, more = ''): string {
  const tall = long * 0.11;
  let d = '';
  for (let made = 0; made < 22; made += 1) {
    const up = (made / 22) ** 1.5;
    const reach = long * (1 - up * 0.72) * r.num(0.42, 0.95);
    const middle = x + long * (0.5 + r.near() * 0.2 * (1 - up * 0.5));
    d += cut(
      middle - reach / 2,
      y - up * tall,
      reach,
      tall * r.num(0.16, 0.34),
      r.near() * 0.7,
      -tall * r.num(0, 0.07),
    );
  }
  return path(d, fill, more);
}

/** Gulls far off. */
export function gulls(
  r: Random,
  colour: string,
  x: readonly [number, number],
  y: readonly [number, number],
  count: number,
): string {
  let d = '';
  for (let made = 0; made < count; made += 1) {
    const [cx, cy, size] = [r.num(...x), r.num(...y), r.num(9, 24)];
    const tilt = r.near() * 14;
    d +=
      cut(cx, cy, size, size * 0.13, 200 + tilt, -size * 0.14) +
      cut(cx, cy, size, size * 0.13, -24 + tilt, size * 0.14);
  }
  return path(d, colour);
}

/** Keep what is inside within a shape. */
export function within(id: string, shape: string, inside: string | readonly string[]): string {
  return `<clipPath id="${id}">${shape}</clipPath>${group(inside, `clip-path="url(#${id})"`)}`;
}

/** Rain, or light, in long parallel cuts over everything. */
export function rain(r: Random, colour: string, count: number, angle = 100, opacity = 0.35): string {
  return cuts(
    r,
    colour,
    {
      count,
      x: [-100, width + 150],
      y: [-140, height],
      long: [60, 170],
      thick: [1.2, 2.6],
      angle,
      spread: 1.2,
    },
    `opacity="${opacity}"`,
  );
}
