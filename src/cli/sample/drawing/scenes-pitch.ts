import { circle, cut, cuts, ellipse, group, line, mix, path, poly, rect, sky, width } from './ink.ts';
import { poses, stand, type Pose } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { fade, flat, vanishing, type Point } from './shapes.ts';

/** The second half at Chain Road, as far as it could be seen. */
export function footballFog(): Sheet {
  const r = random('football-fog');
  const fog = '#c3c9bf';
  const place = vanishing(740, 430);
  const veil = (colour: string, share: number) => mix(colour, fog, share);
  const player = (
    x: number,
    y: number,
    tall: number,
    pose: Pose,
    shirt: string,
    far: number,
    flip: boolean,
  ) =>
    group([
      ellipse(x, y + 2, tall * 0.22, tall * 0.03, veil('#3d4f44', far), 'opacity="0.6"'),
      stand(
        {
          skin: veil('#b98562', far),
          hair: veil('#22262a', far),
          coat: veil(shirt, far),
          shade: veil(mix(shirt, '#16242c', 0.45), far),
          legs: veil('#b98562', far),
          legsShade: veil('#8a6048', far),
          shorts: veil(shirt === '#b4483a' ? '#ece2cc' : '#1d2d38', far),
          socks: veil(shirt === '#b4483a' ? '#b4483a' : '#e6dcc6', far),
          shoe: veil('#161c20', far),
          skirt: 2,
        },
        pose,
        x,
        y,
        tall,
        flip,
      ),
    ]);
  const pylon = (x: number, foot: number, tall: number, far: number) => {
    const colour = veil('#3a4a50', far);
    return group([
      poly(
        [
          x - tall * 0.045,
          foot,
          x - tall * 0.016,
          foot - tall,
          x + tall * 0.016,
          foot - tall,
          x + tall * 0.045,
          foot,
        ],
        colour,
        'opacity="0.75"',
      ),
      ...[0, 1, 2].map((ring) =>
        ellipse(
          x,
          foot - tall,
          tall * (0.62 - ring * 0.17),
          tall * (0.48 - ring * 0.13),
          '#fdf6dc',
          'opacity="0.3"',
        ),
      ),
      rect(x - tall * 0.12, foot - tall * 1.07, tall * 0.24, tall * 0.13, colour),
      ...Array.from({ length: 8 }, (_, at) =>
        circle(
          x - tall * 0.085 + (at % 4) * tall * 0.057,
          foot - tall * 1.04 + Math.floor(at / 4) * tall * 0.06,
          tall * 0.023,
          '#fffdf0',
        ),
      ),
    ]);
  };
  const band = (y: number, colour: string, opacity: number, count: number) =>
    Array.from({ length: count }, () =>
      path(
        cut(
          r.num(-400, 1100),
          y + r.near() * 46,
          r.num(500, 1100),
          r.num(24, 70),
          r.near() * 1.4,
          r.near() * 16,
        ),
        colour,
        `opacity="${opacity}"`,
      ),
    ).join('');
  const mark = (points: readonly Point[], opacity: number) =>
    poly(flat(...points), '#f1eedd', `opacity="${opacity}"`);
  return {
    art: group([
      sky(r, ['#93a3a4', '#aab5b0', '#bfc7bd', '#cdd2c4'], 560, 34),
      pylon(330, 500, 330, 0.45),
      pylon(1300, 520, 400, 0.36),
      // The stand and those in it, hardly there.
      poly([130, 414, 1520, 404, 1520, 520, 130, 520], veil('#4a5a5e', 0.74)),
      ...Array.from({ length: 120 }, () =>
        circle(
          r.num(170, 1490),
          r.num(440, 508),
          r.num(6, 10),
          veil(r.pick(['#8a4a3c', '#2f4a5a', '#3a4248', '#c9b48c']), 0.72),
        ),
      ),
      rect(-60, 512, width + 120, 30, veil('#5a6a66', 0.6)),
      // The pitch, mown in bands.
      fade('pitch', ['#a9b6a0', '#7f9a78', '#5d7f5c', '#43664a']),
      rect(-60, 536, width + 120, 620, 'url(#pitch)'),
      ...Array.from({ length: 6 }, (_, at) => {
        const [near, far] = [at * 0.17, at * 0.17 + 0.085].map((step) => 536 + 560 * (1 - step) ** 2.1);
        return rect(-60, far!, width + 120, near! - far!, '#345840', 'opacity="0.16"');
      }),
      cuts(
        r,
        '#35573f',
        { count: 90, x: [-60, 1560], y: [760, 1060], long: [30, 120], thick: [3, 8], spread: 3 },
        'opacity="0.7"',
      ),
      cuts(
        r,
        '#8fa887',
        { count: 80, x: [-60, 1560], y: [620, 1040], long: [30, 120], thick: [2, 7], spread: 3 },
        'opacity="0.7"',
      ),
      // Lines: the goal line far off, the two areas, and the touchline at the right.
      rect(-60, 552, width + 120, 4, '#f1eedd', 'opacity="0.5"'),
      mark([[470, 554], [478, 554], place([-90, 1067], 0.42), place([-108, 1067], 0.42)], 0.6),
      mark([[1010, 554], [1018, 554], place([1576, 1067], 0.42), place([1556, 1067], 0.42)], 0.6),
      mark(
        [
          place([-108, 1067], 0.42),
          place([1576, 1067], 0.42),
          place([1576, 1067], 0.408),
          place([-108, 1067], 0.408),
        ],
        0.65,
      ),
      path('M640 800Q744 850 850 800', 'none', 'stroke="#f1eedd" stroke-width="8" opacity="0.6"'),
      ellipse(744, 690, 12, 5, '#f1eedd', 'opacity="0.7"'),
      // The goal.
      group(
        [
          ...Array.from({ length: 13 }, (_, at) =>
            line(640 + at * 17, 424, 634 + at * 18, 552, '#f6f3e4', 1.4),
          ),
          ...Array.from({ length: 7 }, (_, at) =>
            line(638, 434 + at * 17, 848, 434 + at * 17, '#f6f3e4', 1.4),
          ),
          rect(632, 414, 9, 142, '#fbf9ee'),
          rect(846, 414, 9, 142, '#fbf9ee'),
          rect(632, 412, 223, 9, '#fbf9ee'),
        ],
        'opacity="0.62"',
      ),
      player(
        742,
        552,
        92,
        {
          ...poses.standing,
          elbows: [
            [10, -70],
            [-12, -70],
          ],
          hands: [
            [20, -60],
            [-21, -60],
          ],
        },
        '#d7a13f',
        0.6,
        false,
      ),
      band(520, fog, 0.35, 5),
      player(470, 604, 118, poses.running, '#2f4f63', 0.56, true),
      player(1060, 612, 120, poses.walking, '#b4483a', 0.56, true),
      player(900, 640, 140, poses.running, '#2f4f63', 0.44, true),
      band(600, fog, 0.3, 5),
      player(600, 700, 178, poses.running, '#b4483a', 0.3, false),
      player(1210, 744, 206, poses.running, '#2f4f63', 0.24, true),
      player(318, 760, 220, poses.walking, '#2f4f63', 0.22, false),
      band(740, '#cfd4c8', 0.22, 5),
      player(770, 900, 330, poses.kicking, '#b4483a', 0.04, false),
      player(1010, 868, 300, poses.running, '#2f4f63', 0.07, true),
      circle(906, 838, 22, '#f6f1e0'),
      path('M906 838L898 820L914 820ZM906 838L926 838L918 854ZM906 838L888 848L894 832Z', '#33424a'),
      ellipse(902, 904, 30, 6, '#2f4a38', 'opacity="0.6"'),
      band(470, '#d9dcd0', 0.3, 4),
      band(1010, fog, 0.16, 4),
    ]),
  };
}
