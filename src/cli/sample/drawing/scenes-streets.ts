import { archRow, awning, cobbles, openings, receding } from './buildings.ts';
import {
  circle,
  cuts,
  ellipse,
  glow,
  group,
  line,
  mix,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  width,
} from './ink.ts';
import { person, poses, someone, stand, type Look } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { curve, flat, stroke, vanishing, type Point } from './shapes.ts';
import { houses } from './things.ts';

/** A market under the arches of a viaduct, at night. */
export function nightMarket(): Sheet {
  const r = random('night-market');
  const [night, warm, ground] = ['#0f1c2a', '#ffd27a', 856];
  const row = { x0: -130, x1: 1730, top: 92, foot: ground, arches: 3, pier: 150, crown: 70, rise: 236 };
  const coats = ['#8a3d34', '#2b5a63', '#30465a', '#5f4458', '#1f3442', '#4a4638'];
  const stalls: { x: number; wide: number; colours: [string, string] }[] = [
    { x: 60, wide: 330, colours: ['#b4483a', '#f3e6c8'] },
    { x: 460, wide: 250, colours: ['#2f6b73', '#f3e6c8'] },
    { x: 790, wide: 330, colours: ['#d7a13f', '#f3e6c8'] },
    { x: 1200, wide: 320, colours: ['#b4483a', '#f3e6c8'] },
  ];
  const heap = (x: number, y: number, wide: number, colours: readonly string[]) =>
    Array.from({ length: Math.round(wide / 13) }, (_, at) =>
      circle(x + 6 + at * 13, y - (at % 2) * 8 - r.num(0, 7), 9, r.pick(colours)),
    ).join('');
  const goods = [
    ['#c8563a', '#d7a13f', '#a83c30'],
    ['#7f9a4a', '#a8b35a', '#557a44'],
    ['#e8d9b0', '#c98f4c', '#b97a3c'],
    ['#8a5168', '#c8563a', '#6a3a52'],
  ];
  const bulbs = (from: Point, to: Point, sag: number, count: number) => {
    const at = (t: number): Point => [
      from[0] + (to[0] - from[0]) * t,
      from[1] + (to[1] - from[1]) * t + sag * 4 * t * (1 - t),
    ];
    return group([
      stroke(curve(Array.from({ length: 9 }, (_, i) => at(i / 8))), '#0b1620', 3),
      ...Array.from({ length: count }, (_, i) => {
        const [x, y] = at((i + 0.5) / count);
        return group([circle(x, y + 9, 17, warm, 'opacity="0.3"'), circle(x, y + 9, 7.5, '#fff0c4')]);
      }),
    ]);
  };
  return {
    art: group([
      sky(r, ['#0d1a2a', '#152a3e', '#25405a'], 700, 40),
      ...Array.from({ length: 46 }, () =>
        circle(r.num(0, width), r.num(10, 90), r.num(0.8, 2.2), '#f4e6c8', 'opacity="0.8"'),
      ),
      // Through the arches: the yard behind, and its houses.
      rect(-40, 300, width + 80, 600, '#1a3044'),
      houses(
        r,
        { x0: -60, x1: 1640, foot: 700, low: 190, high: 330, litShare: 0.2 },
        {
          walls: ['#2b4558', '#345064', '#274053'],
          roofs: ['#182c3e', '#1e3446'],
          window: '#182c3e',
          lit: '#e0ac58',
        },
      ),
      rect(-40, 690, width + 80, 200, '#2a3640'),
      ...openings(row).map(({ x }) => ellipse(x, 800, 300, 160, '#f0b860', 'opacity="0.3"')),
      archRow(r, 'viaduct', row, { face: '#4a4450', light: '#6b6068', dark: '#332f3c', under: '#8a6442' }),
      rect(-40, row.top - 6, width + 80, 20, '#6b6068'),
      rect(-40, row.top + 30, width + 80, 7, '#332f3c'),
      // The lamps warm the feet of the piers.
      ...[-130, 490, 1110, 1730].map((x) =>
        path(
          `M${x - 75} ${ground}L${x - 75} 610Q${x} 560 ${x + 75} 610L${x + 75} ${ground}Z`,
          '#d98f4a',
          'opacity="0.34"',
        ),
      ),
      rect(-40, ground - 4, width + 80, 260, '#3a3434'),
      path(
        `M-40 ${ground}L1640 ${ground}L1640 ${ground + 120}L-40 ${ground + 120}Z`,
        '#b97a3c',
        'opacity="0.3"',
      ),
      cobbles(r, ground, 1080, '#1d2028', 'opacity="0.75"'),
      cobbles(r, ground + 6, 1080, '#d99a52', 'opacity="0.3"'),
      ...stalls.flatMap(({ x, wide, colours }, at) => [
        rect(x + 6, 640, wide - 12, 110, '#e8a850'),
        rect(x + 6, 640, wide - 12, 60, '#ffdc90'),
        stand(someone(r, coats, '#3a2a24'), poses.holding, x + wide * 0.34, 880, 210, at % 2 === 0),
        rect(x + 4, 768, wide - 8, 100, '#6a4428'),
        rect(x + 4, 768, wide - 8, 12, '#a9743f'),
        ...Array.from({ length: 4 }, (_, i) => rect(x + 8 + i * (wide / 4), 784, 5, 84, '#4a2f1e')),
        heap(x + 16, 768, wide * 0.4, goods[at]!),
        heap(x + wide * 0.56, 768, wide * 0.38, goods[(at + 2) % 4]!),
        rect(x, 610, 9, 258, night),
        rect(x + wide - 9, 610, 9, 258, night),
        awning(x - 6, 566, wide + 12, 74, colours),
        circle(x + wide / 2, 690, 13, '#fff3cf'),
        glow(x + wide / 2, 690, 74, warm, 4, 0.18),
      ]),
      bulbs([-40, 430], [490, 420], 70, 11),
      bulbs([490, 420], [1110, 420], 84, 13),
      bulbs([1110, 420], [1660, 430], 70, 11),
      // People before the stalls, dark against the light.
      ...(
        [
          [150, 236, 'walking', 0],
          [330, 222, 'standing', 1],
          [414, 150, 'walking', 0],
          [566, 240, 'pointing', 0],
          [706, 228, 'standing', 1],
          [764, 234, 'standing', 0],
          [960, 240, 'pointing', 1],
          [1130, 226, 'walking', 1],
          [1186, 142, 'walking', 1],
          [1330, 238, 'standing', 1],
          [1470, 232, 'walking', 0],
        ] as const
      ).map(([x, tall, pose, flip]) =>
        stand(someone(r, coats, '#14161e'), poses[pose], x, 950 + r.near() * 14, tall, flip === 1),
      ),
      ...[150, 330, 566, 706, 764, 960, 1130, 1330, 1470].map((x) =>
        path(`M${x - 16} 950L${x + 20} 950L${x + 64} 1066L${x - 30} 1066Z`, '#14161e', 'opacity="0.35"'),
      ),
    ]),
  };
}

