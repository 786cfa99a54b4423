import { church, roofscape } from './buildings.ts';
import {
  circle,
  cloud,
  cut,
  cuts,
  ellipse,
  group,
  gulls,
  path,
  rect,
  ridge,
  sky,
  water,
  within,
} from './ink.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { along, curve, stroke, type Point } from './shapes.ts';

/** The wall in a northerly. */
export function seaWall(): Sheet {
  const r = random('sea-wall');
  const crest: Point[] = [
    [1720, 404],
    [1400, 468],
    [1100, 500],
    [800, 510],
    [520, 498],
    [320, 480],
    [210, 468],
  ];
  const foot: Point[] = [
    [1720, 960],
    [1400, 836],
    [1100, 726],
    [800, 636],
    [520, 560],
    [320, 510],
    [210, 482],
  ];
  const face = `${curve(crest)}L${curve(foot.toReversed()).slice(1)}Z`;
  const between = (share: number): Point[] =>
    crest.map(([x, y], at) => [
      x + (foot[at]![0] - x) * share - Math.sin(share * Math.PI) * (foot[at]![1] - y) * 0.05,
      y + (foot[at]![1] - y) * share,
    ]);
  const joints = along(crest, 4).map((top, at): [Point, Point, Point] => {
    const low = along(foot, 4)[at]!;
    const middle = along(between(0.5), 4)[at]!;
    return [top, middle, low];
  });
  // Water thrown up along the crest: highest in the middle, and falling over it towards the town.
  const plume = (
    count: number,
    high: number,
    thick: readonly [number, number],
    colour: string,
    opacity: number,
  ) =>
    path(
      Array.from({ length: count }, () => {
        const share = r.num(-1, 1);
        const x = 770 + share * 230 + r.near() * 16;
        const rise = high * (1 - share * share * 0.78) * r.num(0.45, 1);
        const from = r.chance(0.4) ? r.num(0, 0.5) * rise : 0;
        return cut(
          x + from * (share * 0.2 + 0.12),
          548 - from + r.near() * 26,
          rise - from * 0.6,
          r.num(...thick),
          -90 + share * 22 + 15 + r.near() * 6,
          (share + 0.6) * rise * 0.06,
        );
      }).join(''),
      colour,
      `opacity="${opacity}"`,
    );
  return {
    art: group([
      sky(r, ['#4a5f6c', '#6f828a', '#9aa6a4', '#c3c6b8'], 520, 60),
      cloud(r, -100, 170, 900, '#5a6c76', 'opacity="0.85"'),
      cloud(r, 700, 120, 1000, '#52656f', 'opacity="0.85"'),
      cloud(r, 420, 290, 700, '#8b9796', 'opacity="0.7"'),
      // The town behind.
      ridge('wall hill', '#7d8c86', {
        y: 440,
        rise: 26,
        wave: 180,
        foot: 560,
        shape: (x) => 70 * Math.exp(-(((x - 1180) / 360) ** 2)),
      }),
      roofscape(
        r,
        { x0: 380, x1: 1660, foot: 470, size: 54, rise: (x) => 80 * Math.exp(-(((x - 1200) / 300) ** 2)) },
        {
          walls: ['#b5aa98', '#a99a8a', '#bfb6a4', '#9aa39e'],
          roofs: ['#85584e', '#6f6864', '#7a5f58', '#905f50'],
          window: '#56656a',
        },
      ),
      church(1080, 420, 210, '#a8a596', '#858a84', '#5f6a6c'),
      roofscape(
        r,
        { x0: 240, x1: 1700, foot: 512, size: 66, rise: () => 0 },
        {
          walls: ['#c9bda6', '#b9a892', '#d2c7ae', '#a9b0a8'],
          roofs: ['#9a5f52', '#77706a', '#85584e'],
          window: '#4a5a60',
        },
      ),
      // Sea.
      rect(-60, 474, 640, 20, '#7f9296'),
      water(r, 484, { far: '#7d9296', near: '#22404c', light: '#c9d2cc', dark: '#2b4753' }, 0.8),
      // The wall.
      path(face, '#b8b5a8'),
      within('wall', path(face, '#000'), [
        path(`${curve(between(0.1))}L${curve(between(0.42).toReversed()).slice(1)}Z`, '#8f8f88'),
        path(`${curve(between(0.42))}L${curve(between(0.7).toReversed()).slice(1)}Z`, '#a5a399'),
        path(`${curve(between(0.7))}L${curve(foot.toReversed()).slice(1)}Z`, '#5f6f64'),
        path(`${curve(between(0.86))}L${curve(foot.toReversed()).slice(1)}Z`, '#40544e'),
        ...[0.24, 0.42, 0.56, 0.7].map((share) =>
          stroke(curve(between(share)), '#6a6e6c', 3, 'opacity="0.8"'),
        ),
        ...joints.map((points) => stroke(curve(points), '#6a6e6c', 3, 'opacity="0.8"')),
        cuts(
          r,
          '#dcd8c8',
          { count: 70, x: [300, 1560], y: [480, 800], long: [20, 90], thick: [2, 6], angle: 10, spread: 10 },
          'opacity="0.7"',
        ),
        cuts(
          r,
          '#3c4f4c',
          { count: 80, x: [500, 1600], y: [560, 920], long: [20, 80], thick: [2, 7], angle: 84, spread: 8 },
          'opacity="0.6"',
        ),
      ]),
      // Crest and rail.
      path(
        `${curve(crest.map(([x, y]): Point => [x, y - 14]))}L${curve(crest.toReversed()).slice(1)}Z`,
        '#dedacb',
      ),
      stroke(curve(crest), '#6a6e6c', 4),
      ...[
        [1560, 384, 1],
        [1330, 438, 0.8],
        [1120, 466, 0.64],
        [480, 470, 0.4],
      ].map(([x, y, size]) =>
        group([
          rect(x! - 5 * size!, y! - 190 * size!, 10 * size!, 200 * size!, '#33424a'),
          path(
            `M${x! - 26 * size!} ${y! - 186 * size!}L${x! + 26 * size!} ${y! - 186 * size!}L${x! + 16 * size!} ${y! - 212 * size!}L${x! - 16 * size!} ${y! - 212 * size!}Z`,
            '#33424a',
          ),
        ]),
      ),
      // The wave.
      plume(70, 400, [26, 54], '#a9bcbc', 0.9),
      plume(70, 360, [22, 46], '#d3ddd8', 0.95),
      plume(46, 300, [16, 40], '#f4f5ea', 1),
      plume(40, 330, [5, 12], '#7f979b', 0.75),
      plume(40, 430, [4, 11], '#f4f5ea', 0.9),
      ...Array.from({ length: 150 }, () => {
        const turn = (-84 + r.near() * 58) * (Math.PI / 180);
        const far = r.num(230, 500);
        return circle(
          785 + Math.cos(turn) * far,
          560 + Math.sin(turn) * far,
          r.num(1.6, 6.4),
          '#f4f5ea',
          'opacity="0.9"',
        );
      }),
      // White water at its foot.
      ellipse(760, 590, 270, 60, '#d3ddd8'),
      cuts(r, '#f4f5ea', {
        count: 90,
        x: [430, 960],
        y: [545, 650],
        long: [60, 200],
        thick: [8, 24],
        angle: 8,
        spread: 10,
        bend: 8,
      }),
      cuts(r, '#8fa6a8', {
        count: 40,
        x: [430, 1000],
        y: [560, 660],
        long: [60, 180],
        thick: [4, 10],
        angle: 8,
        spread: 8,
        bend: 6,
      }),
      // What runs back down the wall, and over it.
      ...[
        [1010, 506, 640],
        [1100, 500, 690],
        [1180, 492, 700],
        [960, 508, 650],
        [560, 500, 566],
      ].map(([x, y, low]) =>
        cuts(r, '#e9ede2', {
          count: 10,
          x: [x! - 40, x! + 40],
          y: [y!, y! + 20],
          long: [(low! - y!) * 0.4, (low! - y!) * 0.9],
          thick: [4, 12],
          angle: 88,
          spread: 6,
        }),
      ),
      cuts(
        r,
        '#f2f4ea',
        {
          count: 90,
          x: [240, 1500],
          y: [640, 880],
          long: [60, 190],
          thick: [4, 12],
          angle: 7,
          spread: 5,
          bend: 8,
        },
        'opacity="0.85"',
      ),
      // Seas that come.
      ridge('northerly one', '#2f4e5a', {
        y: 850,
        rise: 40,
        wave: 260,
        shape: (x) => -Math.max(0, x - 900) * 0.13,
      }),
      cuts(r, '#dfe6de', {
        count: 70,
        x: [-60, 1300],
        y: [830, 930],
        long: [70, 240],
        thick: [3, 12],
        bend: 8,
      }),
      ridge('northerly two', '#1c3642', { y: 980, rise: 44, wave: 340 }),
      cuts(r, '#9fb3b2', {
        count: 60,
        x: [-60, 1600],
        y: [960, 1050],
        long: [90, 280],
        thick: [3, 10],
        bend: 8,
      }),
      gulls(r, '#f6f6ea', [140, 520], [240, 420], 7),
    ]),
  };
}
