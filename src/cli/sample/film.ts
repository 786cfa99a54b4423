import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { random } from './drawing/random.ts';
import { circle, cuts, group, line, mix, path, poly, rect } from './drawing/ink.ts';
import { printed } from './drawing/print.ts';
import { webm } from './drawing/webm.ts';

/** Names the film and its poster. The words beside it, surge.vtt, are written by hand. */
export const filmName = 'surge';

const [w, h] = [1280, 720];
const framesPerSecond = 10;
const seconds = 14;
/** Pixels for a metre of height, and where the datum lies. */
const [metre, datum] = [92, 690];
const up = (metres: number) => datum - metres * metre;

const crest = 5.6;
const ground = 3.7;
const oldBank = 4.35;

interface Moment {
  /** Height of still water in metres above datum. */
  readonly level: number;
  /** Height of waves above it. */
  readonly waves: number;
  /** 0 for the old bank alone, 1 for the whole wall. */
  readonly built: number;
  /** Water behind the defence, in metres above datum. */
  readonly inside: number;
  readonly seconds: number;
}

/**
 * Draw the film of part 3 of 'Holding the sea': the wall in section and three tides against it. The same code draws
 * the same film.
 * @returns bytes written, by name
 */
export async function drawFilm(): Promise<Map<string, number>> {
  const count = seconds * framesPerSecond;
  const frames = Array.from({ length: count }, (_, at) => finished(scene(momentAt(at / framesPerSecond))));
  const film = await webm({ frames, width: 640, height: 360, framesPerSecond });
  const poster = await printed({ art: scene(momentAt(7.4)), width: w, height: h }, 5);
  const files = new Map([
    [`${filmName}.webm`, film],
    [`${filmName}.webp`, poster],
  ]);
  for (const [name, bytes] of files)
    await writeFile(fileURLToPath(new URL(`pictures/${name}`, import.meta.url)), bytes);
  return new Map([...files].map(([name, { length }]) => [name, length]));
}

/** Three tides: the night of 1952 over an earth bank, 2013 at the wall, and 2013 on the sea of 2060. */
function momentAt(time: number): Moment {
  const tide = (from: number, top: number, low = 1.6) => low + (top - low) * hump((time - from) / 4.4);
  if (time < 4.4) {
    const level = tide(0, 4.86);
    const inside = time < 1.7 ? 0 : 4.86 - (1 - ease((time - 1.7) / 1.1)) * 1.4;
    const drained = time > 3 ? inside - ease((time - 3) / 1.4) * 1.4 : inside;
    return { level, waves: 0.3, built: 0, inside: drained, seconds: time };
  }
  if (time < 9.2) {
    return {
      level: time < 5 ? 1.6 : tide(4.8, 4.98),
      waves: 0.32,
      built: ease((time - 4.4) / 0.7),
      inside: 0,
      seconds: time,
    };
  }
  const over = ease((time - 10.9) / 2);
  return {
    level: 1.7 + (5.29 - 1.7) * ease((time - 9.2) / 2),
    waves: 0.45,
    built: 1,
    inside: ground + over * 0.42 - (over === 0 ? 1 : 0),
    seconds: time,
  };
}

/** 0, up to 1, held for a while, and down again. */
function hump(share: number): number {
  return Math.min(ease(share / 0.42), ease((1 - share) / 0.34));
}

function ease(share: number): number {
  const x = Math.min(1, Math.max(0, share));
  return x * x * (3 - 2 * x);
}

function scene(at: Moment): string {
  const r = random('surge');
  return group([
    rect(0, 0, w, h, '#c9cfc6'),
    cuts(r, '#b7c0b9', { count: 40, x: [-80, w], y: [20, 300], long: [120, 420], thick: [2, 7], spread: 1 }),
    street(at),
    sea(at),
    bank(),
    wall(at.built),
    ...(at.built === 1 ? [mark(4.86, '#b4483a'), crestLine()] : []),
    spray(at),
  ]);
}

const foot = 700;

/** Houses behind, the ground they stand on, and the water in the street. */
function street(at: Moment): string {
  const house = (x: number, wide: number, tall: number, colour: string) => {
    const [top, base] = [up(ground) - tall, up(ground)];
    return group([
      rect(x, top, wide, tall, colour),
      poly([x - 8, top, x + wide / 2, top - 62, x + wide + 8, top], '#8a4437'),
      rect(x + wide - 36, top - 76, 20, 46, '#5f4a42'),
      rect(x + 18, top + 22, 30, 36, '#2d4450'),
      rect(x + wide - 50, top + 22, 30, 36, '#2d4450'),
      rect(x + 18, base - 76, 30, 40, '#ffe2a0'),
      rect(x + wide - 54, base - 84, 36, 84, '#3d5a53'),
    ]);
  };
  const depth = Math.max(0, at.inside - ground);
  return group([
    house(880, 126, 170, '#d8b48c'),
    house(1012, 118, 196, '#e8d9bb'),
    house(1136, 132, 160, '#b7c3b5'),
    rect(foot + 60, up(ground), w, h, '#6d6048'),
    rect(foot + 60, up(ground), w, 12, '#8d8a6c'),
    depth > 0 ? rect(foot + 40, up(at.inside), w, depth * metre + 2, '#48707c', 'opacity="0.82"') : '',
  ]);
}

