import { circle, cuts, ellipse, group, mix, moved, path, rect, within } from './ink.ts';
import type { Sheet } from './print.ts';
import type { Random } from './random.ts';
import { fade, ribbon, stroke } from './shapes.ts';

/** Someone seen from the front, light from the left. Measures are of a sheet 800 wide; the face's middle is 0, 0. */
export interface Face {
  readonly skin: string;
  readonly shade: string;
  readonly light: string;
  readonly lips: string;
  readonly brow: string;
  readonly iris: string;
  /** Width of the face and of its jaw, 1 for the usual. */
  readonly wide?: number;
  readonly jaw?: number;
  readonly age: 30 | 40 | 50 | 60 | 70;
  /** How far the corners of the mouth go up. */
  readonly smile?: number;
}

const outline = ({ wide = 1, jaw = 1 }: Face): string => {
  const [w, j] = [104 * wide, 58 * jaw];
  return `M${-w} -50C${-w - 2} 24 ${-w + 8} 84 ${-j} 124Q${-j * 0.52} 152 0 153Q${j * 0.52} 152 ${j} 124C${w - 8} 84 ${w + 2} 24 ${w} -50C${w} -132 ${w * 0.6} -172 0 -172C${-w * 0.6} -172 ${-w} -132 ${-w} -50Z`;
};

function eye(face: Face, side: -1 | 1): string {
  const x = side * 43;
  const tired = face.age >= 60 ? 2.5 : 0;
  return group([
    path(
      `M${x - 23} -14Q${x} ${-34 + tired} ${x + 23} -14Q${x} ${1 - tired} ${x - 23} -14Z`,
      side < 0 ? '#f4ead8' : mix('#f4ead8', face.shade, 0.28),
    ),
    circle(x, -16, 9.6, face.iris),
    circle(x, -16, 4.8, '#17161a'),
    circle(x - 3.4, -19.4, 2.6, '#fffaf0'),
    stroke(`M${x - 25} -13Q${x} ${-37 + tired} ${x + 25} -14`, '#2a1f1c', 5),
    stroke(`M${x - 22} -30Q${x} ${-46 + tired} ${x + 22} -31`, face.shade, 3),
    face.age >= 50 ? stroke(`M${x - 19} 8Q${x} 17 ${x + 19} 7`, face.shade, 3) : '',
  ]);
}

/** The face without hair: ears, neck, features and the lines of its years. */
export function head(r: Random, face: Face): string {
  const shape = outline(face);
  const smile = face.smile ?? 6;
  const wide = face.wide ?? 1;
  const old = face.age >= 60;
  const lines = [
    ...(face.age >= 40 ? [`M-30 44Q-48 58 -50 80`, `M34 44Q50 58 52 80`] : []),
    ...(face.age >= 50 ? ['M-54 -92Q0 -104 54 -92', 'M-92 -8Q-82 -2 -76 4', 'M92 -8Q82 -2 76 4'] : []),
    ...(old ? ['M-46 -112Q0 -124 46 -112', 'M-44 106Q-36 118 -30 122'] : []),
  ];
  return group([
    path('M-54 84L-58 176Q0 262 58 176L54 84Z', face.shade),
    path('M-54 108L-58 176Q-46 200 -24 212Q-44 176 -34 150Z', face.skin),
    ...[-1, 1].map((side) => ellipse(side * 106 * wide, 0, 17, 31, side < 0 ? face.skin : face.shade)),
    ...[-1, 1].map((side) =>
      stroke(
        `M${side * 108 * wide} -16Q${side * 116 * wide} 0 ${side * 104 * wide} 14`,
        mix(face.shade, '#3a1f18', 0.3),
        3.5,
      ),
    ),
    path(shape, face.skin),
    within('face', path(shape, '#000'), [
      // The side away from the light, cut as one plane.
      path(
        'M34 -190Q70 -120 62 -58Q54 -34 66 -6Q78 36 60 70Q58 110 22 132Q8 146 4 170L150 170L150 -190Z',
        face.shade,
      ),
      path('M-120 -60Q-98 30 -70 96Q-92 60 -120 60Z', face.light, 'opacity="0.8"'),
      ellipse(-54, 34, 24, 15, mix(face.lips, face.skin, 0.62), 'opacity="0.5"'),
      cuts(r, face.light, {
        count: 12,
        x: [-66, -20],
        y: [-128, -78],
        long: [18, 46],
        thick: [2, 5],
        spread: 4,
      }),
      cuts(r, mix(face.shade, '#3a1f18', 0.25), {
        count: 14,
        x: [66, 96],
        y: [-70, 84],
        long: [16, 40],
        thick: [2, 5],
        angle: 78,
        spread: 8,
      }),
      path('M-40 150Q0 128 40 150L40 170L-40 170Z', face.shade),
    ]),
    // Nose: its shaded side and its foot.
    path('M8 -40Q12 6 29 34Q32 48 18 52Q6 55 -6 50Q10 46 10 30Q4 2 8 -40Z', face.shade),
    path('M-7 -36Q-4 4 -8 26Q-2 8 0 -34Z', face.light),
    stroke('M-19 44Q-12 53 0 53Q14 56 22 45', mix(face.shade, '#3a1f18', 0.4), 4),
    eye(face, -1),
    eye(face, 1),
    ...[-1, 1].map((side) =>
      path(
        ribbon(
          [
            [side * 17, -50],
            [side * 42, -63 + (old ? 3 : 0)],
            [side * 72, -48],
          ],
          [11, 12, 4],
          6,
        ),
        face.brow,
      ),
    ),
    // Mouth.
    path(
      `M-34 ${88 - smile}Q-14 80 0 84Q14 80 34 ${88 - smile}Q14 94 0 93Q-14 94 -34 ${88 - smile}Z`,
      face.lips,
    ),
    path(
      `M-30 ${90 - smile}Q0 ${97 + smile * 0.4} 30 ${90 - smile}Q16 ${108 + smile * 0.2} 0 ${108 + smile * 0.2}Q-16 ${108 + smile * 0.2} -30 ${90 - smile}Z`,
      mix(face.lips, face.light, 0.18),
    ),
    stroke(`M-36 ${87 - smile}Q0 ${97 + smile * 0.5} 36 ${87 - smile}`, mix(face.lips, '#2a1512', 0.6), 4),
    ...lines.map((d) => stroke(d, mix(face.shade, '#4a2a20', 0.16), 3.4)),
  ]);
}

