import {
  circle,
  cut,
  cuts,
  ellipse,
  glow,
  group,
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
import type { Point } from './shapes.ts';

/** The dome on Beacon Hill under the comet. */
export function observatory(): Sheet {
  const r = random('observatory');
  const [ink, hill] = ['#0b141f', '#101f2b'];
  const [x, y, half] = [672, 640, 176];
  const comet: Point = [1176, 306];
  const streams = (
    count: number,
    spread: number,
    long: readonly [number, number],
    colour: string,
    opacity: number,
  ) =>
    path(
      Array.from({ length: count }, () => {
        const turn = r.near() * spread;
        return cut(
          comet[0] + r.near() * 6,
          comet[1] + r.near() * 6,
          r.num(...long),
          r.num(5, 15),
          -35 + turn,
          turn * 0.6,
        );
      }).join(''),
      colour,
      `opacity="${opacity}"`,
    );
  const brow = (px: number) => 900 - 270 * Math.exp(-(((px - 660) / 430) ** 2));
  const dome = `M${x - half} ${y - 150}A${half} ${half * 0.98} 0 0 1 ${x + half} ${y - 150}Z`;
  return {
    art: group([
      sky(r, ['#0c1628', '#142742', '#1f3f5c', '#3f6678', '#8f9a86'], 900, 40),
      // The Milky Way.
      group(
        [
          ...Array.from({ length: 26 }, () =>
            ellipse(
              r.num(-100, 1300),
              r.near() * 50,
              r.num(60, 190),
              r.num(10, 34),
              '#9fbccb',
              'opacity="0.05"',
            ),
          ),
          ...Array.from({ length: 420 }, () =>
            circle(
              r.num(-260, 1460),
              r.near() * 78,
              r.num(0.7, 1.8),
              '#dfe9ea',
              `opacity="${r.num(0.35, 0.9).toFixed(2)}"`,
            ),
          ),
        ],
        'transform="translate(60 560) rotate(-29)"',
      ),
      ...Array.from({ length: 330 }, () => {
        const bright = r.chance(0.1);
        return circle(
          r.num(0, width),
          r.num(0, 760),
          bright ? r.num(2.4, 3.8) : r.num(0.8, 1.9),
          r.pick(['#fff6dc', '#f4e6c8', '#cfe0ea']),
          `opacity="${bright ? 1 : r.num(0.5, 0.95).toFixed(2)}"`,
        );
      }),
      streams(26, 9, [340, 620], '#cfe0e4', 0.16),
      streams(18, 5, [280, 520], '#e6eee6', 0.3),
      streams(9, 2.4, [200, 420], '#fff6dc', 0.6),
      glow(comet[0], comet[1], 62, '#fff6dc', 4, 0.2),
      circle(comet[0], comet[1], 14, '#fffdf0'),
      // The land: a glow of the town, and hills.
      ellipse(1420, 860, 420, 90, '#e8b878', 'opacity="0.3"'),
      ridge('beacon far', '#1c3442', { y: 820, rise: 24, wave: 220 }),
      ...Array.from({ length: 34 }, () =>
        circle(r.num(1130, 1600), r.num(834, 884), r.num(1.6, 3.4), '#ffd98c', 'opacity="0.9"'),
      ),
      ridge('beacon', hill, {
        y: 900,
        rise: 14,
        wave: 160,
        shape: (px) => 270 * Math.exp(-(((px - 660) / 430) ** 2)),
      }),
      cuts(r, '#26404a', {
        count: 120,
        x: [60, 1180],
        y: [850, 1050],
        long: [30, 120],
        thick: [2, 6],
        angle: -8,
        spread: 18,
      }),
      // A small house with the dome.
      poly([x + 120, y - 20, x + 330, y - 20, x + 330, y + 66, x + 120, y + 66], '#8f8f86'),
      poly([x + 250, y - 20, x + 330, y - 20, x + 330, y + 66, x + 250, y + 66], '#5f676a'),
      poly([x + 120, y - 16, x + 180, y - 76, x + 306, y - 76, x + 344, y - 16], '#2c3b46'),
      rect(x + 196, y + 4, 30, 34, '#ffd777'),
      // The drum.
      rect(x - half + 10, y - 152, half * 2 - 20, 226, '#b9b19c'),
      rect(x - half + 10, y - 152, 70, 226, '#d9cfb4'),
      rect(x + 40, y - 152, half - 50, 226, '#7f817c'),
      cuts(r, '#8f8a7c', {
        count: 40,
        x: [x - half + 20, x + 90],
        y: [y - 130, y + 60],
        long: [20, 54],
        thick: [2, 5],
        spread: 1,
      }),
      rect(x - half - 12, y - 168, half * 2 + 24, 26, '#4d5a62'),
      rect(x - half - 12, y - 168, half * 2 + 24, 7, '#8f9a9a'),
      ...[-116, 76].flatMap((dx) => [
        rect(x + dx, y - 96, 40, 76, '#263640'),
        path(`M${x + dx} ${y - 95}Q${x + dx + 20} ${y - 124} ${x + dx + 40} ${y - 95}Z`, '#263640'),
      ]),
      rect(x - 34, y - 66, 68, 140, '#4a3428'),
      path(`M${x - 34} ${y - 65}Q${x} ${y - 110} ${x + 34} ${y - 65}Z`, '#ffd777'),
      rect(x - 2, y - 66, 4, 140, '#2c1f1a'),
      // The dome, open towards the comet.
      path(dome, '#a9b5b2'),
      within('dome', path(dome, '#000'), [
        path(
          `M${x - half} ${y - 140}Q${x - half + 10} ${y - 300} ${x - 30} ${y - 330}Q${x - 120} ${y - 260} ${x - 118} ${y - 140}Z`,
          '#dcdcc8',
        ),
        path(
          `M${x + half + 10} ${y - 140}L${x + half + 10} ${y - 340}L${x + 60} ${y - 340}Q${x + 130} ${y - 250} ${x + 118} ${y - 140}Z`,
          '#6a7a80',
        ),
        ...[-120, -62, 118].map((dx) =>
          path(
            `M${x + dx} ${y - 146}Q${x + dx * 0.9} ${y - 260} ${x} ${y - 326}`,
            'none',
            'stroke="#7d8b8c" stroke-width="3"',
          ),
        ),
        poly([x + 16, y - 148, x + 26, y - 340, x + 92, y - 340, x + 104, y - 148], '#1a2430'),
        poly([x + 16, y - 148, x + 22, y - 240, x + 98, y - 240, x + 104, y - 148], '#e8b25c'),
        poly([x + 22, y - 148, x + 26, y - 190, x + 94, y - 190, x + 98, y - 148], '#ffd98a'),
      ]),
      poly([x + 30, y - 196, x + 58, y - 222, x + 176, y - 330, x + 146, y - 358], '#c9c2ac'),
      poly([x + 46, y - 206, x + 58, y - 222, x + 176, y - 330, x + 166, y - 338], '#7d817c'),
      poly([x + 140, y - 364, x + 150, y - 372, x + 190, y - 330, x + 180, y - 322], '#3d4a52'),
      path(
        `M${x - half - 12} ${y - 168}L${x + half + 12} ${y - 168}L${x + half + 12} ${y - 150}L${x - half - 12} ${y - 150}Z`,
        '#4d5a62',
      ),
      rect(x - half - 12, y - 168, half * 2 + 24, 6, '#8f9a9a'),
      // Light on the path, watchers, and trees.
      path(
        `M${x - 30} ${y + 72}L${x + 32} ${y + 72}Q${x + 120} ${y + 190} ${x - 40} ${y + 300}Q${x - 130} ${y + 380} ${x - 90} 1100L${x - 330} 1100Q${x - 320} ${y + 350} ${x - 160} ${y + 270}Q${x + 20} ${y + 180} ${x - 30} ${y + 72}Z`,
        '#4f5a50',
        'opacity="0.75"',
      ),
      path(
        `M${x - 30} ${y + 72}L${x + 32} ${y + 72}L${x + 70} ${y + 150}L${x - 20} ${y + 160}Z`,
        '#e8b868',
        'opacity="0.4"',
      ),
      stand(
        { skin: '#b98562', hair: ink, coat: '#7a3a34', shade: '#4a2428', legs: ink },
        poses.pointing,
        1064,
        brow(1064) + 6,
        116,
      ),
      stand(
        {
          skin: '#b98562',
          hair: ink,
          coat: '#8a6a34',
          shade: '#574424',
          legs: ink,
          skirt: 18,
          headgear: 'long',
        },
        poses.standing,
        1014,
        brow(1014) + 6,
        110,
      ),
      stand(
        {
          skin: '#b98562',
          hair: ink,
          coat: '#2f6b73',
          shade: '#1c4650',
          legs: ink,
          headgear: 'wool',
          hat: '#b4483a',
        },
        poses.standing,
        1106,
        brow(1106) + 6,
        76,
      ),
      ...[
        [130, 930, 330],
        [44, 960, 400],
        [214, 960, 250],
        [1500, 990, 360],
        [1410, 1010, 260],
        [1566, 1010, 300],
      ].map(([px, py, tall]) =>
        group(
          Array.from({ length: 6 }, (_, at) =>
            poly(
              [
                px! - tall! * (0.2 - at * 0.028),
                py! - tall! * at * 0.15,
                px!,
                py! - tall! * (0.32 + at * 0.14),
                px! + tall! * (0.2 - at * 0.028),
                py! - tall! * at * 0.15,
              ],
              at % 2 === 0 ? '#0c1822' : '#101f2a',
            ),
          ),
        ),
      ),
      ridge('beacon front', '#0a131c', { y: 1010, rise: 20, wave: 140 }),
    ]),
  };
}
