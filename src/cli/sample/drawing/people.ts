import { ellipse, group, mix, moved, path, rect } from './ink.ts';
import type { Random } from './random.ts';
import { ribbon, stroke, type Point } from './shapes.ts';

export interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly coat: string;
  /** The coat away from the light. */
  readonly shade: string;
  readonly legs: string;
  readonly legsShade?: string;
  readonly shoe?: string;
  /** Length of the coat below the hip, in hundredths of a person. */
  readonly skirt?: number;
  /** For those who play: what is worn over bare legs. */
  readonly shorts?: string;
  readonly socks?: string;
  /** Hat's colour and its kind. */
  readonly hat?: string;
  readonly headgear?: 'cap' | 'brim' | 'hood' | 'wool' | 'scarf' | 'bun' | 'long';
}

/**
 * Where the joints are, of someone 100 tall with their feet at 0, 0, looking right. The first of a pair is away from
 * the reader.
 */
export interface Pose {
  readonly hip: Point;
  readonly neck: Point;
  readonly head?: Point;
  readonly knees: readonly [Point, Point];
  readonly feet: readonly [Point, Point];
  readonly elbows: readonly [Point, Point];
  readonly hands: readonly [Point, Point];
}

const at = (x: number, y: number): Point => [x, y];

export const poses = {
  standing: {
    hip: at(0, -48),
    neck: at(0, -81),
    knees: [at(3, -25), at(-3, -25)],
    feet: [at(5, 0), at(-4, 0)],
    elbows: [at(7, -62), at(-9, -62)],
    hands: [at(8, -46), at(-8, -46)],
  },
  walking: {
    hip: at(0, -48),
    neck: at(2, -81),
    knees: [at(8, -27), at(-2, -25)],
    feet: [at(15, -1), at(-15, -2)],
    elbows: [at(-7, -63), at(9, -63)],
    hands: [at(-10, -48), at(17, -51)],
  },
  holding: {
    hip: at(0, -48),
    neck: at(0, -81),
    knees: [at(3, -25), at(-3, -25)],
    feet: [at(5, 0), at(-4, 0)],
    elbows: [at(8, -64), at(-2, -62)],
    hands: [at(14, -72), at(12, -68)],
  },
  running: {
    hip: at(0, -50),
    neck: at(8, -80),
    knees: [at(17, -37), at(-2, -27)],
    feet: [at(12, -12), at(-24, -16)],
    elbows: [at(-6, -66), at(18, -64)],
    hands: [at(-12, -52), at(25, -74)],
  },
  kicking: {
    hip: at(0, -49),
    neck: at(-5, -80),
    knees: [at(14, -33), at(-1, -25)],
    feet: [at(32, -18), at(-6, 0)],
    elbows: [at(6, -64), at(-17, -70)],
    hands: [at(16, -58), at(-30, -66)],
  },
  leaning: {
    hip: at(-6, -47),
    neck: at(17, -73),
    head: at(25, -81),
    knees: [at(-1, -25), at(-8, -24)],
    feet: [at(0, 0), at(-9, 0)],
    elbows: [at(24, -59), at(22, -56)],
    hands: [at(34, -50), at(32, -47)],
  },
  digging: {
    hip: at(-4, -46),
    neck: at(14, -72),
    head: at(21, -80),
    knees: [at(8, -28), at(-8, -23)],
    feet: [at(14, 0), at(-14, 0)],
    elbows: [at(22, -58), at(7, -56)],
    hands: [at(31, -44), at(14, -42)],
  },
  lifting: {
    hip: at(-2, -48),
    neck: at(2, -80),
    knees: [at(8, -26), at(-8, -24)],
    feet: [at(14, 0), at(-13, 0)],
    elbows: [at(14, -66), at(10, -60)],
    hands: [at(25, -62), at(20, -50)],
  },
  pushing: {
    hip: at(-6, -46),
    neck: at(10, -76),
    head: at(15, -85),
    knees: [at(6, -29), at(-10, -23)],
    feet: [at(5, 0), at(-26, -2)],
    elbows: [at(16, -60), at(12, -58)],
    hands: [at(23, -46), at(19, -44)],
  },
  pointing: {
    hip: at(0, -48),
    neck: at(0, -81),
    knees: [at(3, -25), at(-3, -25)],
    feet: [at(6, 0), at(-5, 0)],
    elbows: [at(13, -74), at(-8, -62)],
    hands: [at(27, -83), at(-5, -47)],
  },
} satisfies Record<string, Pose>;

