import {
  circle,
  cloud,
  cut,
  cuts,
  ellipse,
  glow,
  group,
  height,
  mix,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  width,
  within,
} from './ink.ts';
import type { Sheet } from './print.ts';
import { random, type Random } from './random.ts';
import { along, carved, fade, ribbon, type Point } from './shapes.ts';

/** An eel from its tail to its head, its belly to the light. */
function eel(
  r: Random,
  id: string,
  spine: readonly Point[],
  size: number,
  colours: { back: string; belly: string; fin: string },
): string {
  const widths = [3, 13, 22, 29, 33, 35, 35, 33, 27, 22].map((wide) => wide * size);
  const body = ribbon(spine, widths, 14);
  const line = along(spine, 14);
  const [head, before] = [line[line.length - 1]!, line[line.length - 10]!];
  const turn = (Math.atan2(head[1] - before[1], head[0] - before[0]) * 180) / Math.PI;
  const flip = Math.abs(turn) > 90 ? -1 : 1;
  const under = spine.map(([x, y]): Point => [x, y + 11 * size]);
  return group([
    path(
      ribbon(
        spine,
        widths.map((wide, at) => (at < 6 ? wide * 1.5 : wide * 0.9)),
        14,
      ),
      colours.fin,
      'opacity="0.9"',
    ),
    path(body, colours.back),
    within(id, path(body, '#000'), [
      path(
        ribbon(
          under,
          widths.map((wide) => wide * 0.72),
          14,
        ),
        colours.belly,
      ),
      ...line
        .filter((_, at) => at % 4 === 0)
        .map(([x, y]) =>
          path(
            cut(x + r.near() * 4, y - 6 * size, 26 * size, 3.4 * size, turn * 0.4 + r.near() * 30),
            mix(colours.back, colours.belly, 0.32),
          ),
        ),
    ]),
    moved(
      [
        ellipse(3 * size, 0, 20 * size, 12.5 * size, colours.back),
        path(
          `M${-14 * size} ${5 * size}Q${4 * size} ${13 * size} ${17 * size} ${2 * size}Q${2 * size} ${5 * size} ${-14 * size} ${5 * size}Z`,
          colours.belly,
        ),
        circle(5 * size, -4 * size, 4.4 * size, '#e9dcae'),
        circle(5.6 * size, -4 * size, 2.3 * size, '#0d1a1c'),
        path(
          `M${-34 * size} ${4 * size}Q${-52 * size} ${24 * size} ${-66 * size} ${22 * size}Q${-56 * size} ${8 * size} ${-40 * size} ${0}Z`,
          colours.fin,
        ),
      ],
      head[0],
      head[1],
      1,
      flip < 0 ? turn + 180 : turn,
    ).replace('scale(1)', `scale(${flip} 1)`),
  ]);
}

