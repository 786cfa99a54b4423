import {
  cloud,
  cut,
  cuts,
  ellipse,
  group,
  gulls,
  line,
  path,
  poly,
  rect,
  ridge,
  sky,
  width,
  within,
} from './ink.ts';
import { poses, stand } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { fade, ribbon, stroke, type Point } from './shapes.ts';
import { tree } from './things.ts';

/** A cow, its feet at 0, 0 and its head to the right; at grass, or looking up. */
function cow(id: string, coat: string, patch: string, dark: string, grazing: boolean): string {
  const [neck, head]: [Point[], Point[]] = grazing
    ? [
        [
          [28, -54],
          [50, -42],
          [60, -24],
        ],
        [
          [55, -32],
          [66, -16],
          [72, -5],
        ],
      ]
    : [
        [
          [26, -56],
          [46, -66],
          [58, -80],
        ],
        [
          [52, -82],
          [66, -76],
          [80, -66],
        ],
      ];
  const body = 'M-48 -58Q-50 -70 -38 -70L30 -69Q46 -70 46 -52Q46 -34 36 -28Q10 -20 -20 -24Q-40 -26 -46 -36Z';
  return group([
    ...[-38, -27, 26, 37].map((x, at) =>
      poly([x - 5.5, -34, x + 5.5, -34, x + 3.6, 0, x - 3.6, 0], at % 2 === 0 ? dark : coat),
    ),
    ellipse(-10, -24, 9, 6, '#d9a894'),
    path(ribbon(neck, [30, 22, 15], 6), coat),
    path(body, coat),
    within(id, path(body, '#000'), [
      ellipse(-18, -64, 20, 20, patch),
      ellipse(24, -48, 15, 17, patch),
      path('M-60 -22Q0 -34 60 -26L60 -10L-60 -10Z', dark, 'opacity="0.35"'),
    ]),
    path(ribbon(head, [14, 15, 10], 6), coat),
    ellipse(...head[2]!, 6, 5, dark),
    path(cut(head[0]![0] + 2, head[0]![1] + (grazing ? 2 : 4), 15, 7, grazing ? 200 : 190), dark),
    path(cut(head[0]![0] + 3, head[0]![1] - 4, 11, 3.4, grazing ? -50 : -70), '#efe2c4'),
    stroke(`M-46 -64Q-56 -54 -53 -26`, dark, 3.4),
  ]);
}