function headOf(look: Look, [x, y]: Point): string {
  const parts = [
    ellipse(x, y, 6.6, 8, look.skin),
    path(`M${x + 5.4} ${y - 2}L${x + 8.4} ${y + 2}Q${x + 8} ${y + 3.4} ${x + 5.6} ${y + 3.4}Z`, look.skin),
  ];
  const crown = `M${x - 7.4} ${y + 1}Q${x - 8.6} ${y - 9.6} ${x + 0.5} ${y - 9.8}Q${x + 8.6} ${y - 9} ${x + 7} ${y - 3}Q${x + 2} ${y - 3.4} ${x} ${y - 4}Q${x - 3} ${y - 1} ${x - 3.2} ${y + 3.4}Z`;
  const hat = look.hat ?? look.hair;
  switch (look.headgear) {
    case 'hood':
      parts.push(
        path(
          `M${x + 4.6} ${y - 8.6}Q${x - 4} ${y - 14} ${x - 9} ${y - 3}Q${x - 10.6} ${y + 6} ${x - 6} ${y + 10}L${x + 4} ${y + 10}Q${x - 3} ${y + 3} ${x + 0.6} ${y - 3}Z`,
          hat,
        ),
      );
      break;
    case 'scarf':
      parts.push(
        path(
          `M${x + 6.6} ${y - 4}Q${x + 5} ${y - 11} ${x - 2} ${y - 10.4}Q${x - 10} ${y - 8} ${x - 9} ${y + 3}Q${x - 10} ${y + 9} ${x - 8} ${y + 14}L${x + 6} ${y + 13}Q${x + 5} ${y + 8} ${x + 1} ${y + 6}Q${x - 2} ${y + 1} ${x} ${y - 4}Z`,
          hat,
        ),
      );
      break;
    case 'cap':
      parts.push(
        path(crown, look.hair),
        path(
          `M${x - 8} ${y - 3}Q${x - 8} ${y - 11.4} ${x + 1} ${y - 11}Q${x + 7} ${y - 10} ${x + 7.4} ${y - 5}L${x + 11} ${y - 3.6}L${x + 10.6} ${y - 2.4}L${x + 2} ${y - 3.8}Z`,
          hat,
        ),
      );
      break;
    case 'brim':
      parts.push(
        path(crown, look.hair),
        path(
          `M${x - 12} ${y - 3.4}Q${x} ${y - 6.6} ${x + 12} ${y - 3.4}L${x + 11.6} ${y - 5}Q${x + 7.6} ${y - 5.8} ${x + 6.8} ${y - 7.6}Q${x + 6} ${y - 13} ${x} ${y - 12.4}Q${x - 6.4} ${y - 13} ${x - 7} ${y - 7}Q${x - 8} ${y - 5.6} ${x - 11.6} ${y - 5}Z`,
          hat,
        ),
      );
      break;
    case 'wool':
      parts.push(
        path(
          `M${x - 7.8} ${y - 1.6}Q${x - 8.4} ${y - 12} ${x} ${y - 12}Q${x + 8} ${y - 11.6} ${x + 7.6} ${y - 3.4}Z`,
          hat,
        ),
        ellipse(x - 1, y - 13, 3, 2.6, look.coat),
      );
      break;
    case 'bun':
      parts.push(path(crown, look.hair), ellipse(x - 6.6, y - 7.4, 4.2, 4, look.hair));
      break;
    case 'long':
      parts.push(
        path(
          `M${x + 6.6} ${y - 3.4}Q${x + 6} ${y - 10.6} ${x - 1} ${y - 10}Q${x - 9} ${y - 9} ${x - 8.4} ${y + 2}Q${x - 9.6} ${y + 9} ${x - 8} ${y + 14}L${x - 1} ${y + 13}Q${x - 2} ${y + 4} ${x + 0.4} ${y - 4}Z`,
          look.hair,
        ),
      );
      break;
    default:
      parts.push(path(crown, look.hair));
  }
  return parts.join('');
}

