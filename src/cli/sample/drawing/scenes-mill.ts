import {
  circle,
  cloud,
  cuts,
  ellipse,
  glitter,
  group,
  line,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
  within,
} from './ink.ts';
import type { Sheet } from './print.ts';
import { random, type Random } from './random.ts';
import { ribbon, type Point } from './shapes.ts';

/** A willow whose boughs hang; light from the left. */
function willow(
  r: Random,
  x: number,
  y: number,
  tall: number,
  leaves: readonly string[],
  trunk: string,
): string {
  const strands = Array.from({ length: 150 }, (_, at) => {
    const turn = -Math.PI * r.num(0.04, 0.96);
    const reach = tall * r.num(0.12, 0.42);
    const [cx, cy] = [x + Math.cos(turn) * reach, y - tall * 0.66 + Math.sin(turn) * reach * 0.7];
    const side = Math.sign(cx - x) || 1;
    const drop = tall * r.num(0.2, 0.52);
    return path(
      ribbon(
        [
          [cx - side * reach * 0.3, cy - tall * 0.02],
          [cx + side * tall * 0.03, cy + drop * 0.24],
          [cx + side * tall * 0.07, cy + drop * 0.7],
          [cx + side * tall * 0.06, cy + drop],
        ],
        [tall * 0.03, tall * 0.05, tall * 0.036, 1],
        4,
      ),
      cx < x - tall * 0.06 && at > 50 ? leaves[0]! : leaves[1 + (at % (leaves.length - 1))]!,
    );
  });
  return group([
    path(
      ribbon(
        [
          [x + 6, y + 6],
          [x - tall * 0.02, y - tall * 0.25],
          [x + tall * 0.03, y - tall * 0.5],
          [x, y - tall * 0.72],
        ],
        [tall * 0.1, tall * 0.075, tall * 0.06, tall * 0.02],
      ),
      trunk,
    ),
    path(
      ribbon(
        [
          [x, y - tall * 0.38],
          [x + tall * 0.12, y - tall * 0.56],
          [x + tall * 0.2, y - tall * 0.64],
        ],
        [tall * 0.045, tall * 0.03, 2],
      ),
      trunk,
    ),
    ellipse(x + tall * 0.05, y - tall * 0.74, tall * 0.32, tall * 0.26, leaves[2]!),
    ellipse(x - tall * 0.12, y - tall * 0.76, tall * 0.25, tall * 0.22, leaves[1]!),
    ...strands,
    cuts(r, leaves[0]!, {
      count: 30,
      x: [x - tall * 0.3, x - tall * 0.06],
      y: [y - tall * 0.9, y - tall * 0.56],
      long: [tall * 0.06, tall * 0.16],
      thick: [2, tall * 0.02],
      angle: 112,
      spread: 16,
    }),
  ]);
}

