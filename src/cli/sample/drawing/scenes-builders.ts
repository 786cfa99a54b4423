import {
  circle,
  cloud,
  cuts,
  ellipse,
  group,
  gulls,
  line,
  mix,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
} from './ink.ts';
import { poses, stand, type Look, type Pose } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { carved } from './shapes.ts';

/** A barrow pushed from the left, its wheel at 0, 0. */
function barrow(ink: string, light: string, load: string): string {
  return group([
    path('M-74 -46Q-56 -78 -34 -70Q-10 -80 6 -52Z', load),
    poly([-84, -50, 12, -50, -6, -16, -66, -16], light),
    poly([-40, -50, 12, -50, -6, -16, -34, -16], ink),
    line(-128, -46, -60, -20, ink, 6),
    line(-60, -18, 0, -4, ink, 6),
    line(-62, -18, -66, 12, ink, 5),
    circle(0, 0, 17, ink),
    circle(0, 0, 7, light),
  ]);
}

/** The gang at work in 1952, in one ink. */
export function wallBuilders(): Sheet {
  const r = random('wall-builders');
  const [ink, dark, grey, pale, paper] = ['#23262b', '#3a3d42', '#6d6e70', '#a9a7a1', '#e6e1d4'];
  const coats = [dark, '#54565a', grey, '#85868a'];
  const worker = (): Look => {
    const coat = r.pick(coats);
    return {
      skin: '#c2bdb0',
      hair: ink,
      coat,
      shade: mix(coat, ink, 0.5),
      legs: r.pick([ink, dark, '#4a4d52']),
      legsShade: ink,
      shoe: ink,
      skirt: 3,
      hat: r.pick([ink, dark]),
      headgear: r.pick(['cap', 'cap', 'cap', 'brim', 'long'] as const),
    };
  };
  const shovel = (x: number, y: number, tall: number, turn: number) =>
    moved(
      [
        line(0, 0, 0, 74, pale, 3.4),
        path('M-7 72L7 72L9 92Q0 104 -9 92Z', ink),
        line(-6, 0, 6, 0, pale, 3.4),
      ],
      x,
      y,
      tall / 100,
      turn,
    );
  const row: [number, number, number, Pose, number][] = [
    [150, 830, 226, poses.digging, 1],
    [322, 842, 236, poses.pushing, 1],
    [566, 836, 230, poses.digging, -1],
    [700, 838, 222, poses.lifting, 1],
    [838, 842, 238, poses.pushing, 1],
    [1070, 836, 228, poses.digging, 1],
    [1216, 830, 232, poses.lifting, -1],
    [1330, 838, 240, poses.pointing, -1],
    [1466, 836, 228, poses.digging, -1],
  ];
  return {
    art: group([
      sky(r, ['#9c9c98', '#b9b7b0', '#d4d0c5', '#e6e1d4'], 560, 60),
      cloud(r, 40, 220, 640, '#8f908e', 'opacity="0.65"'),
      cloud(r, 900, 150, 640, '#a4a49f', 'opacity="0.8"'),
      ridge('wall builders cape', '#b0aea6', {
        y: 552,
        rise: 8,
        wave: 120,
        shape: (x) => (x < 420 ? (420 - x) * 0.08 : 0),
      }),
      water(r, 556, { far: '#b3b1aa', near: '#6d6e70', light: '#ece8dc', dark: '#55585c' }),
      // The crane.
      ...[1080, 1200].flatMap((x) => [line(x, 640, 1140, 60, dark, 8)]),
      ...Array.from({ length: 9 }, (_, at) => {
        const [a, b] = [at / 9, (at + 1) / 9];
        const left = (s: number) => 1080 + 60 * s;
        const right = (s: number) => 1200 - 60 * s;
        const y = (s: number) => 640 - 580 * s;
        return group([
          line(left(a), y(a), right(b), y(b), dark, 4),
          line(right(a), y(a), left(b), y(b), dark, 4),
        ]);
      }),
      line(1140, 190, 560, 96, dark, 7),
      line(1140, 222, 560, 102, dark, 7),
      ...Array.from({ length: 12 }, (_, at) => {
        const [a, b] = [at / 12, (at + 1) / 12];
        return line(
          1140 - 580 * a,
          at % 2 === 0 ? 190 - 94 * a : 222 - 120 * a,
          1140 - 580 * b,
          at % 2 === 0 ? 222 - 120 * b : 190 - 94 * b,
          dark,
          3,
        );
      }),
      line(1140, 60, 560, 98, dark, 3),
      line(1140, 60, 1390, 214, dark, 3),
      line(1140, 206, 1390, 214, dark, 8),
      rect(1350, 200, 84, 74, dark),
      rect(1104, 196, 74, 62, ink),
      rect(1118, 208, 26, 24, paper),
      line(640, 112, 640, 452, ink, 3),
      line(640, 452, 596, 484, ink, 3),
      line(640, 452, 684, 484, ink, 3),
      rect(588, 482, 104, 66, '#c9c5b9'),
      rect(656, 482, 36, 66, grey),
      // The wall, finished at the right and in courses at the left.
      ...[0, 1, 2, 3, 4].flatMap((course) => {
        const from = 470 + course * 150 + (course % 2) * 46;
        const y = 690 - course * 46;
        return Array.from({ length: Math.ceil((1680 - from) / 104) }, (_, at) => {
          const x = from + at * 104;
          return group([
            rect(x, y, 101, 44, r.pick(['#c9c5b9', '#bdb9ae', '#d4d0c4'])),
            rect(x, y + 30, 101, 14, '#8f8e89'),
            rect(x + 88, y, 13, 44, '#8f8e89'),
            rect(x, y, 101, 5, paper),
          ]);
        });
      }),
      cuts(r, '#85868a', {
        count: 70,
        x: [560, 1560],
        y: [520, 720],
        long: [14, 50],
        thick: [2, 5],
        spread: 6,
      }),
      // Scaffold and two on top.
      ...[1010, 1200, 1400, 1560].map((x) => line(x, 740, x, 420, ink, 6)),
      line(980, 470, 1600, 470, ink, 6),
      line(1010, 700, 1200, 470, ink, 4),
      line(1400, 700, 1560, 470, ink, 4),
      stand(worker(), poses.lifting, 1300, 466, 150),
      stand(worker(), poses.digging, 1450, 466, 146, true),
      stand(worker(), poses.pointing, 752, 646, 146, true),
      // The shore: shingle, heaps and a plank way.
      path('M-60 650Q200 690 470 724Q800 744 1700 730L1700 1110L-60 1110Z', '#8f8e89'),
      path('M-60 760Q300 800 700 800T1700 790L1700 1110L-60 1110Z', '#6d6e70'),
      cuts(r, paper, {
        count: 90,
        x: [-60, 520],
        y: [640, 720],
        long: [60, 190],
        thick: [3, 9],
        angle: 6,
        spread: 4,
        bend: 4,
      }),
      cuts(r, '#b9b7b0', {
        count: 110,
        x: [-60, 1560],
        y: [740, 1040],
        long: [20, 90],
        thick: [2, 7],
        spread: 4,
      }),
      cuts(r, dark, {
        count: 120,
        x: [-60, 1560],
        y: [770, 1050],
        long: [30, 120],
        thick: [3, 9],
        spread: 5,
      }),
      carved(r, 'heap1', 'M-60 850Q40 740 140 748Q260 780 330 862Z', '#a9a7a1', [
        [
          paper,
          { count: 26, x: [-40, 160], y: [760, 850], long: [20, 60], thick: [3, 7], angle: -40, spread: 14 },
        ],
        [
          dark,
          { count: 26, x: [140, 300], y: [790, 860], long: [20, 60], thick: [3, 7], angle: 40, spread: 14 },
        ],
      ]),
      carved(r, 'heap2', 'M950 860Q1020 770 1096 774Q1190 800 1240 862Z', '#a9a7a1', [
        [
          paper,
          { count: 22, x: [960, 1100], y: [780, 850], long: [20, 50], thick: [3, 7], angle: -40, spread: 14 },
        ],
        [
          dark,
          { count: 22, x: [1090, 1220], y: [800, 860], long: [20, 50], thick: [3, 7], angle: 40, spread: 14 },
        ],
      ]),
      poly([250, 850, 980, 850, 1000, 868, 240, 870], '#c9c5b9'),
      poly([240, 870, 1000, 868, 1000, 880, 240, 882], ink),
      ...row.map(([x, y, tall, pose, side]) => {
        const flip = side < 0;
        const digs = pose === poses.digging;
        const size = tall / 100;
        return group([
          ellipse(x + 10, y + 4, tall * 0.3, 9, ink, 'opacity="0.55"'),
          digs ? shovel(x + side * 13 * size, y - 60 * size, tall, side * -38) : '',
          stand(worker(), pose, x, y, tall, flip),
          pose === poses.pushing
            ? moved(barrow(ink, '#c9c5b9', '#a9a7a1'), x + 22 * size + 122, y - 16, 1.02)
            : '',
          pose === poses.lifting
            ? rect(x + side * 22 * size - (flip ? 74 : 0), y - 70 * size, 74, 44, '#d4d0c4')
            : '',
          pose === poses.lifting
            ? rect(x + side * 22 * size - (flip ? 74 : 0), y - 70 * size + 30, 74, 14, '#85868a')
            : '',
        ]);
      }),
      // Stones and tools in front.
      ...[
        [90, 960, 120],
        [240, 984, 96],
        [1330, 960, 130],
        [1480, 990, 104],
        [1220, 1000, 88],
      ].flatMap(([x, y, wide]) => [
        rect(x!, y!, wide!, wide! * 0.46, '#bdb9ae'),
        rect(x!, y! + wide! * 0.32, wide!, wide! * 0.14, dark),
        rect(x!, y!, wide!, 6, paper),
        rect(x! + wide! * 0.84, y!, wide! * 0.16, wide! * 0.46, grey),
      ]),
      line(560, 1010, 730, 968, pale, 7),
      path('M730 968L746 952Q776 950 770 972Q760 986 738 984Z', ink),
      gulls(r, ink, [160, 520], [300, 480], 7),
    ]),
  };
}