/** A person in a pose, 100 tall with their feet at 0, 0. */
export function person(look: Look, pose: Pose): string {
  const { hip, neck } = pose;
  const head = pose.head ?? ([neck[0] + 1.5, neck[1] - 9.6] as const);
  const [dx, dy] = [hip[0] - neck[0], hip[1] - neck[1]];
  const long = Math.hypot(dx, dy);
  const [ux, uy] = [dx / long, dy / long];
  // Across the body, to the reader's left for someone upright.
  const [ax, ay] = [-uy, ux];
  const on = (down: number, across: number): Point => [
    neck[0] + ux * down + ax * across,
    neck[1] + uy * down + ay * across,
  ];
  const leg = (side: 0 | 1, colour: string) => {
    const [knee, foot] = [pose.knees[side], pose.feet[side]];
    const top = on(long - 2, side === 0 ? -2.5 : 2.5);
    const share = (from: Point, to: Point, part: number): Point => [
      from[0] + (to[0] - from[0]) * part,
      from[1] + (to[1] - from[1]) * part,
    ];
    const dim = (cloth: string) => (side === 0 ? mix(cloth, '#16242c', 0.3) : cloth);
    return group([
      path(ribbon([top, knee, foot], [13, 11, 7.4], 5), colour),
      look.socks ? path(ribbon([share(knee, foot, 0.24), foot], [10, 8], 2), dim(look.socks)) : '',
      look.shorts ? path(ribbon([top, share(top, knee, 0.8)], [14.5, 15.5], 2), dim(look.shorts)) : '',
      path(
        `M${foot[0] - 3.6} ${foot[1] - 4}L${foot[0] + 3} ${foot[1] - 4.4}L${foot[0] + 9} ${foot[1] - 0.4}Q${foot[0] + 9} ${foot[1] + 1.6} ${foot[0] + 6} ${foot[1] + 1.6}L${foot[0] - 3.8} ${foot[1] + 1.6}Z`,
        look.shoe ?? look.legsShade ?? look.legs,
      ),
    ]);
  };
  const arm = (side: 0 | 1, colour: string) => {
    const hand = pose.hands[side];
    return group([
      ellipse(hand[0], hand[1], 3.1, 3.1, look.skin),
      ellipse(...on(5.4, side === 0 ? -5.5 : 5), 4.9, 4.9, colour),
      path(ribbon([on(5, side === 0 ? -5.5 : 5), pose.elbows[side], hand], [9.6, 8.4, 6], 5), colour),
    ]);
  };
  const skirt = look.skirt ?? 4;
  const outline = [
    on(0.5, 4),
    on(4, 10.4),
    on(long * 0.6, 8.6),
    on(long, 10),
    at(hip[0] - 10 - skirt * 0.14, hip[1] + skirt),
    at(hip[0] + 10 + skirt * 0.14, hip[1] + skirt),
    on(long, -10),
    on(long * 0.6, -8.6),
    on(4, -10),
    on(0.5, -4),
  ];
  const shaded = [outline[4]!, outline[5]!, outline[6]!, outline[7]!, outline[8]!, outline[9]!];
  const lit = [on(0.5, -1), on(long * 0.6, -2), at(hip[0] + 1, hip[1] + skirt)];
  const line = (points: readonly Point[]) =>
    `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
  return group([
    arm(0, look.shade),
    leg(0, look.legsShade ?? look.legs),
    leg(1, look.legs),
    path(
      ribbon([on(3, 0), [(neck[0] * 2 + head[0]) / 3, (neck[1] * 2 + head[1]) / 3], head], [6, 5.4, 5], 3),
      look.skin,
    ),
    path(line(outline), look.coat, `stroke="${look.coat}" stroke-width="2.6" stroke-linejoin="round"`),
    path(line([...shaded.slice(1), ...lit]), look.shade),
    headOf(look, head),
    arm(1, look.coat),
  ]);
}

/** Someone in a pose at x, y, `tall` high; looking left when `flip`. */
export function stand(look: Look, pose: Pose, x: number, y: number, tall: number, flip = false): string {
  const inside = flip ? group(person(look, pose), 'transform="scale(-1 1)"') : person(look, pose);
  return moved(inside, x, y, tall / 100);
}

/** An open umbrella, the hand at 0, 0, in the measure of a person 100 tall. */
export function umbrella(colour: string, shade: string, handle: string): string {
  const top = -34;
  return group([
    stroke(`M0 4L0 ${top - 8}`, handle, 1.8),
    path(
      `M-34 ${top + 4}Q-30 ${top - 20} 0 ${top - 22}Q30 ${top - 20} 34 ${top + 4}Q28 ${top - 2} 23 ${top + 3}Q17 ${top - 3} 11 ${top + 2}Q5 ${top - 3} 0 ${top + 2}Q-6 ${top - 3} -11 ${top + 2}Q-17 ${top - 3} -23 ${top + 3}Q-28 ${top - 2} -34 ${top + 4}Z`,
      colour,
    ),
    path(
      `M0 ${top - 22}Q30 ${top - 20} 34 ${top + 4}Q28 ${top - 2} 23 ${top + 3}Q17 ${top - 3} 11 ${top + 2}Q12 ${top - 12} 0 ${top - 22}Z`,
      shade,
    ),
    rect(-0.9, top - 26, 1.8, 5, handle),
  ]);
}

const coats = ['#b4483a', '#2f6b73', '#d7a13f', '#22404a', '#7a5a6a', '#5f7a5a'];

/**
 * Someone of the town.
 * @param dark what the coat's shade goes towards: the colour of the night, if it is one
 */
export function someone(r: Random, from: readonly string[] = coats, dark = '#142430'): Look {
  const coat = r.pick(from);
  return {
    skin: r.pick(['#d9ad8a', '#b98562', '#8a5a3e', '#d2a581']),
    hair: r.pick(['#2b2019', '#5a3d28', '#8a8078', '#1d1713']),
    coat,
    shade: mix(coat, dark, 0.45),
    legs: mix(r.pick(['#2b3a44', '#3a3f4a', '#4a4238']), dark, 0.3),
    legsShade: dark,
    shoe: dark,
    skirt: r.pick([4, 16, 20, 24]),
    hat: r.pick(['#22404a', '#8a4437', '#d9c9a4', '#5a4a5a']),
    headgear: r.pick(['cap', 'wool', 'brim', 'bun', 'long', 'scarf', 'hood'] as const),
  };
}