function sea({ level, waves, inside, built, seconds: time }: Moment): string {
  const isOverBank = built === 0 && level > oldBank;
  const reach = foot + (isOverBank ? 140 : 20);
  const surface = (x: number) => {
    // Crests sharper than troughs, and steeper towards the shore.
    const swell = (long: number, speed: number) => {
      const shape = 1 - Math.abs(Math.sin(x / long - time * speed));
      return shape ** 1.4 * 2 - 0.8;
    };
    const wave = (swell(150, 1.25) * 0.7 + swell(61, 1.9) * 0.3) * waves * 0.6 * (0.6 + (x / reach) * 0.4);
    // Over the bank the sea runs down into the street.
    const down = isOverBank ? ease((x - foot - 30) / 105) : 0;
    return up((level + wave) * (1 - down) + Math.max(inside, ground) * down);
  };
  const body = (drop: number) => {
    let d = `M-10 ${h + 10}`;
    for (let x = -10; x <= reach; x += 8) d += `L${x} ${Math.round(surface(x) + drop)}`;
    return `${d}L${reach} ${h + 10}Z`;
  };
  return group([
    path(body(0), '#3f6f7f'),
    path(body(16), '#345f70'),
    path(body(70), '#2a5061'),
    path(body(170), '#21424f'),
  ]);
}

/** The shore in section, and the earth bank that was there before the wall. */
function bank(): string {
  return group([
    path(
      `M-10 ${h + 10}L-10 ${up(0.4)}Q330 ${up(0.5)} 520 ${up(1.5)}L${foot - 20} ${up(2.7)}L${foot + 24} ${up(oldBank)}L${foot + 70} ${up(oldBank)}L${foot + 140} ${up(ground)}L${foot + 140} ${h + 10}Z`,
      '#7d6d50',
    ),
    path(
      `M-10 ${h + 10}L-10 ${up(0.2)}Q330 ${up(0.3)} 520 ${up(1.2)}L${foot - 10} ${up(2.2)}L${foot + 140} ${up(3.3)}L${foot + 140} ${h + 10}Z`,
      '#66583f',
    ),
  ]);
}

/** Concrete with its curved face, raised as far as it is built. */
function wall(built: number): string {
  if (built === 0) return '';
  const top = up(2 + (crest - 2) * built);
  const face = `M${foot - 26} ${up(2)}Q${foot + 22} ${(up(2) + top) / 2} ${foot + 2} ${top}`;
  return group([
    path(`${face}L${foot + 66} ${top}L${foot + 88} ${up(2)}Z`, '#cfc4ae'),
    path(`M${foot + 52} ${top}L${foot + 66} ${top}L${foot + 88} ${up(2)}L${foot + 66} ${up(2)}Z`, '#a89d88'),
    ...[0.25, 0.5, 0.75].map((share) =>
      line(foot + 20, up(2) + (top - up(2)) * share, foot + 68, up(2) + (top - up(2)) * share, '#b5aa94', 3),
    ),
  ]);
}

/** How high the sea came in 1952. */
function mark(metres: number, colour: string): string {
  return line(foot + 8, up(metres), foot + 70, up(metres), colour, 6);
}

function crestLine(): string {
  return group(
    Array.from({ length: 24 }, (_, at) =>
      line(20 + at * 28, up(crest), 32 + at * 28, up(crest), '#f1e6cc', 3),
    ),
  );
}

/** What the wall throws up, and in the end what comes over it. */
function spray({ level, waves, seconds: time, built }: Moment): string {
  const reach = level + waves - (built === 1 ? 4.9 : 99);
  if (reach <= 0) return '';
  const r = random(`spray ${Math.round(time * 5)}`);
  const beat = 0.55 + 0.45 * Math.sin(time * 2.6);
  const isOver = level + waves > crest;
  const drops = Array.from({ length: Math.round(26 + reach * 60) }, () => {
    const fling = r.num(0, 1);
    const x = isOver ? foot + r.num(-30, 190) * (0.4 + fling * 0.8) : foot + r.num(-50, 40);
    const arc = isOver ? Math.max(0, 1 - ((x - foot - 40) / 170) ** 2) : 1;
    const y =
      up(crest) +
      r.num(-1, 0.4) * (30 + reach * 90) * beat * arc +
      (isOver ? Math.max(0, x - foot - 90) * 0.9 : 0);
    return circle(x, y, r.num(2, 7), mix('#e9efe9', '#9fb9bd', fling));
  });
  const sheet = isOver
    ? path(
        `M${foot - 6} ${up(crest) + 8}Q${foot + 50} ${up(crest) - 34 * beat} ${foot + 96} ${up(crest) + 40}Q${foot + 112} ${up(ground) - 60} ${foot + 120} ${up(ground)}L${foot + 104} ${up(ground)}Q${foot + 88} ${up(crest) + 60} ${foot + 60} ${up(crest) + 4}Z`,
        '#8fb0b6',
      )
    : '';
  return group([sheet, ...drops]);
}

function finished(art: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${art}</svg>`;
}