/** Eels on their way to the weir, at night. */
export function eels(): Sheet {
  const r = random('eels');
  const surface = 296;
  const weed = (x: number, tall: number, lean: number, colour: string, wide: number) =>
    path(
      ribbon(
        [
          [x, 1110],
          [x + lean * 0.1 + 20, 1080 - tall * 0.3],
          [x + lean * 0.4 - 22, 1080 - tall * 0.6],
          [x + lean * 0.7 + 16, 1080 - tall * 0.84],
          [x + lean, 1080 - tall],
        ],
        [wide, wide * 1.1, wide, wide * 0.7, 1],
      ),
      colour,
    );
  const silver = { back: '#1a2b2c', belly: '#c9d3bd', fin: '#0f2022' };
  const olive = { back: '#2b3a2a', belly: '#b9b98a', fin: '#152520' };
  return {
    art: group([
      sky(r, ['#101d2e', '#1b3044', '#34505f'], surface + 10, 24),
      glow(1010, 130, 230, '#f4ecd0', 5, 0.12),
      circle(1010, 130, 66, '#fbf2d6'),
      cloud(r, 760, 150, 420, '#2b4558', 'opacity="0.9"'),
      cloud(r, 980, 94, 460, '#22394d', 'opacity="0.85"'),
      ridge('eel hills', '#14242f', { y: 246, rise: 26, wave: 120, foot: 310 }),
      // Under the water.
      fade('pool', ['#7fae92', '#3f7f6e', '#1f5450', '#123438', '#0a2026']),
      rect(-60, surface, width + 120, height, 'url(#pool)'),
      ...[640, 800, 960, 1130].map((x, at) =>
        poly(
          [x, surface, x + 90, surface, x + 40 - at * 70, 1080, x - 240 - at * 70, 1080],
          '#d9e6b8',
          'opacity="0.09"',
        ),
      ),
      cuts(
        r,
        '#a9cba4',
        {
          count: 60,
          x: [200, 1240],
          y: [surface + 20, 620],
          long: [40, 160],
          thick: [2, 6],
          angle: -4,
          spread: 10,
        },
        'opacity="0.4"',
      ),
      cuts(
        r,
        '#0c2628',
        { count: 60, x: [-60, 1600], y: [620, 1040], long: [60, 220], thick: [3, 9], angle: -4, spread: 10 },
        'opacity="0.6"',
      ),
      // The weir at the right, and what falls over it.
      carved(r, 'sill', 'M1330 214L1700 198L1700 1100L1244 1100L1258 700L1296 470Z', '#2e3d42', [
        [
          '#4d6062',
          { count: 40, x: [1280, 1600], y: [300, 1060], long: [40, 110], thick: [3, 8], spread: 4 },
        ],
        [
          '#182a30',
          { count: 50, x: [1240, 1600], y: [300, 1060], long: [50, 130], thick: [3, 9], spread: 4 },
        ],
      ]),
      path(
        'M1700 176L1340 196Q1268 206 1250 300Q1236 380 1220 430L1330 440Q1330 330 1372 262L1700 236Z',
        '#b9d0c4',
      ),
      path('M1700 190L1360 208Q1300 226 1284 320L1262 430L1300 436Q1310 320 1352 250L1700 222Z', '#eef2e2'),
      cuts(r, '#5f8f88', {
        count: 26,
        x: [1230, 1330],
        y: [230, 380],
        long: [40, 110],
        thick: [2, 6],
        angle: 102,
        spread: 8,
      }),
      cuts(
        r,
        '#e9efdc',
        {
          count: 70,
          x: [1080, 1300],
          y: [300, 470],
          long: [30, 110],
          thick: [3, 10],
          angle: 176,
          spread: 12,
          bend: 5,
        },
        'opacity="0.85"',
      ),
      cuts(r, '#e4ecdc', {
        count: 34,
        x: [1224, 1326],
        y: [370, 436],
        long: [50, 120],
        thick: [5, 12],
        angle: 98,
        spread: 10,
      }),
      ...Array.from({ length: 60 }, () =>
        circle(1262 + r.near() * 70, r.num(320, 560), r.num(3, 9), '#e9efdc', 'opacity="0.6"'),
      ),
      // The surface.
      path(
        `M-60 ${surface}Q160 ${surface - 10} 380 ${surface + 2}T820 ${surface - 2}T1270 ${surface + 4}L1270 ${surface + 16}L-60 ${surface + 14}Z`,
        '#d9e6c4',
      ),
      cuts(r, '#f6f2d8', {
        count: 50,
        x: [-60, 1200],
        y: [surface - 6, surface + 26],
        long: [50, 190],
        thick: [2, 6],
        spread: 2,
      }),
      cuts(r, '#f6f2d8', {
        count: 22,
        x: [880, 1110],
        y: [surface - 4, surface + 40],
        long: [60, 150],
        thick: [3, 8],
        spread: 2,
      }),
      // Weed behind the eels.
      ...Array.from({ length: 34 }, (_, at) =>
        weed(
          -40 + at * 40 + r.near() * 20,
          r.num(260, 560),
          r.num(60, 170),
          r.pick(['#1a4a40', '#205a48', '#184038', '#2a6a50']),
          r.num(14, 26),
        ),
      ),
      eel(
        r,
        'eel1',
        [
          [60, 900],
          [190, 800],
          [300, 850],
          [420, 760],
          [520, 660],
          [660, 680],
          [760, 590],
          [900, 520],
        ],
        1.3,
        silver,
      ),
      eel(
        r,
        'eel2',
        [
          [330, 1010],
          [470, 970],
          [560, 900],
          [700, 930],
          [820, 850],
          [920, 760],
          [1050, 760],
          [1130, 670],
        ],
        1.42,
        olive,
      ),
      eel(
        r,
        'eel3',
        [
          [120, 560],
          [230, 510],
          [330, 560],
          [450, 520],
          [540, 440],
          [660, 450],
          [760, 400],
        ],
        0.95,
        silver,
      ),
      eel(
        r,
        'eel4',
        [
          [820, 1010],
          [900, 990],
          [980, 930],
          [1080, 960],
          [1150, 900],
          [1170, 820],
          [1215, 760],
        ],
        0.95,
        silver,
      ),
      eel(
        r,
        'eel5',
        [
          [700, 560],
          [790, 520],
          [850, 470],
          [930, 480],
          [1000, 430],
          [1060, 390],
          [1130, 380],
        ],
        0.78,
        olive,
      ),
      // Weed in front.
      ...Array.from({ length: 22 }, (_, at) =>
        weed(
          -60 + at * 64 + r.near() * 26,
          r.num(120, 330),
          r.num(40, 130),
          r.pick(['#2f7a58', '#4a9462', '#226048', '#6aa868']),
          r.num(16, 30),
        ),
      ),
      ...Array.from({ length: 8 }, (_, at) =>
        weed(
          20 + at * 170 + r.near() * 50,
          r.num(420, 560),
          r.num(120, 190),
          r.pick(['#3f8a60', '#2f7a58']),
          r.num(15, 22),
        ),
      ),
      path('M-60 1030Q200 990 420 1030T900 1034T1280 1020L1700 1040L1700 1110L-60 1110Z', '#0b1c20'),
      ...Array.from({ length: 26 }, () =>
        circle(r.num(240, 1220), r.num(360, 900), r.num(2.5, 7), '#dfeccc', 'opacity="0.6"'),
      ),
    ]),
  };
}