/** Children on their way over the street. */
export function crossing(): Sheet {
  const r = random('crossing');
  const to: Point = [800, 470];
  const place = vanishing(...to);
  const ground = 1320;
  const fronts = [
    { wall: '#d8b48c', roof: '#8a4437', window: '#3a5560', frame: '#f3e6c8', door: '#2f6b73' },
    { wall: '#c98f6b', roof: '#5f5a58', window: '#35505c', frame: '#f0dfbe', door: '#22404a' },
    { wall: '#e3d2ac', roof: '#a6533f', window: '#3a5560', frame: '#fff4dc', door: '#b4483a' },
    { wall: '#b7c3b5', roof: '#77584e', window: '#35505c', frame: '#f3e6c8', door: '#7a5168' },
    { wall: '#d9a98a', roof: '#8a4437', window: '#3a5560', frame: '#f3e6c8', door: '#3f6650' },
  ];
  const shadow = (f: (typeof fronts)[number]) => ({
    wall: mix(f.wall, '#3f5a70', 0.42),
    roof: mix(f.roof, '#2a3f52', 0.42),
    window: '#243c4a',
    frame: mix(f.frame, '#3f5a70', 0.4),
    door: mix(f.door, '#1c2f3e', 0.35),
  });
  const depths = [-0.2, 0.2, 0.42, 0.57, 0.68, 0.77, 0.84];
  const heights = [-330, -190, -290, -200, -310, -240];
  const coats = ['#d5452f', '#e0a52c', '#2f7f8a', '#e2703a', '#3f8a63', '#c23f5e', '#3d6fae'];
  const zebra: string[] = [];
  const spots = 11;
  for (let at = 0; at < spots; at += 1) {
    const [a, b] = [-40 + (at / spots) * 1680, -40 + ((at + 0.52) / spots) * 1680];
    const y0 = 862;
    const y1 = 980;
    const lean = (x: number, y: number) => to[0] + (x - to[0]) * ((y - to[1]) / (920 - to[1]));
    zebra.push(poly([lean(a, y0), y0, lean(b, y0), y0, lean(b, y1), y1, lean(a, y1), y1], '#efe6d0'));
  }
  const children = [276, 406, 530, 656, 784, 912, 1036];
  return {
    art: group([
      sky(r, ['#a9c6c6', '#d3dcc6', '#f6dfae', '#f8cf94'], 640),
      circle(800, 424, 66, '#fff0cb'),
      glow(800, 424, 260, '#fff0cb', 4, 0.16),
      // The end of the street.
      ridge('mill lane', '#b9b596', { y: 468, rise: 14, wave: 100, foot: 700 }),
      poly(
        flat(
          place([-900, ground], 0),
          place([-900, ground], 0.97),
          place([2500, ground], 0.97),
          place([2500, ground], 0),
        ),
        '#8a8378',
      ),
      // Pavements.
      poly(
        flat(
          place([-460, 1067], -0.1),
          place([-460, 1067], 0.94),
          place([-60, 1067], 0.94),
          place([-60, 1067], -0.1),
        ),
        '#c9b795',
      ),
      poly(
        flat(
          place([2060, 1067], -0.1),
          place([2060, 1067], 0.94),
          place([1660, 1067], 0.94),
          place([1660, 1067], -0.1),
        ),
        '#a39a88',
      ),
      cuts(
        r,
        '#6f6a62',
        { count: 80, x: [200, 1300], y: [640, 1060], long: [40, 160], thick: [2, 5], spread: 2 },
        'opacity="0.7"',
      ),
      // The end of the street, where it bends.
      ...(
        [
          [640, 92, '#c9b898', '#9c7a68', 70],
          [728, 76, '#b8a992', '#8f7366', 96],
          [800, 88, '#cdb99a', '#a5826e', 62],
          [884, 84, '#b3a48e', '#8f7366', 84],
        ] as const
      ).flatMap(([x, wide, wall, roof, tall]) => [
        rect(x, 512 - tall, wide, tall, wall),
        poly([x - 5, 513 - tall, x + wide / 2, 474 - tall, x + wide + 5, 513 - tall], roof),
        ...[0.2, 0.58].flatMap((share) => [
          rect(x + wide * share, 524 - tall, 14, 18, '#7f8680'),
          rect(x + wide * share, 488, 14, 14, '#7f8680'),
        ]),
      ]),
      // Houses on both sides, the right in shade.
      ...depths
        .slice(0, -1)
        .map((depth, at) => {
          const near = { x: -330, top: heights[at]!, foot: 1010 };
          return receding(r, to, near, [depth, depths[at + 1]!], 3, 3, fronts[at % fronts.length]!);
        })
        .toReversed(),
      ...depths
        .slice(0, -1)
        .map((depth, at) => {
          const near = { x: 1930, top: heights[(at + 2) % 6]!, foot: 1010 };
          return receding(
            r,
            to,
            near,
            [depth, depths[at + 1]!],
            3,
            3,
            shadow(fronts[(at + 2) % fronts.length]!),
          );
        })
        .toReversed(),
      // Long shadow from the right.
      poly(
        flat([1660, 1067], place([1660, 1067], 0.8), place([1180, 1067], 0.8), [1120, 1067]),
        '#2a3f52',
        'opacity="0.2"',
      ),
      ...zebra,
      // Two beacons at the kerbs.
      ...[96, 1500].flatMap((x) => [
        ...Array.from({ length: 8 }, (_, at) =>
          rect(x - 8, 560 + at * 40, 16, 40, at % 2 === 0 ? '#22303a' : '#f3ead2'),
        ),
        circle(x, 540, 36, '#e8a13a'),
        circle(x - 9, 530, 12, '#ffd890'),
      ]),
      ...children.map((x, at) => {
        const coat = coats[at]!;
        const tall = 206 + r.near() * 18;
        const y = 946 + (at % 2) * 12;
        const look: Look = {
          skin: r.pick(['#d9ad8a', '#b98562', '#8a5a3e', '#e4bf9c']),
          hair: r.pick(['#2b2019', '#6a4528', '#a8743c']),
          coat,
          shade: mix(coat, '#2a3040', 0.3),
          legs: r.pick(['#2d4450', '#3a3f4a', '#5a4a52']),
          legsShade: '#22303a',
          shoe: '#3a2a24',
          skirt: r.pick([8, 14, 18]),
          hat: coats[(at + 3) % coats.length]!,
          headgear: r.pick(['wool', 'hood', 'wool', 'bun', 'long'] as const),
        };
        const bag = coats[(at + 4) % coats.length]!;
        return group([
          ellipse(x - 40, y + 4, 74, 9, '#4a4a4a', 'opacity="0.4"'),
          // Children have larger heads: a person scaled down, with the head drawn up.
          moved(
            [
              person(look, { ...poses.walking, neck: [1, -76], head: [2.6, -87.5] }),
              path('M-17 -74Q-21 -72 -20.5 -50Q-14 -48 -7 -50L-6 -76Q-10 -79 -17 -74Z', bag),
              path('M-20 -60L-7 -60L-7 -56L-20.4 -56Z', mix(bag, '#22303a', 0.4)),
            ],
            x,
            y,
            tall / 100,
          ),
        ]);
      }),
      // The grown-up with the round sign on a pole.
      ellipse(1156, 966, 96, 11, '#4a4a4a', 'opacity="0.4"'),
      stand(
        {
          skin: '#b98562',
          hair: '#6f665e',
          coat: '#e6c93f',
          shade: '#b08f2a',
          legs: '#22303a',
          legsShade: '#1a242c',
          shoe: '#142028',
          skirt: 24,
          hat: '#22303a',
          headgear: 'cap',
        },
        {
          ...poses.standing,
          elbows: [
            [7, -62],
            [9, -64],
          ],
          hands: [
            [8, -46],
            [21, -66],
          ],
        },
        1170,
        964,
        270,
        true,
      ),
      line(1112, 966, 1112, 560, '#3a2a24', 9),
      circle(1112, 540, 58, '#22303a'),
      circle(1112, 540, 50, '#e8b43a'),
      circle(1112, 540, 36, '#f6e9c6'),
      rect(1082, 531, 60, 18, '#22303a'),
    ]),
  };
}