/** Cold Mill and its weir. */
export function weir(): Sheet {
  const r = random('weir');
  const leaves = ['#b9b96a', '#7f9a5a', '#64855a', '#527550', '#8fa35f'];
  const [stone, stoneShade, stoneLight, dark] = ['#c2ad8c', '#8d7a64', '#dccbaa', '#33403f'];
  const bushes = (x0: number, x1: number, y: number, size: number, colours: readonly string[]) =>
    Array.from({ length: Math.round((x1 - x0) / (size * 0.7)) }, (_, at) =>
      circle(x0 + at * size * 0.7, y + r.near() * size * 0.16, size * r.num(0.42, 0.66), r.pick(colours)),
    ).join('');
  return {
    art: group([
      sky(r, ['#9cc0c0', '#c6d8c6', '#f0e2b8', '#f5d8a4'], 560),
      cloud(r, 120, 170, 520, '#f6eeda', 'opacity="0.9"'),
      cloud(r, 860, 120, 440, '#f6eeda', 'opacity="0.75"'),
      ridge('weir far', '#a9bda8', {
        y: 420,
        rise: 50,
        wave: 300,
        shape: (x) => 110 * Math.exp(-(((x - 420) / 360) ** 2)),
      }),
      ridge('weir middle', '#86a487', {
        y: 486,
        rise: 44,
        wave: 240,
        shape: (x) => 80 * Math.exp(-(((x - 1320) / 330) ** 2)),
      }),
      ridge('weir near', '#6c8e6c', { y: 536, rise: 26, wave: 170 }),
      cuts(r, '#9cb694', {
        count: 60,
        x: [-40, 1560],
        y: [470, 560],
        long: [30, 110],
        thick: [2, 5],
        angle: -6,
        spread: 8,
      }),
      bushes(-60, 760, 566, 60, ['#5f8058', '#6f8f5c', '#4f7050']),
      willow(r, 470, 580, 260, leaves, '#5a4a3a'),
      willow(r, 690, 588, 220, leaves, '#5a4a3a'),
      // Still water above the weir.
      rect(-40, 584, 1100, 80, '#8fb0a6'),
      cuts(r, '#d9e4c6', {
        count: 50,
        x: [-60, 960],
        y: [592, 654],
        long: [60, 200],
        thick: [2, 5],
        spread: 1,
      }),
      cuts(r, '#5f8a80', {
        count: 50,
        x: [-60, 960],
        y: [592, 654],
        long: [40, 160],
        thick: [2, 5],
        spread: 1,
      }),
      // The far bank on the right, behind the mill.
      bushes(1180, 1680, 560, 84, ['#5f8058', '#6f8f5c', '#4f7050']),
      // What falls over the sill, and the pool.
      path('M-40 652L860 640L900 760L-40 812Z', '#dbe6dc'),
      path('M-40 646L862 634L864 648L-40 664Z', '#6f9a8e'),
      cuts(
        r,
        '#7fa8a0',
        { count: 120, x: [-40, 860], y: [652, 740], long: [30, 90], thick: [3, 8], angle: 92, spread: 5 },
        'opacity="0.75"',
      ),
      cuts(
        r,
        '#ffffff',
        { count: 90, x: [-40, 860], y: [650, 740], long: [30, 90], thick: [3, 8], angle: 92, spread: 5 },
        'opacity="0.8"',
      ),
      water(r, 770, { far: '#8fb4aa', near: '#234e55', light: '#dfe9cf', dark: '#2c5c60' }),
      cuts(r, '#f6f8ec', {
        count: 110,
        x: [-60, 840],
        y: [752, 850],
        long: [40, 150],
        thick: [4, 12],
        spread: 4,
        bend: 5,
      }),
      cuts(
        r,
        '#e4eedd',
        { count: 50, x: [-60, 1100], y: [850, 980], long: [60, 220], thick: [3, 9], spread: 3, bend: 5 },
        'opacity="0.8"',
      ),
      // The mill.
      poly([820, 300, 1230, 300, 1230, 812, 820, 812], stone),
      within('mill', rect(820, 250, 410, 570, '#000'), [
        cuts(r, stoneLight, {
          count: 90,
          x: [820, 1180],
          y: [310, 800],
          long: [24, 60],
          thick: [3, 9],
          spread: 2,
        }),
        cuts(r, stoneShade, {
          count: 110,
          x: [820, 1200],
          y: [310, 800],
          long: [24, 60],
          thick: [2, 6],
          spread: 2,
        }),
        rect(820, 740, 420, 90, '#6f6a58', 'opacity="0.6"'),
      ]),
      poly([1230, 300, 1404, 352, 1404, 800, 1230, 812], stoneShade),
      cuts(r, '#71604f', {
        count: 50,
        x: [1234, 1380],
        y: [350, 780],
        long: [16, 40],
        thick: [2, 6],
        angle: 6,
        spread: 4,
      }),
      poly([796, 306, 872, 176, 1196, 176, 1252, 306], '#6a4a44'),
      poly([1196, 176, 1424, 356, 1404, 364, 1252, 306, 1226, 306], '#4d3a3a'),
      cuts(r, '#8a5f52', {
        count: 50,
        x: [840, 1190],
        y: [190, 296],
        long: [24, 70],
        thick: [2, 6],
        spread: 2,
      }),
      rect(1096, 112, 54, 90, stoneShade),
      rect(1096, 112, 22, 90, stone),
      rect(1088, 104, 70, 14, '#6a4a44'),
      poly([978, 186, 1024, 134, 1070, 186, 1070, 240, 978, 240], stone),
      poly([966, 190, 1024, 120, 1082, 190, 1066, 194, 1024, 142, 982, 194], '#4d3a3a'),
      rect(1004, 186, 40, 54, dark),
      line(1024, 150, 948, 140, dark, 7),
      line(952, 140, 952, 214, dark, 3),
      ...[
        [872, 360],
        [986, 360],
        [1130, 360],
        [986, 510],
        [1130, 510],
      ].flatMap(([x, y]) => [
        rect(x! - 6, y! - 8, 64, 12, stoneLight),
        rect(x!, y!, 52, 78, dark),
        rect(x! + 24, y!, 5, 78, stoneLight),
        rect(x!, y! + 34, 52, 5, stoneLight),
        rect(x! - 6, y! + 76, 64, 10, stoneShade),
      ]),
      ...[
        [1280, 420],
        [1280, 560],
      ].map(([x, y]) => poly([x!, y!, x! + 52, y! + 12, x! + 52, y! + 90, x!, y! + 84], '#2b3436')),
      rect(1128, 660, 70, 140, '#4f3a30'),
      path('M1120 668Q1163 616 1206 668L1198 668L1128 668Z', stoneLight),
      // Its wheel.
      circle(862, 684, 138, 'none', 'stroke="#3d2f28" stroke-width="16"'),
      circle(862, 684, 100, 'none', 'stroke="#5f4838" stroke-width="9"'),
      ...Array.from({ length: 12 }, (_, at) => {
        const turn = (Math.PI * at) / 6 + 0.2;
        const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
        return group([
          line(862, 684, 862 + cos * 130, 684 + sin * 130, '#4a382e', 7),
          line(
            862 + cos * 104 - sin * 4,
            684 + sin * 104 + cos * 4,
            862 + cos * 152 + sin * 16,
            684 + sin * 152 - cos * 16,
            '#6a5040',
            12,
          ),
        ]);
      }),
      circle(862, 684, 20, '#33261f'),
      cuts(r, '#f2f6ea', {
        count: 46,
        x: [760, 900],
        y: [790, 832],
        long: [40, 120],
        thick: [4, 11],
        spread: 6,
        bend: 4,
      }),
      // The bank under the mill, and a willow before it.
      path('M930 830Q1060 800 1240 806L1700 760L1700 900Q1400 880 1240 870Q1080 872 960 852Z', '#5f7a52'),
      cuts(r, '#8fa35f', {
        count: 60,
        x: [980, 1560],
        y: [800, 860],
        long: [20, 60],
        thick: [3, 7],
        angle: -70,
        spread: 20,
      }),
      willow(r, 1452, 846, 560, leaves, '#4d3d32'),
      cuts(r, '#3f5f48', {
        count: 30,
        x: [980, 1560],
        y: [856, 890],
        long: [50, 150],
        thick: [4, 9],
        spread: 3,
      }),
      glitter(r, stone, { x: 1060, top: 880, foot: 1050, narrow: 150, wide: 190, count: 24 }),
      glitter(r, '#64855a', { x: 1440, top: 896, foot: 1056, narrow: 200, wide: 220, count: 34 }),
      // Reeds in front.
      ...Array.from({ length: 60 }, () =>
        path(
          ribbon(
            [
              [r.num(-40, 420), 1100],
              [r.num(-40, 420), 1000],
            ].map(([x], at): Point => [x! * 0.4 + at * 8, at === 0 ? 1100 : r.num(900, 1010)]),
            [9, 1],
            3,
          ),
          r.pick(['#3f6048', '#557a50', '#2f4f42', '#7f9a5a']),
        ),
      ),
    ]),
  };
}