/** The marsh and the bank at Sandry. */
export function marsh(): Sheet {
  const r = random('marsh');
  const horizon = 520;
  const creeks: [Point[], number[]][] = [
    [
      [
        [120, horizon + 8],
        [260, horizon + 24],
        [180, horizon + 46],
        [340, horizon + 66],
        [520, horizon + 84],
        [430, horizon + 124],
        [330, horizon + 190],
      ],
      [4, 7, 10, 13, 14, 18, 26],
    ],
    [
      [
        [640, horizon + 8],
        [560, horizon + 26],
        [690, horizon + 50],
        [760, horizon + 84],
        [610, horizon + 122],
        [420, horizon + 160],
        [300, horizon + 216],
        [470, horizon + 290],
        [700, horizon + 340],
        [620, horizon + 440],
        [330, horizon + 500],
        [210, 1120],
      ],
      [5, 8, 12, 18, 24, 32, 42, 54, 66, 90, 130, 190],
    ],
    [
      [
        [900, horizon + 180],
        [820, horizon + 210],
        [864, horizon + 258],
        [800, horizon + 306],
        [690, horizon + 350],
      ],
      [4, 12, 17, 24, 40],
    ],
    [
      [
        [60, horizon + 250],
        [140, horizon + 232],
        [220, horizon + 258],
        [330, horizon + 232],
      ],
      [4, 11, 16, 24],
    ],
  ];
  const beds = creeks.map(([points, widths]) => ribbon(points, widths, 12)).join('');
  const bank = (shift: number): Point[] => [
    [790, horizon + 4],
    [830, horizon + 24],
    [960, horizon + 76],
    [1020, horizon + 150],
    [1100, horizon + 270],
    [1300, horizon + 400],
    [1520 + shift, 1110],
  ];
  return {
    art: group([
      sky(r, ['#7fa6b4', '#a9c2bf', '#dcdcc0', '#f3dcae'], horizon, 50),
      cloud(r, -60, 330, 760, '#f4ecd8', 'opacity="0.85"'),
      cloud(r, 560, 190, 900, '#f6eeda', 'opacity="0.9"'),
      cloud(r, 60, 130, 440, '#f4ecd8', 'opacity="0.7"'),
      cloud(r, 980, 390, 620, '#eadcc0', 'opacity="0.8"'),
      cloud(r, 380, 450, 420, '#efe2c4', 'opacity="0.8"'),
      ridge('marsh sea', '#8fb0b4', { y: horizon - 2, rise: 2, wave: 300 }),
      ridge('marsh land', '#93a98f', {
        y: horizon - 2,
        rise: 8,
        wave: 90,
        shape: (x) => (x > 820 ? Math.min(26, (x - 820) * 0.08) : -30),
      }),
      // Saltings at the left.
      fade('salting', ['#9aa884', '#8a9a6c', '#6f7f58', '#4f5f48']),
      rect(-60, horizon + 8, width + 120, 700, 'url(#salting)'),
      cuts(r, '#b9b98a', {
        count: 120,
        x: [-60, 1200],
        y: [horizon + 14, 1060],
        long: [30, 130],
        thick: [2, 6],
        spread: 3,
      }),
      cuts(r, '#56684a', {
        count: 130,
        x: [-60, 1200],
        y: [horizon + 30, 1060],
        long: [30, 150],
        thick: [2, 7],
        spread: 3,
      }),
      cuts(
        r,
        '#9a7f92',
        { count: 110, x: [-60, 1100], y: [horizon + 50, 1040], long: [20, 90], thick: [2, 7], spread: 4 },
        'opacity="0.85"',
      ),
      // Creeks: mud, its shaded bank, and what water is left.
      ...creeks.map(([points, widths]) =>
        path(
          ribbon(
            points,
            widths.map((wide) => wide * 1.75),
            12,
          ),
          '#96795c',
        ),
      ),
      ...creeks.map(([points, widths]) =>
        path(
          ribbon(
            points.map(([x, y]): Point => [x - 4, y - 5]),
            widths.map((wide) => wide * 1.4),
            12,
          ),
          '#5f4c40',
        ),
      ),
      path(beds, '#b7cbc9'),
      within('creeks', path(beds, '#000'), [
        cuts(r, '#f3e6c4', {
          count: 90,
          x: [-60, 1000],
          y: [horizon, 1080],
          long: [40, 160],
          thick: [2, 7],
          spread: 2,
        }),
        cuts(r, '#7f9c9c', {
          count: 90,
          x: [-60, 1000],
          y: [horizon, 1080],
          long: [40, 160],
          thick: [2, 6],
          spread: 2,
        }),
      ]),
      // Birds on the mud.
      ...[
        [520, 880],
        [566, 890],
        [430, 934],
        [742, 842],
      ].map(([x, y]) =>
        group([
          ellipse(x!, y! - 22, 15, 9, '#f3ead2'),
          path(
            `M${x! + 10} ${y! - 26}Q${x! + 22} ${y! - 40} ${x! + 26} ${y! - 38}L${x! + 40} ${y! - 32}L${x! + 24} ${y! - 31}Q${x! + 20} ${y! - 22} ${x! + 10} ${y! - 20}Z`,
            '#3a4a4a',
          ),
          line(x! - 2, y! - 14, x! - 2, y!, '#b4583a', 2),
          line(x! + 4, y! - 14, x! + 4, y!, '#b4583a', 2),
        ]),
      ),
      // Fields behind the bank.
      path(
        `M780 ${horizon + 4}L1700 ${horizon - 8}L1700 1110L1480 1110Q1250 960 1120 800Q1030 660 960 600Q860 540 780 ${horizon + 4}Z`,
        '#8fae62',
      ),
      path(
        `M980 ${horizon + 60}L1700 ${horizon + 40}L1700 ${horizon + 110}L1060 ${horizon + 150}Z`,
        '#b9b264',
      ),
      cuts(r, '#a9c478', {
        count: 90,
        x: [1060, 1580],
        y: [horizon + 20, 1040],
        long: [30, 130],
        thick: [2, 6],
        spread: 3,
      }),
      cuts(r, '#6f9054', {
        count: 90,
        x: [1100, 1580],
        y: [horizon + 60, 1050],
        long: [30, 130],
        thick: [2, 6],
        spread: 3,
      }),
      line(1000, horizon + 40, 1700, horizon + 16, '#4f6a48', 6),
      // The farm.
      ...[
        [1130, 96],
        [1470, 120],
        [1530, 86],
        [1096, 70],
      ].map(([x, tall]) =>
        tree(r, x!, horizon + 26, tall!, { leaf: '#5f7f54', light: '#8fa866', trunk: '#4d3d32' }),
      ),
      rect(1180, horizon - 56, 150, 78, '#efe2c4'),
      rect(1286, horizon - 56, 44, 78, '#b9a98c'),
      poly([1168, horizon - 54, 1196, horizon - 108, 1310, horizon - 108, 1342, horizon - 54], '#a6533f'),
      rect(1214, horizon - 130, 20, 34, '#8a4437'),
      ...[1196, 1232, 1262].map((x) => rect(x, horizon - 36, 17, 22, '#3a5560')),
      rect(1346, horizon - 30, 106, 52, '#8a4f40'),
      poly([1338, horizon - 28, 1358, horizon - 70, 1440, horizon - 70, 1460, horizon - 28], '#5f4c4a'),
      rect(1382, horizon - 14, 34, 36, '#3a2c2a'),
      // Cattle.
      ...(
        [
          [1180, 646, 0.62, 1],
          [1290, 628, 0.56, -1],
          [1400, 668, 0.74, 1],
          [1530, 640, 0.6, -1],
          [1316, 752, 1.02, -1],
          [1426, 812, 1.2, 1],
        ] as const
      ).map(([x, y, scale, side], at) => {
        const brown = at % 3 === 1;
        const [coat, patch, dark] = brown
          ? ['#7a4632', '#6d3c2a', '#4a2a20']
          : ['#efe6d2', '#3a3432', '#57504a'];
        return group([
          ellipse(x + 6, y + 1, 58 * scale, 7 * scale, '#4f6a42', 'opacity="0.7"'),
          group(
            cow(`cow${at}`, coat!, patch!, dark!, at % 2 === 0),
            `transform="translate(${x} ${y}) scale(${side * scale} ${scale})"`,
          ),
        ]);
      }),
      // The bank.
      path(ribbon(bank(0), [6, 20, 44, 70, 104, 150, 220], 14), '#7d9a56'),
      path(
        ribbon(
          bank(-40).map(([x, y]): Point => [x - (y - horizon) * 0.075, y + (y - horizon) * 0.02]),
          [3, 10, 22, 36, 54, 80, 120],
          14,
        ),
        '#56744a',
      ),
      path(
        ribbon(
          bank(0).map(([x, y]): Point => [x + (y - horizon) * 0.03, y - 3]),
          [2, 5, 10, 15, 22, 32, 48],
          14,
        ),
        '#cdbb84',
      ),
      within('bank', path(ribbon(bank(0), [6, 20, 44, 70, 104, 150, 220], 14), '#000'), [
        cuts(
          r,
          '#a3b86c',
          {
            count: 90,
            x: [880, 1560],
            y: [580, 1060],
            long: [20, 70],
            thick: [2, 7],
            angle: -64,
            spread: 20,
          },
          'opacity="0.8"',
        ),
        cuts(
          r,
          '#44603f',
          {
            count: 60,
            x: [880, 1460],
            y: [580, 1060],
            long: [20, 70],
            thick: [2, 7],
            angle: -64,
            spread: 20,
          },
          'opacity="0.8"',
        ),
      ]),
      stand(
        {
          skin: '#c9966f',
          hair: '#3a2a20',
          coat: '#b4483a',
          shade: '#7d302a',
          legs: '#2d3f4a',
          legsShade: '#20303a',
          shoe: '#1a242c',
          skirt: 8,
          hat: '#22404a',
          headgear: 'wool',
        },
        poses.walking,
        1024,
        650,
        74,
      ),
      gulls(r, '#fffaf0', [180, 760], [220, 420], 9),
      // Grass in front.
      ...Array.from({ length: 70 }, () => {
        const x = r.chance(0.5) ? r.num(-40, 160) : r.num(520, 1180);
        return path(
          ribbon(
            [
              [x, 1110],
              [x + r.near() * 14, 1060],
              [x + 16 + r.near() * 26, r.num(960, 1040)],
            ],
            [8, 5, 1],
            3,
          ),
          r.pick(['#56684a', '#7d8f58', '#a39a68', '#445640']),
        );
      }),
    ]),
  };
}
