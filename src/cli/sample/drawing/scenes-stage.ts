import { circle, cuts, ellipse, group, height, line, path, poly, rect, width } from './ink.ts';
import { poses, stand } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { along, fade, ribbon, stroke, type Point } from './shapes.ts';

/** The second act. */
export function stage(): Sheet {
  const r = random('stage');
  const [black, wood, woodLight, woodDark] = ['#0d0f14', '#b98248', '#ecc07a', '#6a4426'];
  const floor = 716;
  const keel = (share: number): Point => [
    500 + share * 560,
    floor - 44 - Math.max(0, share - 0.8) * 620 - Math.max(0, 0.12 - share) * 300,
  ];
  const rib = (share: number, far: boolean): Point[] => {
    const [x, y] = keel(share);
    // Fullest in the middle, and higher towards the bow.
    const beam = Math.sin(Math.PI * (0.12 + share * 0.8)) ** 0.8;
    const tall = 210 + share * 60;
    const side = far ? 1 : -1;
    return [
      [x, y],
      [x + side * (26 + beam * 34), y - 14 - tall * 0.08],
      [x + side * (34 + beam * 58), y - tall * (far ? 0.5 : 0.42)],
      [x + side * (26 + beam * 50), y - tall * (far ? 1.02 : 0.9)],
    ];
  };
  const ribs = [0.06, 0.17, 0.28, 0.39, 0.5, 0.61, 0.72, 0.82];
  const sheer = (far: boolean, share: number) => {
    const points = ribs.map((at): Point => {
      const bones = along(rib(at, far), 6);
      return bones[Math.round(share * (bones.length - 1))]!;
    });
    // A batten ends on the stem at its own height.
    const end: Point =
      share > 0.9 ? [1128, floor - 320] : share > 0.6 ? [1098, floor - 206] : [1090, floor - 180];
    return [...points, end];
  };
  const heads = (y: number, size: number, count: number, shift: number, tone: string) =>
    Array.from({ length: count }, (_, at) => {
      const x = -40 + shift + at * (1700 / count) + r.near() * size * 0.2;
      const s = size * r.num(0.88, 1.1);
      const hair = r.int(0, 3);
      return group([
        path(
          `M${x - s * 1.15} ${y + s * 2.4}Q${x - s * 1.2} ${y + s * 0.9} ${x - s * 0.36} ${y + s * 0.72}L${x + s * 0.36} ${y + s * 0.72}Q${x + s * 1.2} ${y + s * 0.9} ${x + s * 1.15} ${y + s * 2.4}Z`,
          tone,
        ),
        rect(x - s * 0.24, y + s * 0.4, s * 0.48, s * 0.5, tone),
        ellipse(x, y, s * 0.52, s * 0.64, tone),
        hair === 0 ? circle(x + s * 0.1, y - s * 0.74, s * 0.24, tone) : '',
        hair === 1
          ? path(
              `M${x - s * 0.56} ${y}Q${x - s * 0.6} ${y - s * 0.8} ${x} ${y - s * 0.74}Q${x + s * 0.6} ${y - s * 0.8} ${x + s * 0.56} ${y}L${x + s * 0.6} ${y + s * 0.86}L${x - s * 0.6} ${y + s * 0.86}Z`,
              tone,
            )
          : '',
        stroke(
          `M${x - s * 0.38} ${y - s * 0.5}Q${x} ${y - s * 0.84} ${x + s * 0.38} ${y - s * 0.5}`,
          '#a9743f',
          3,
          'opacity="0.75"',
        ),
        stroke(
          `M${x - s * 1} ${y + s * 1.06}Q${x - s * 0.8} ${y + s * 0.82} ${x - s * 0.4} ${y + s * 0.76}`,
          '#7a5230',
          3,
          'opacity="0.6"',
        ),
        stroke(
          `M${x + s * 1} ${y + s * 1.06}Q${x + s * 0.8} ${y + s * 0.82} ${x + s * 0.4} ${y + s * 0.76}`,
          '#7a5230',
          3,
          'opacity="0.6"',
        ),
      ]);
    }).join('');
  const curtain = (x: number, wide: number, side: number) =>
    group(
      Array.from({ length: 6 }, (_, at) => {
        const [a, b] = [x + side * wide * (at / 6), x + side * wide * ((at + 1) / 6)];
        const middle = (a + b) / 2;
        return group([
          path(
            `M${a} -40L${b} -40Q${b + 6} 400 ${b - side * 8} ${floor + 50}L${a - side * 6} ${floor + 50}Q${a + 8} 400 ${a} -40Z`,
            '#4a1a1e',
          ),
          path(
            `M${middle} -40L${b} -40Q${b + 6} 400 ${b - side * 8} ${floor + 50}L${middle} ${floor + 50}Z`,
            side > 0 === at % 2 > 0 ? '#32121a' : '#2a0f16',
          ),
          path(
            `M${a + side * 6} -40L${a + side * 15} -40Q${a + side * 20} 400 ${a + side * 10} ${floor + 40}L${a + side * 4} ${floor + 40}Z`,
            '#7a2c2a',
            'opacity="0.8"',
          ),
        ]);
      }),
    );
  return {
    art: group([
      rect(-60, -60, width + 120, height + 120, black),
      fade('backcloth', ['#10141d', '#1a212c', '#22262c']),
      rect(120, -60, 1360, 820, 'url(#backcloth)'),
      cuts(r, '#2b3038', {
        count: 60,
        x: [160, 1300],
        y: [40, 640],
        long: [60, 240],
        thick: [3, 9],
        spread: 1,
      }),
      // Ropes and a dim moon of the set behind.
      ...[300, 372, 1230, 1318].map((x) => line(x, -40, x + r.near() * 6, 690, '#2f343b', 3)),
      // The cone of light.
      poly([760, -60, 850, -60, 1230, floor + 60, 340, floor + 60], '#f3d79a', 'opacity="0.13"'),
      poly([775, -60, 835, -60, 1130, floor + 50, 440, floor + 50], '#f3d79a', 'opacity="0.15"'),
      poly([786, -60, 824, -60, 1020, floor + 30, 560, floor + 30], '#fbe6b4', 'opacity="0.15"'),
      cuts(
        r,
        '#fbe6b4',
        { count: 50, x: [640, 980], y: [60, 560], long: [20, 80], thick: [1.5, 3.5], angle: 86, spread: 14 },
        'opacity="0.3"',
      ),
      // The boards.
      poly([100, floor - 66, 1500, floor - 66, 1640, floor + 76, -40, floor + 76], '#2c211c'),
      ...Array.from({ length: 15 }, (_, at) =>
        line(100 + at * 100, floor - 66, -40 + at * 120, floor + 76, '#17110f', 3),
      ),
      ellipse(785, floor + 2, 440, 60, '#a9763f', 'opacity="0.85"'),
      ellipse(785, floor - 2, 350, 44, '#d9a55c', 'opacity="0.9"'),
      cuts(r, '#6a4426', {
        count: 40,
        x: [440, 1080],
        y: [floor - 40, floor + 44],
        long: [40, 120],
        thick: [2, 5],
        spread: 3,
      }),
      ellipse(790, floor + 8, 300, 20, '#2c1c12', 'opacity="0.7"'),
      // Trestles, keel and ribs: those away from us first.
      ...[580, 760, 930].map((x) =>
        group([
          poly([x - 6, floor - 40, x + 6, floor - 40, x + 34, floor + 12, x + 20, floor + 12], woodDark),
          poly([x - 6, floor - 40, x + 6, floor - 40, x - 20, floor + 12, x - 34, floor + 12], '#8a5c34'),
          rect(x - 34, floor - 46, 68, 12, '#8a5c34'),
        ]),
      ),
      ...ribs.map((share) => path(ribbon(rib(share, true), [17, 15, 13, 10], 6), woodDark)),
      path(ribbon(sheer(true, 0.98), [11, 12, 12, 10], 6), '#8a5c34'),
      path(ribbon(sheer(true, 0.56), [9, 10, 10, 8], 6), '#7a5230'),
      path(
        ribbon(
          [
            [470, floor - 66],
            [520, floor - 54],
            [600, floor - 44],
            [900, floor - 44],
            [1000, floor - 70],
            [1080, floor - 160],
            [1130, floor - 320],
          ],
          [24, 26, 26, 26, 26, 24, 18],
          8,
        ),
        wood,
      ),
      path(
        ribbon(
          [
            [470, floor - 74],
            [520, floor - 62],
            [600, floor - 53],
            [900, floor - 53],
            [992, floor - 78],
            [1070, floor - 164],
            [1122, floor - 322],
          ],
          [6, 7, 7, 7, 7, 7, 5],
          8,
        ),
        woodLight,
      ),
      path(
        ribbon(
          [
            [478, floor - 60],
            [462, floor - 150],
            [456, floor - 270],
          ],
          [26, 24, 18],
          6,
        ),
        '#8a5c34',
      ),
      ...ribs.map((share) =>
        group([
          path(ribbon(rib(share, false), [20, 18, 16, 12], 6), wood),
          path(
            ribbon(
              rib(share, false).map(([x, y]): Point => [x - 4, y]),
              [5, 5, 5, 4],
              6,
            ),
            woodLight,
          ),
        ]),
      ),
      path(ribbon(sheer(false, 0.98), [13, 14, 14, 11], 6), woodLight),
      path(
        ribbon(
          sheer(false, 0.98).map(([x, y]): Point => [x, y + 6]),
          [4, 4, 4, 3],
          6,
        ),
        woodDark,
      ),
      path(ribbon(sheer(false, 0.62), [11, 12, 12, 9], 6), wood),
      // The one who builds it.
      ellipse(1226, floor + 22, 74, 10, '#17110f', 'opacity="0.7"'),
      stand(
        {
          skin: '#d9ad8a',
          hair: '#4a3a30',
          coat: '#e6dcc6',
          shade: '#8f7f68',
          legs: '#3f4f5a',
          legsShade: '#26323a',
          shoe: '#1a1512',
          skirt: 2,
        },
        {
          ...poses.lifting,
          hip: [-1, -48],
          neck: [-4, -80],
          elbows: [
            [9, -70],
            [6, -60],
          ],
          hands: [
            [24, -78],
            [17, -50],
          ],
        },
        1222,
        floor + 22,
        270,
        true,
      ),
      poly([1142, floor - 182, 1200, floor - 198, 1204, floor - 186, 1146, floor - 170], woodDark),
      // Planks and a chest at the left.
      poly([296, floor - 6, 470, floor - 24, 474, floor - 14, 300, floor + 6], woodLight),
      poly([286, floor + 8, 470, floor - 8, 474, floor + 2, 290, floor + 22], wood),
      rect(246, floor - 52, 96, 62, '#5a3a26'),
      rect(246, floor - 52, 96, 14, '#8a5c34'),
      // The front of the stage and the curtains.
      poly([-60, floor + 76, 1660, floor + 76, 1660, floor + 130, -60, floor + 130], '#3a2418'),
      rect(-60, floor + 76, width + 120, 9, '#8a5c34'),
      ...Array.from({ length: 9 }, (_, at) =>
        group([
          ellipse(160 + at * 160, floor + 78, 24, 11, '#ffdc8f'),
          path(
            `M${132 + at * 160} ${floor + 80}Q${160 + at * 160} ${floor + 100} ${188 + at * 160} ${floor + 80}Z`,
            '#17110f',
          ),
        ]),
      ),
      curtain(-60, 300, 1),
      curtain(1660, 300, -1),
      path(
        'M-60 -60L1660 -60L1660 60Q1500 150 1400 92Q1240 170 1110 96Q960 168 800 100Q640 168 490 96Q360 170 200 92Q100 150 -60 60Z',
        '#3a141a',
      ),
      path(
        'M-60 44Q100 136 200 78Q360 156 490 82Q640 154 800 86Q960 154 1110 82Q1240 156 1400 78Q1500 136 1660 44L1660 62Q1500 150 1400 92Q1240 170 1110 96Q960 168 800 100Q640 168 490 96Q360 170 200 92Q100 150 -60 62Z',
        '#c9923f',
      ),
      // Those who watch.
      rect(-60, floor + 126, width + 120, 300, '#33231a'),
      heads(862, 50, 15, 20, '#17141a'),
      heads(944, 62, 12, 90, '#0e0d12'),
      heads(1034, 76, 10, 10, '#08080c'),
    ]),
  };
}
