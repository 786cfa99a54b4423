import { circle, cuts, ellipse, glow, group, mix, path, poly, rect, width, within } from './ink.ts';
import { poses, stand, type Look, type Pose } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { curve, fade, stroke, type Point } from './shapes.ts';

/** The old lens of the light, in the museum. */
export function lens(): Sheet {
  const r = random('lens');
  const [brass, brassLight, brassDark] = ['#b07a34', '#e6bd6a', '#6a4622'];
  const [x, y] = [800, 470];
  const half = (share: number) => 232 * Math.sqrt(Math.max(0, 1 - (share * 0.86) ** 2)) + 22;
  const at = (share: number) => y + share * 330;
  // Rows of prisms above and below the belt, each a band with a bright and a dark edge.
  const band = (from: number, to: number) => {
    const [a, b] = [half(from), half(to)];
    const [ya, yb] = [at(from), at(to)];
    const sag = 16 * Math.abs((from + to) / 2);
    const piece = (u0: number, u1: number, fill: string, opacity = 1) =>
      poly(
        [
          x + a * u0,
          ya + sag * (1 - u0 * u0),
          x + a * u1,
          ya + sag * (1 - u1 * u1),
          x + b * u1,
          yb + sag * (1 - u1 * u1),
          x + b * u0,
          yb + sag * (1 - u0 * u0),
        ],
        fill,
        `opacity="${opacity}"`,
      );
    const glass = [
      '#2f6b70',
      '#4f979a',
      '#8fc9c2',
      '#d9efe0',
      '#f6f6dc',
      '#bfe3d6',
      '#6fb0b0',
      '#3f8288',
      '#275a62',
    ];
    return group([
      ...glass.map((fill, index) =>
        piece(
          -1 + (index * 2) / 9,
          -1 + ((index + 1) * 2) / 9,
          r.chance(0.8) ? fill : mix(fill, '#fff6d8', 0.4),
        ),
      ),
      piece(-1, 1, '#ffffff', 0.1),
      poly(
        [x - a, ya, x + a, ya, x + a * 0.99, ya + (yb - ya) * 0.18, x - a * 0.99, ya + (yb - ya) * 0.18],
        '#f6fbea',
        'opacity="0.75"',
      ),
      poly(
        [x - b * 1.01, yb - (yb - ya) * 0.16, x + b * 1.01, yb - (yb - ya) * 0.16, x + b, yb, x - b, yb],
        '#16363e',
        'opacity="0.8"',
      ),
    ]);
  };
  const rows: string[] = [];
  for (let row = 0; row < 7; row += 1)
    rows.push(
      band(-1 + row * 0.098, -1 + row * 0.098 + 0.084),
      band(0.33 + row * 0.098, 0.33 + row * 0.098 + 0.084),
    );
  const eye = Array.from({ length: 9 }, (_, ring) => {
    const size = 104 - ring * 11.4;
    return group([
      ellipse(x, y, size * 1.02, size, ring % 2 === 0 ? '#bfe3d6' : '#4f979a'),
      ellipse(
        x - size * 0.06,
        y - size * 0.06,
        size * 0.9,
        size * 0.9,
        ring % 2 === 0 ? '#7fbab8' : '#d9efe0',
      ),
    ]);
  });
  const arch = (cx: number) => [
    path(`M${cx - 118} 640L${cx - 118} 250A118 130 0 0 1 ${cx + 118} 250L${cx + 118} 640Z`, '#c9bda0'),
    path(`M${cx - 96} 640L${cx - 96} 252A96 108 0 0 1 ${cx + 96} 252L${cx + 96} 640Z`, '#cfdccf'),
    path(`M${cx - 96} 640L${cx - 96} 420L${cx + 96} 360L${cx + 96} 640Z`, '#b3c9c2'),
    ...[-48, 0, 48].map((dx) => rect(cx + dx - 3, 150, 6, 490, '#8d8670')),
    ...[260, 370, 480].map((wy) => rect(cx - 96, wy, 192, 6, '#8d8670')),
  ];
  const visitor = (look: Look, px: number, tall: number, flip: boolean, pose: Pose) =>
    group([
      ellipse(px + (px < 800 ? -30 : 34), 966, tall * 0.26, 10, '#4a3a2c', 'opacity="0.5"'),
      stand(look, pose, px, 964, tall, flip),
    ]);
  return {
    art: group([
      fade('museum', ['#8f8470', '#b3a78c', '#d2c4a2']),
      rect(-60, -60, width + 120, 900, 'url(#museum)'),
      cuts(r, '#a3977c', {
        count: 90,
        x: [-60, 1560],
        y: [0, 780],
        long: [40, 120],
        thick: [3, 8],
        spread: 1,
      }),
      ...[170, 470, 1130, 1430].flatMap(arch),
      // Cornice, pillars and gallery rail.
      rect(-60, 66, width + 120, 34, '#ded0ae'),
      rect(-60, 96, width + 120, 10, '#8d8068'),
      ...[20, 320, 1280, 1580].flatMap((px) => [
        rect(px - 30, 100, 60, 700, '#d9caa6'),
        rect(px + 8, 100, 22, 700, '#a99a7c'),
        rect(px - 42, 100, 84, 24, '#e6d8b6'),
        rect(px - 42, 770, 84, 40, '#c3b48f'),
      ]),
      rect(-60, 660, width + 120, 16, '#8d8068'),
      rect(-60, 676, width + 120, 130, '#b5a684'),
      ...Array.from({ length: 22 }, (_, index) => rect(-40 + index * 78, 692, 54, 96, '#a69774')),
      // The floor, chequered towards us.
      rect(-60, 806, width + 120, 300, '#cdb88f'),
      ...[0, 1, 2, 3].flatMap((row) => {
        const [near, far] = [806 + 270 * ((row + 1) / 4) ** 1.5, 806 + 270 * (row / 4) ** 1.5];
        return Array.from({ length: 18 }, (_, index) => {
          if ((index + row) % 2 === 0) return '';
          const u = (step: number, yy: number) => 800 + (step - 9) * (90 + (yy - 806) * 0.36);
          return poly(
            [u(index, far), far, u(index + 1, far), far, u(index + 1, near), near, u(index, near), near],
            '#a3895f',
          );
        });
      }),
      // Its light on walls and floor: a warm pool, and the colours that the prisms throw.
      glow(x, y, 620, '#fff0c4', 5, 0.09),
      ellipse(800, 930, 560, 110, '#fff3cf', 'opacity="0.35"'),
      ...['#d5622f', '#e8b43a', '#6fae7a', '#3f8fa0', '#6a5a9a'].flatMap((colour, index) => [
        path(
          `M${250 - index * 34} 1100L${470 - index * 16} 868L${490 - index * 16} 868L${290 - index * 34} 1100Z`,
          colour,
          'opacity="0.24"',
        ),
        path(
          `M${1310 + index * 34} 1100L${1110 + index * 16} 868L${1130 + index * 16} 868L${1350 + index * 34} 1100Z`,
          colour,
          'opacity="0.24"',
        ),
      ]),
      // The stand.
      ellipse(800, 948, 250, 30, '#4a3a2c', 'opacity="0.6"'),
      poly([640, 940, 960, 940, 940, 900, 660, 900], '#3f4a4c'),
      poly([880, 940, 960, 940, 940, 900, 870, 900], '#2a3436'),
      rect(700, 846, 200, 58, '#5a6666'),
      rect(840, 846, 60, 58, '#37423f'),
      rect(700, 846, 30, 58, '#8a9692'),
      ...[680, 800, 920].map((px) => rect(px - 10, 816, 20, 90, brassDark)),
      rect(610, 806, 380, 22, brass),
      rect(610, 806, 380, 7, brassLight),
      // Glass: the body behind, rows of prisms, the belt with its eye.
      poly(
        [
          ...Array.from({ length: 21 }, (_, index) => [
            x - half(-1 + index * 0.1),
            at(-1 + index * 0.1),
          ]).flat(),
          ...Array.from({ length: 21 }, (_, index) => [
            x + half(1 - index * 0.1),
            at(1 - index * 0.1),
          ]).flat(),
        ],
        '#1d4148',
      ),
      ...rows,
      band(-0.3, -0.2),
      band(0.2, 0.3),
      poly(
        [x - half(0.2), at(-0.2), x + half(0.2), at(-0.2), x + half(0.2), at(0.2), x - half(0.2), at(0.2)],
        '#2f6b70',
      ),
      ...[-1, 1].flatMap((side) =>
        Array.from({ length: 5 }, (_, index) =>
          path(
            `M${x + side * (112 + index * 26)} ${at(-0.2)}Q${x + side * (136 + index * 26)} ${y} ${x + side * (112 + index * 26)} ${at(0.2)}L${x + side * (126 + index * 25)} ${at(0.2)}Q${x + side * (148 + index * 25)} ${y} ${x + side * (126 + index * 25)} ${at(-0.2)}Z`,
            index % 2 === 0 ? '#bfe3d6' : '#6fb0b0',
          ),
        ),
      ),
      within('belt', rect(x - half(0), at(-0.32), half(0) * 2, at(0.32) - at(-0.32), '#000'), eye),
      glow(x, y, 120, '#fff6d8', 4, 0.22),
      circle(x, y, 17, '#fffdf0'),
      // The frame.
      ...[-1.02, -0.315, 0.315, 1].map((share) =>
        group([
          rect(x - half(share) - 10, at(share) - 9, half(share) * 2 + 20, 18, brass),
          rect(x - half(share) - 10, at(share) - 9, half(share) * 2 + 20, 6, brassLight),
          rect(x + half(share) * 0.4, at(share) - 9, half(share) * 0.6 + 10, 18, brassDark, 'opacity="0.6"'),
        ]),
      ),
      ...[-1, -0.46, 0.46, 1].map((u) =>
        stroke(
          curve(
            Array.from({ length: 11 }, (_, index): Point => {
              const share = -1 + index * 0.2;
              return [x + u * (half(share) + (Math.abs(u) === 1 ? 4 : 0)), at(share)];
            }),
          ),
          u > 0.5 ? brassDark : brass,
          Math.abs(u) === 1 ? 13 : 9,
        ),
      ),
      stroke(
        curve(
          Array.from({ length: 11 }, (_, index): Point => [
            x - half(-1 + index * 0.2) - 6,
            at(-1 + index * 0.2),
          ]),
        ),
        brassLight,
        4,
      ),
      rect(x - 60, at(-1.02) - 44, 120, 38, brass),
      path(`M${x - 74} ${at(-1.02) - 42}Q${x} ${at(-1.02) - 104} ${x + 74} ${at(-1.02) - 42}Z`, brass),
      path(
        `M${x + 10} ${at(-1.02) - 42}Q${x + 20} ${at(-1.02) - 86} ${x} ${at(-1.02) - 74}Q${x + 40} ${at(-1.02) - 76} ${x + 74} ${at(-1.02) - 42}Z`,
        brassDark,
      ),
      circle(x, at(-1.02) - 84, 12, brassLight),
      // The rope, and two who look up.
      ...[420, 560, 1040, 1180].map((px) =>
        group([
          rect(px - 5, 880, 10, 86, brassDark),
          circle(px, 876, 10, brassLight),
          ellipse(px, 968, 24, 7, brassDark),
        ]),
      ),
      ...[
        [420, 560],
        [1040, 1180],
      ].map(([a, b]) => stroke(`M${a} 884Q${(a! + b!) / 2} 934 ${b} 884`, '#8a2f2f', 8)),
      visitor(
        {
          skin: '#b98562',
          hair: '#2b2019',
          coat: '#b4483a',
          shade: '#7a2f2a',
          legs: '#2d3f4a',
          legsShade: '#20303a',
          shoe: '#1a1c20',
          skirt: 18,
          headgear: 'long',
        },
        330,
        216,
        false,
        { ...poses.standing, head: [-1, -91] },
      ),
      visitor(
        {
          skin: '#d9ad8a',
          hair: '#5a3d28',
          coat: '#d7a13f',
          shade: '#946a26',
          legs: '#3a3f4a',
          legsShade: '#262c36',
          shoe: '#1a1c20',
          skirt: 6,
          headgear: 'wool',
          hat: '#2f6b73',
        },
        1262,
        142,
        true,
        poses.pointing,
      ),
    ]),
  };
}
