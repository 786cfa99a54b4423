import {
  circle,
  cloud,
  cuts,
  ellipse,
  group,
  gulls,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
  within,
} from './ink.ts';
import { poses, stand } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { curve, ribbon, stroke, type Point } from './shapes.ts';

/** The storm bell above Sandry sands. */
export function stormBell(): Sheet {
  const r = random('storm-bell');
  const horizon = 440;
  const [oak, oakLight, oakDark] = ['#6a4c38', '#9a7450', '#432f26'];
  const grass = (x: number, y: number, tall: number, colours: readonly string[]) =>
    Array.from({ length: 9 }, () => {
      const lean = r.num(0.1, 0.62) * tall;
      const root = x + r.near() * tall * 0.2;
      return path(
        ribbon(
          [
            [root, y],
            [root + lean * 0.2, y - tall * 0.5],
            [root + lean, y - tall * r.num(0.76, 1)],
          ],
          [2, tall * 0.06, tall * 0.045, 1],
          5,
        ),
        r.pick(colours),
      );
    }).join('');
  const greens = ['#6f8450', '#8f9c5c', '#56703f', '#b3b070', '#425c3a'];
  const dune = 'M-60 690Q160 610 380 640Q560 664 700 720Q840 790 1010 850Q1240 930 1420 1110L-60 1110Z';
  const shore = (shift: number): Point[] => [
    [1720, 760 + shift * 1.8],
    [1300, 640 + shift],
    [980, 560 + shift * 0.56],
    [760, 512 + shift * 0.3],
    [520, 478 + shift * 0.14],
    [200, 454 + shift * 0.06],
    [-60, 448],
  ];
  return {
    art: group([
      sky(r, ['#7d9fb0', '#a9bfc0', '#d2d6c6', '#eee2c2'], horizon, 54),
      cloud(r, 620, 190, 900, '#f4eedd', 'opacity="0.9"'),
      cloud(r, -120, 130, 620, '#e9e6d6', 'opacity="0.85"'),
      cloud(r, 60, 340, 760, '#eee8d6', 'opacity="0.8"'),
      cloud(r, 1040, 350, 560, '#dfe0d2', 'opacity="0.8"'),
      ridge('sandry head', '#8fa2a0', {
        y: horizon,
        rise: 10,
        wave: 120,
        shape: (x) => (x < 420 ? (420 - x) * 0.1 : -8),
      }),
      water(r, horizon, { far: '#7fa2a8', near: '#2f6470', light: '#e2ead8', dark: '#4a7a84' }),
      // The beach in bands, wet to dry, and the surf.
      path(`${curve(shore(0))}L-60 1110L1720 1110Z`, '#b9a684'),
      path(`${curve(shore(70))}L-60 1110L1720 1110Z`, '#d6c094'),
      path(`${curve(shore(150))}L-60 1110L1720 1110Z`, '#e9d6aa'),
      ...[-150, -96, -52, -14].map((shift, at) =>
        stroke(curve(shore(shift)), '#f6f4e6', 16 - at * 2, `opacity="${0.75 + at * 0.06}"`),
      ),
      ...[-150, -96, -52, -14].map((shift) =>
        cuts(
          r,
          '#f6f4e6',
          { count: 40, x: [460, 1560], y: [0, 1], long: [40, 150], thick: [4, 12], bend: 5 },
          `transform="translate(0 ${620 + shift * 0.9}) skewY(14) translate(0 -230)"`,
        ),
      ),
      cuts(
        r,
        '#a28e6c',
        { count: 70, x: [700, 1600], y: [660, 1000], long: [50, 200], thick: [2, 6], angle: 14, spread: 4 },
        'opacity="0.7"',
      ),
      cuts(r, '#f6ead0', {
        count: 70,
        x: [600, 1600],
        y: [640, 1000],
        long: [50, 200],
        thick: [2, 7],
        angle: 14,
        spread: 4,
      }),
      // Someone with a dog, far down.
      stand(
        {
          skin: '#c9966f',
          hair: '#3a2a20',
          coat: '#b4483a',
          shade: '#7d302a',
          legs: '#2d3f4a',
          skirt: 10,
          headgear: 'hood',
          hat: '#b4483a',
        },
        poses.walking,
        1206,
        760,
        64,
      ),
      path(
        'M1250 752L1252 740L1276 738L1284 730L1294 734L1288 740L1286 760L1282 760L1280 748L1258 749L1256 760L1252 760Z',
        '#3a2f2a',
      ),
      // The dune.
      path(dune, '#c9b07c'),
      within('dune', path(dune, '#000'), [
        path('M-60 760Q200 690 420 716Q640 760 840 850Q1080 940 1240 1110L-60 1110Z', '#9a9a5c'),
        path('M-60 880Q240 820 480 850Q760 900 960 1110L-60 1110Z', '#74834c'),
        cuts(
          r,
          '#e9d6aa',
          {
            count: 70,
            x: [-60, 1200],
            y: [650, 1040],
            long: [30, 130],
            thick: [3, 8],
            angle: 18,
            spread: 12,
          },
          'opacity="0.7"',
        ),
        cuts(
          r,
          '#566a40',
          {
            count: 90,
            x: [-60, 1100],
            y: [720, 1060],
            long: [30, 110],
            thick: [3, 8],
            angle: 12,
            spread: 14,
          },
          'opacity="0.7"',
        ),
      ]),
      ...Array.from({ length: 26 }, (_, at) =>
        grass(-30 + at * 34, 668 + Math.max(0, at * 34 - 500) * 0.36 + r.near() * 12, r.num(54, 90), greens),
      ),
      // The frame: two posts on sills, braces, a beam and a small roof.
      ...[
        [452, 1],
        [784, -1],
      ].flatMap(([x, side]) => [
        poly([x! - 92, 792, x! + 92, 792, x! + 92, 818, x! - 92, 818], oakDark),
        poly([x! - 92, 784, x! + 92, 784, x! + 92, 798, x! - 92, 798], oakLight),
        poly([x! - 74, 790, x! - 52, 790, x! - 4, 610, x! - 20, 610], oak),
        poly([x! + 74, 790, x! + 52, 790, x! + 4, 610, x! + 20, 610], oakDark),
        rect(x! - 22, 226, 44, 572, oak),
        rect(x! - 22, 226, 14, 572, oakLight),
        rect(x! + 12, 226, 10, 572, oakDark),
        poly(
          side! > 0
            ? [x! + 20, 430, x! + 20, 396, x! + 116, 276, x! + 142, 276]
            : [x! - 20, 430, x! - 20, 396, x! - 116, 276, x! - 142, 276],
          oakDark,
        ),
      ]),
      cuts(r, oakDark, {
        count: 26,
        x: [440, 470],
        y: [290, 760],
        long: [30, 90],
        thick: [2, 4],
        angle: 90,
        spread: 2,
      }),
      cuts(r, oakDark, {
        count: 26,
        x: [770, 800],
        y: [290, 760],
        long: [30, 90],
        thick: [2, 4],
        angle: 90,
        spread: 2,
      }),
      rect(392, 236, 452, 46, oak),
      rect(392, 236, 452, 12, oakLight),
      rect(392, 272, 452, 10, oakDark),
      poly([352, 240, 426, 148, 810, 148, 884, 240], '#5f5a54'),
      poly([352, 240, 426, 148, 452, 148, 384, 240], '#8a8478'),
      cuts(r, '#7d766c', {
        count: 50,
        x: [420, 800],
        y: [158, 232],
        long: [24, 64],
        thick: [3, 7],
        angle: 2,
      }),
      cuts(r, '#3f3a38', {
        count: 40,
        x: [400, 810],
        y: [162, 236],
        long: [24, 64],
        thick: [2, 5],
        angle: 2,
      }),
      rect(340, 234, 556, 12, '#3f3a38'),
      // The bell.
      rect(594, 280, 48, 34, '#3a302c'),
      path(
        'M618 306Q668 306 680 356Q694 440 706 486Q716 520 744 542L744 560L492 560L492 542Q520 520 530 486Q542 440 556 356Q568 306 618 306Z',
        '#8f6a34',
      ),
      within(
        'bell',
        path(
          'M618 306Q668 306 680 356Q694 440 706 486Q716 520 744 542L744 560L492 560L492 542Q520 520 530 486Q542 440 556 356Q568 306 618 306Z',
          '#000',
        ),
        [
          path('M556 300Q540 470 480 570L568 570Q596 470 600 300Z', '#c99a4c'),
          path('M572 300Q560 470 520 570L548 570Q584 470 590 300Z', '#efd08a'),
          path('M650 300Q676 470 700 570L760 570L720 300Z', '#5a4026'),
          ...[352, 366, 500, 514].map((y) => rect(480, y, 280, 5, '#5f4526')),
          rect(480, 544, 280, 16, '#6d4f2a'),
        ],
      ),
      ellipse(618, 560, 126, 15, '#3f2d1c'),
      circle(618, 582, 24, '#33261c'),
      rect(612, 556, 12, 22, '#33261c'),
      stroke('M618 600Q612 660 640 720Q650 750 642 792', '#e2d0a2', 6),
      circle(642, 800, 11, '#e2d0a2'),
      // Grass in front of its feet.
      ...Array.from({ length: 44 }, (_, at) =>
        grass(-40 + at * 27, 830 + r.near() * 20 + Math.max(0, at * 27 - 640) * 0.24, r.num(60, 112), greens),
      ),
      ...Array.from({ length: 34 }, (_, at) =>
        grass(-40 + at * 38, 990 + r.near() * 30, r.num(110, 190), [
          '#425c3a',
          '#566f44',
          '#6f8450',
          '#34502f',
          '#8f9c5c',
        ]),
      ),
      gulls(r, '#fffaf0', [960, 1520], [150, 420], 11),
      gulls(r, '#5d7078', [980, 1480], [240, 400], 4),
    ]),
  };
}
