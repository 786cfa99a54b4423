import { cobbles } from './buildings.ts';
import {
  circle,
  cuts,
  ellipse,
  glow,
  group,
  line,
  moved,
  path,
  poly,
  rect,
  sky,
  width,
  within,
} from './ink.ts';
import { poses, someone, stand } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { stroke } from './shapes.ts';
import { houses, lamp } from './things.ts';

/** The seamen's café on its corner, in the evening. */
export function seamensCafe(): Sheet {
  const r = random('seamens-cafe');
  const [foot, dark, warm] = [868, '#14222c', '#ffd98c'];
  const corner = 1080;
  const [teal, tealShade] = ['#27606a', '#1a444e'];
  const coats = ['#8a3d34', '#a87a30', '#3f5a48', '#5f4458', '#22404a'];
  const guest = (x: number, y: number, size: number, flip: boolean) => {
    const look = someone(r, coats, '#2a2420');
    return within(
      `guest${Math.round(x)}`,
      rect(x - size, y - size * 2, size * 2, size * 2 + 4, '#000'),
      stand({ ...look, skirt: 4 }, poses.holding, x, y + size * 0.98, size * 2.1, flip),
    );
  };
  const table = (x: number, y: number, wide: number) =>
    group([
      rect(x - 5, y, 10, 74, '#4a2c1c'),
      ellipse(x, y, wide, wide * 0.17, '#6a4026'),
      ellipse(x, y - 6, wide, wide * 0.17, '#a86c3c'),
      path(
        `M${x - wide * 0.4} ${y - 22}L${x - wide * 0.16} ${y - 22}L${x - wide * 0.2} ${y - 7}L${x - wide * 0.36} ${y - 7}Z`,
        '#f6ead0',
      ),
      path(
        `M${x + wide * 0.2} ${y - 20}L${x + wide * 0.42} ${y - 20}L${x + wide * 0.38} ${y - 6}L${x + wide * 0.24} ${y - 6}Z`,
        '#f6ead0',
      ),
    ]);
  const ship = (x: number, y: number, w: number, h: number) =>
    group([
      rect(x - 6, y - 6, w + 12, h + 12, '#6a4026'),
      rect(x, y, w, h, '#cfe0d6'),
      rect(x, y + h * 0.66, w, h * 0.34, '#3f7a80'),
      path(
        `M${x + w * 0.2} ${y + h * 0.66}L${x + w * 0.8} ${y + h * 0.66}L${x + w * 0.72} ${y + h * 0.8}L${x + w * 0.28} ${y + h * 0.8}Z`,
        '#7f312b',
      ),
      poly([x + w * 0.48, y + h * 0.14, x + w * 0.48, y + h * 0.6, x + w * 0.24, y + h * 0.6], '#fff6e0'),
      poly([x + w * 0.53, y + h * 0.2, x + w * 0.53, y + h * 0.6, x + w * 0.76, y + h * 0.6], '#e8d8b4'),
    ]);
  const pot = (x: number, y: number, size: number) =>
    moved(
      [
        path('M-26 0Q-34 -36 -12 -62L-14 -84L16 -84L14 -62Q36 -36 28 0Z', '#c98a2e'),
        path('M6 0Q16 -36 4 -62L4 -84L16 -84L14 -62Q36 -36 28 0Z', '#8a5a1c'),
        path('M-20 -8Q-26 -34 -8 -58L-2 -58Q-16 -34 -12 -8Z', '#f3cf74'),
        stroke('M-24 -26Q-56 -34 -50 -74', '#c98a2e', 9),
        stroke('M26 -18Q62 -30 16 -70', '#8a5a1c', 7),
        path('M-18 -84L20 -84Q14 -100 1 -102Q-12 -100 -18 -84Z', '#e0a84a'),
        circle(1, -108, 7, '#c98a2e'),
      ],
      x,
      y,
      size,
    );
  const bay = (id: string, x: number, y: number, w: number, h: number, inside: string[]) =>
    group([
      rect(x - 14, y - 14, w + 28, h + 28, tealShade),
      within(id, rect(x, y, w, h, '#000'), [
        rect(x, y, w, h, '#eeb75e'),
        rect(x, y, w, h * 0.5, '#ffdf98'),
        rect(x, y + h * 0.7, w, h * 0.3, '#b8743a'),
        ...inside,
      ]),
    ]);
  const sash = (x: number, y: number, w: number, h: number, fill: string) =>
    group([
      rect(x - 8, y - 8, w + 16, h + 16, '#b9a584'),
      rect(x, y, w, h, fill),
      rect(x + w / 2 - 2.5, y, 5, h, '#b9a584'),
      rect(x, y + h * 0.45, w, 5, '#b9a584'),
      rect(x - 34, y - 4, 22, h + 8, '#2f5560'),
      rect(x + w + 12, y - 4, 22, h + 8, '#2f5560'),
      rect(x - 16, y + h + 8, w + 32, 9, '#8a7a62'),
    ]);
  const pendant = (x: number, y: number) =>
    group([
      line(x, y - 90, x, y - 12, dark, 3),
      path(
        `M${x - 26} ${y}Q${x - 20} ${y - 24} ${x} ${y - 26}Q${x + 20} ${y - 24} ${x + 26} ${y}Z`,
        '#8a3d34',
      ),
      circle(x, y + 4, 10, '#fffbe6'),
      glow(x, y + 4, 62, '#fff3c8', 3, 0.2),
    ]);
  return {
    art: group([
      sky(r, ['#1c3046', '#34506a', '#74808c', '#c4977f'], 700, 36),
      // The streets to both sides.
      houses(
        r,
        { x0: -60, x1: 260, foot: 800, low: 250, high: 380, litShare: 0.12 },
        { walls: ['#33495c', '#3d5264'], roofs: ['#22344a', '#2a3a4a'], window: '#1f3346', lit: '#e0ac58' },
      ),
      houses(
        r,
        { x0: 1380, x1: 1680, foot: 800, low: 200, high: 330, litShare: 0.14 },
        { walls: ['#3d5264', '#46596a'], roofs: ['#2a3a4a', '#34404c'], window: '#22364a', lit: '#e0ac58' },
      ),
      rect(-40, 790, width + 80, 120, '#2c3b47'),
      // The house: front and side.
      rect(150, 60, corner - 150, foot - 60, '#b8906a'),
      cuts(r, '#a07a58', {
        count: 60,
        x: [160, 1040],
        y: [80, 440],
        long: [30, 80],
        thick: [2, 5],
        spread: 1,
      }),
      cuts(r, '#caa680', {
        count: 60,
        x: [160, 1040],
        y: [80, 440],
        long: [30, 80],
        thick: [2, 5],
        spread: 1,
      }),
      poly([corner, 60, 1420, 150, 1420, 838, corner, foot], '#6f5a50'),
      cuts(r, '#5c4a44', {
        count: 40,
        x: [corner, 1360],
        y: [200, 470],
        long: [30, 60],
        thick: [2, 5],
        angle: 6,
      }),
      rect(138, 438, corner - 126, 22, '#d9c5a0'),
      poly([corner, 438, 1424, 474, 1424, 492, corner, 460], '#94826c'),
      ...[230, 478, 704, 930].map((x, at) => sash(x, 170, 92, 176, at === 2 ? '#f3c268' : '#2a4252')),
      ...[
        [1150, 196, 62, 0.9],
        [1290, 228, 54, 0.84],
      ].map(([x, y, w, share]) =>
        poly([x!, y!, x! + w!, y! + 14, x! + w!, y! + 170 * share!, x!, y! + 170], '#22364a'),
      ),
      rect(132, 40, corner - 116, 30, '#d9c5a0'),
      rect(140, 68, corner - 132, 9, '#8a6a50'),
      poly([corner + 16, 40, 1434, 132, 1434, 158, corner + 16, 70], '#94826c'),
      // The shop front.
      rect(150, 460, corner - 150, foot - 460, teal),
      rect(150, 472, corner - 150, 44, tealShade),
      rect(150, 516, corner - 150, 8, '#d9b25f'),
      poly([corner, 460, 1420, 492, 1420, 838, corner, foot], '#163a44'),
      bay('left', 186, 546, 420, 246, [
        ship(214, 574, 96, 66),
        ship(340, 566, 120, 78),
        ship(492, 576, 84, 62),
        guest(258, 786, 92, false),
        guest(378, 786, 92, true),
        guest(546, 790, 96, true),
        table(318, 744, 62),
        table(500, 756, 54),
        pendant(302, 612),
        pendant(478, 622),
      ]),
      ...[326, 466].map((x) => rect(x - 4, 546, 8, 246, tealShade)),
      bay('right', 806, 546, 236, 246, [
        ship(832, 572, 84, 62),
        ship(942, 568, 78, 66),
        guest(846, 790, 92, false),
        rect(880, 722, 170, 90, '#7a4a2a'),
        rect(874, 714, 180, 14, '#c98f4c'),
        guest(1000, 720, 70, true),
        rect(880, 728, 170, 84, '#7a4a2a'),
        pendant(924, 610),
      ]),
      pot(930, 716, 0.82),
      // The door.
      rect(640, 530, 132, foot - 530, tealShade),
      rect(652, 544, 108, foot - 556, '#b4483a'),
      rect(668, 562, 76, 160, warm),
      rect(668, 562, 76, 70, '#ffe9b4'),
      rect(703, 562, 6, 160, '#b4483a'),
      rect(668, 742, 76, 84, '#8d342d'),
      circle(748, 730, 6, '#f3cf74'),
      poly([620, foot, 792, foot, 806, foot + 20, 606, foot + 20], '#8d8578'),
      // The window round the corner.
      poly([1124, 552, 1352, 570, 1352, 790, 1124, 806], '#0e2b34'),
      poly([1136, 564, 1342, 580, 1342, 778, 1136, 792], '#e0a552'),
      poly([1136, 564, 1342, 580, 1342, 670, 1136, 676], '#f6cf84'),
      ...[1204, 1274].map((x) => line(x, 566, x, 790, '#0e2b34', 7)),
      path('M1156 790Q1160 726 1184 720Q1208 726 1212 788Z', '#5a3a2a'),
      circle(1184, 702, 18, '#6a4632'),
      path('M1290 782Q1294 726 1312 722Q1332 726 1334 778Z', '#3a4a44'),
      circle(1312, 706, 16, '#6a4632'),
      // The hanging sign: an anchor.
      line(corner, 500, 1196, 500, dark, 6),
      circle(1150, 566, 52, dark),
      circle(1150, 566, 45, '#f1e4c6'),
      stroke('M1150 542L1150 598M1134 556L1166 556M1124 578Q1128 600 1150 600Q1172 600 1176 578', dark, 7),
      circle(1150, 536, 7, 'none', `stroke="${dark}" stroke-width="5"`),
      // Street.
      rect(-40, foot, width + 80, 40, '#6a675f'),
      rect(-40, foot, width + 80, 7, '#8f897a'),
      rect(-40, foot + 38, width + 80, 200, '#34404a'),
      poly([180, foot + 2, 610, foot + 2, 700, 1070, 60, 1070], warm, 'opacity="0.22"'),
      poly([652, foot + 2, 762, foot + 2, 830, 1070, 610, 1070], warm, 'opacity="0.22"'),
      poly([806, foot + 2, 1046, foot + 2, 1160, 1070, 830, 1070], warm, 'opacity="0.22"'),
      cobbles(r, foot + 40, 1080, '#1b2630', 'opacity="0.75"'),
      cobbles(r, foot + 44, 1080, '#e0a95c', 'opacity="0.26"'),
      poly([606, foot + 10, 806, foot + 10, 818, foot + 26, 594, foot + 26], '#8d8578'),
      lamp(1508, 900, 470, dark, warm),
      // Those who come and go.
      stand(someone(r, ['#d9c9a4'], dark), poses.walking, 1400, 950, 250, true),
      stand(someone(r, ['#7f312b'], dark), poses.walking, 1330, 956, 234, true),
      stand(someone(r, ['#a87a30'], dark), poses.walking, 120, 962, 252),
    ]),
  };
}
