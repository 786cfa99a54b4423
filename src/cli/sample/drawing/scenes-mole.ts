import {
  circle,
  cloud,
  cuts,
  glitter,
  glow,
  group,
  gulls,
  line,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
} from './ink.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { carved } from './shapes.ts';

/** The pilots' watch house at the end of the mole, in the evening. */
export function pilotHut(): Sheet {
  const r = random('pilot-hut');
  const [horizon, dark] = [650, '#17242e'];
  const deck = 634;
  const piles = [520, 636, 752, 868];
  return {
    art: group([
      sky(r, ['#2c4257', '#56697a', '#a58a86', '#e3a274', '#f6cd8f'], horizon, 40),
      circle(1270, 560, 60, '#fff0c8'),
      glow(1270, 560, 230, '#ffe2a4', 4, 0.14),
      cloud(r, 820, 250, 620, '#6f6f7c', 'opacity="0.75"'),
      cloud(r, 60, 190, 420, '#43586a', 'opacity="0.8"'),
      cloud(r, 980, 420, 460, '#d99a78', 'opacity="0.8"'),
      ridge('hut coast', '#7d7270', {
        y: 640,
        rise: 12,
        wave: 120,
        shape: (x) => Math.max(0, (x - 1180) * 0.09),
      }),
      moved(
        [
          path('M-90 0L86 0L104 -20L-96 -20Z', '#3d4650'),
          rect(50, -52, 36, 34, '#3d4650'),
          rect(-60, -34, 90, 16, '#4d565e'),
          circle(68, -62, 4, '#fff0c4'),
        ],
        1060,
        652,
        0.8,
      ),
      water(r, horizon, { far: '#c99a7c', near: '#1d3846', light: '#f0c08a', dark: '#2a4250' }),
      glitter(r, '#ffe6b0', { x: 1270, top: 664, foot: 1050, narrow: 50, wide: 260, count: 70 }),
      // The mole.
      carved(
        r,
        'mole',
        'M-40 640L400 640L452 900L-40 904Z',
        '#4b5054',
        [
          ['#6f706c', { count: 40, x: [-40, 380], y: [660, 890], long: [30, 90], thick: [3, 7], spread: 3 }],
          ['#2b3138', { count: 60, x: [-40, 420], y: [670, 890], long: [40, 110], thick: [3, 8], spread: 3 }],
        ],
        [
          ...[700, 760, 820, 872].map((y) => line(-40, y, 470, y, '#2f363c', 3)),
          path('M352 630L400 640L460 910L398 910Z', '#a3785c'),
          ...[690, 746, 802, 858].map((y) => line(352, y, 470, y, '#75523f', 3)),
        ],
      ),
      cuts(r, '#f0c08a', { count: 22, x: [-60, 380], y: [894, 910], long: [50, 120], thick: [3, 6] }),
      path('M-40 906L456 904L420 1100L-40 1100Z', '#1b2a35', 'opacity="0.62"'),
      cuts(r, '#5d6f78', {
        count: 40,
        x: [-60, 420],
        y: [920, 1060],
        long: [60, 160],
        thick: [3, 7],
        bend: 4,
      }),
      rect(-40, 626, 470, 20, '#8a7a6a'),
      ...Array.from({ length: 9 }, (_, at) => line(-20 + at * 52, 630, -20 + at * 52, 560, dark, 5)),
      line(-40, 562, 430, 562, dark, 5),
      line(-40, 596, 430, 596, dark, 3.5),
      // Piles of stone, and the deck.
      ...piles.map((x, at) =>
        carved(
          r,
          `pile${at}`,
          `M${x - 8} ${deck + 20}L${x + 62} ${deck + 20}L${x + 72} 900Q${x + 30} 916 ${x - 18} 900Z`,
          '#565a5c',
          [
            [
              '#7d746c',
              { count: 12, x: [x - 10, x + 14], y: [deck + 40, 880], long: [20, 44], thick: [3, 7] },
            ],
            [
              '#34383d',
              { count: 14, x: [x + 10, x + 60], y: [deck + 40, 890], long: [20, 44], thick: [3, 8] },
            ],
          ],
          [
            ...[712, 768, 824, 876].map((y) => line(x - 20, y, x + 76, y, '#34383d', 3)),
            poly([x + 38, deck, x + 66, deck, x + 76, 916, x + 44, 916], '#b08362'),
            ...[712, 768, 824, 876].map((y) => line(x + 42, y, x + 76, y, '#75523f', 3)),
          ],
        ),
      ),
      ...piles.map((x) =>
        cuts(r, '#f0c08a', { count: 5, x: [x - 40, x + 20], y: [888, 912], long: [50, 100], thick: [3, 6] }),
      ),
      ...piles.map((x) =>
        glitter(r, '#22323e', { x: x + 30, top: 910, foot: 1040, narrow: 46, wide: 60, count: 14 }),
      ),
      poly([414, deck, 966, deck, 958, deck + 32, 420, deck + 32], '#6a4a36'),
      rect(414, deck - 4, 552, 12, '#b98a62'),
      // The hut.
      rect(500, 420, 300, 214, '#7d8a88'),
      ...Array.from({ length: 12 }, (_, at) => rect(500, 436 + at * 17, 300, 3, '#56666a')),
      poly([800, 420, 872, 438, 872, 634, 800, 634], '#c9a07a'),
      ...Array.from({ length: 11 }, (_, at) =>
        line(802, 440 + at * 18, 870, 455 + at * 16.6, '#93705a', 2.5),
      ),
      poly([474, 424, 540, 318, 774, 318, 830, 424], '#3a3f48'),
      poly([774, 318, 894, 440, 826, 426], '#6a4f48'),
      cuts(r, '#59606a', {
        count: 30,
        x: [490, 770],
        y: [330, 414],
        long: [30, 70],
        thick: [2, 5],
        angle: 2,
      }),
      rect(700, 268, 34, 62, '#8a4437'),
      rect(694, 262, 46, 12, '#5f2f28'),
      rect(546, 470, 108, 92, dark),
      rect(554, 478, 92, 76, '#ffd777'),
      rect(596, 478, 8, 76, dark),
      rect(554, 512, 92, 7, dark),
      glow(600, 516, 130, '#ffdc8f', 3, 0.1),
      rect(700, 490, 66, 144, '#2f5a62'),
      rect(708, 500, 22, 124, '#254a52'),
      rect(738, 500, 20, 124, '#254a52'),
      poly([824, 506, 856, 512, 856, 566, 824, 562], '#6a5a52'),
      // The mast with its signals.
      line(924, deck, 924, 150, dark, 9),
      line(850, 262, 998, 262, dark, 6),
      line(924, 176, 850, 262, dark, 2.5),
      line(924, 176, 998, 262, dark, 2.5),
      line(924, 300, 880, deck, dark, 2),
      line(924, 300, 962, deck, dark, 2),
      ...[
        [866, 300],
        [866, 352],
        [982, 300],
      ].map(([x, y]) => circle(x!, y!, 22, dark)),
      ...[
        [866, 300],
        [866, 352],
        [982, 300],
      ].map(([x, y]) =>
        path(
          `M${x! + 8} ${y! - 17}Q${x! + 24} ${y!} ${x! + 8} ${y! + 17}Q${x! + 16} ${y!} ${x! + 8} ${y! - 17}Z`,
          '#d99a70',
        ),
      ),
      line(866, 262, 866, 374, dark, 3),
      line(982, 262, 982, 322, dark, 3),
      poly([924, 154, 986, 168, 924, 186], '#b4483a'),
      ...Array.from({ length: 5 }, (_, at) => line(906 + at * 13, deck, 906 + at * 13, deck - 54, dark, 3.5)),
      line(880, deck - 54, 962, deck - 54, dark, 4),
      gulls(r, '#f3e0c4', [1020, 1480], [250, 480], 7),
    ]),
  };
}