/** Glasses on the nose. */
export function glasses(colour: string, round: boolean): string {
  const rim = (side: -1 | 1) =>
    round
      ? ellipse(side * 46, -14, 37, 36, '#dfeceb', `fill-opacity="0.2" stroke="${colour}" stroke-width="7"`)
      : path(
          `M${side * 10} -42Q${side * 46} -50 ${side * 82} -40Q${side * 84} -2 ${side * 66} 12Q${side * 40} 20 ${side * 20} 8Q${side * 10} -6 ${side * 10} -42Z`,
          '#dfeceb',
          `fill-opacity="0.2" stroke="${colour}" stroke-width="7"`,
        );
  return group([
    rim(-1),
    rim(1),
    stroke(round ? 'M-10 -18Q0 -26 10 -18' : 'M-10 -32Q0 -38 10 -32', colour, 6),
    stroke(round ? 'M-83 -18L-108 -24' : 'M-84 -36L-108 -28', colour, 6),
    stroke(round ? 'M83 -18L108 -24' : 'M84 -36L108 -28', colour, 6),
    stroke('M-70 -34L-58 -2', '#fffdf4', 3, 'opacity="0.6"'),
  ]);
}

/** Tones of skin. */
export const pale = { skin: '#e3b894', shade: '#b98366', light: '#f4d6b4', lips: '#b9665a' };
export const brown = { skin: '#bd8558', shade: '#8a5638', light: '#d9a878', lips: '#94503f' };
export const deep = { skin: '#7d4e35', shade: '#523022', light: '#a06b4a', lips: '#7a3a34' };

/** Strands along hair, light on its left side. */
export const strands = (
  r: Random,
  colour: string,
  x: readonly [number, number],
  y: readonly [number, number],
  angle: number,
  count = 26,
): string => cuts(r, colour, { count, x, y, long: [34, 90], thick: [2.4, 6], angle, spread: 12, bend: 4 });

/** Shoulders to the foot of the sheet, and what is woven into their cloth. */
export function shoulders(cloth: string, shade: string, slope = 0, woven: readonly string[] = []): string {
  const shape = `M-330 480Q-320 ${278 + slope} -190 ${236 + slope}Q-90 ${206 + slope} -58 176L58 176Q90 ${206 + slope} 190 ${236 + slope}Q320 ${278 + slope} 330 480Z`;
  return group([
    path(shape, cloth),
    path(`M66 480Q86 330 60 176Q90 ${206 + slope} 190 ${236 + slope}Q320 ${278 + slope} 330 480Z`, shade),
    within('cloth', path(shape, '#000'), woven),
  ]);
}

export interface Sitter {
  /** Hair that falls behind the shoulders. */
  readonly behind?: readonly string[];
  readonly clothes: readonly string[];
  readonly head: readonly string[];
  /** What lies before the neck: collars and scarves. */
  readonly collar?: readonly string[];
  /** How large, and how far down the face's middle. */
  readonly scale?: number;
  readonly down?: number;
}

/** The portrait's sheet: a wall of one colour with the brayer's streaks, and who sits before it. */
export function seated(r: Random, wall: readonly [string, string], sitter: Sitter): Sheet {
  const lift = -36;
  return {
    width: 800,
    height: 800,
    art: group([
      fade('wall', wall, [0.6, 1]),
      rect(-40, -40, 880, 880, 'url(#wall)'),
      ...wall.map((colour) =>
        cuts(
          r,
          colour,
          { count: 46, x: [-80, 700], y: [0, 800], long: [120, 420], thick: [3, 12], spread: 2 },
          'opacity="0.5"',
        ),
      ),
      moved(
        [
          ...(sitter.behind ?? []),
          moved(sitter.clothes, 0, lift),
          ...sitter.head,
          moved(sitter.collar ?? [], 0, lift),
        ],
        400,
        sitter.down ?? 396,
        sitter.scale ?? 1.34,
      ),
    ]),
  };
}
