import {
  circle,
  cloud,
  cuts,
  ellipse,
  glitter,
  glow,
  group,
  line,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
  width,
  within,
} from './ink.ts';
import { poses, stand } from './people.ts';
import type { Sheet } from './print.ts';
import { random, type Random } from './random.ts';
import { fade, flat, stroke, vanishing, type Point } from './shapes.ts';

/** Foam along a line, in cuts. */
function foam(r: Random, colour: string, from: Point, to: Point, count: number, rise: number): string {
  return cuts(r, colour, {
    count,
    x: [from[0], to[0]],
    y: [Math.min(from[1], to[1]) - rise, Math.max(from[1], to[1]) + rise],
    long: [40, 150],
    thick: [3, 9],
    spread: 5,
    bend: 5,
  });
}

/** The pilot boat under the high side of a ship, at night. */
export function pilotBoat(): Sheet {
  const r = random('pilot-boat');
  const [ink, warm] = ['#0b141d', '#ffdc8f'];
  const sea = 742;
  const hull = `M390 118Q470 420 588 ${sea + 70}L1700 ${sea + 90}L1700 64L980 92Z`;
  const ladder = { x: 902, top: 108, foot: 716 };
  const boat = group([
    path(
      'M-262 -64Q-120 -48 80 -56L226 -86Q270 -94 282 -98Q262 -30 214 20L-226 20Q-256 -20 -262 -64Z',
      '#d5622f',
    ),
    within(
      'petrel',
      path(
        'M-262 -64Q-120 -48 80 -56L226 -86Q270 -94 282 -98Q262 -30 214 20L-226 20Q-256 -20 -262 -64Z',
        '#000',
      ),
      [
        path('M-280 -10Q-60 6 120 -12L300 -60L300 40L-280 40Z', '#7d3320'),
        path('M-280 4L300 -14L300 40L-280 40Z', '#15242f'),
        path(
          'M-270 -66Q-120 -48 80 -57L226 -87L290 -100L290 -84L226 -70L80 -40Q-120 -30 -270 -50Z',
          '#f0e2c2',
        ),
      ],
    ),
    ...[-170, -90, -10, 70].map((x) => ellipse(x, -26, 12, 15, ink)),
    // Wheelhouse.
    poly([-196, -58, -176, -150, 0, -150, 22, -56], '#f0e2c2'),
    poly([-60, -58, -56, -150, 0, -150, 22, -56], '#b9ab8c'),
    poly([-166, -138, -168, -98, -118, -98, -116, -138], warm),
    poly([-106, -138, -108, -98, -66, -98, -64, -138], warm),
    poly([-48, -138, -46, -98, 4, -98, -4, -138], '#e8b868'),
    poly([-190, -150, -182, -164, 8, -164, 12, -150], '#d5622f'),
    line(-90, -164, -90, -250, '#8d9a98', 6),
    line(-122, -222, -58, -222, '#8d9a98', 4),
    circle(-90, -256, 8, '#fff4d4'),
    circle(-90, -236, 7, '#d5452f'),
    line(36, -62, 36, -104, '#c9bb98', 4),
    line(36, -104, 210, -128, '#c9bb98', 4),
    line(120, -66, 120, -114, '#c9bb98', 4),
    line(210, -84, 210, -128, '#c9bb98', 4),
  ]);
  return {
    art: group([
      sky(r, ['#0c1724', '#14263a', '#223d54', '#3d5c6c'], sea, 34),
      ...Array.from({ length: 40 }, () =>
        circle(r.num(0, 560), r.num(20, 420), r.num(0.9, 2.2), '#f4e6c8', 'opacity="0.7"'),
      ),
      cloud(r, -120, 330, 520, '#0f1e2e', 'opacity="0.75"'),
      cloud(r, 80, 520, 420, '#2b4558', 'opacity="0.7"'),
      ridge('pilot coast', '#152734', { y: sea - 8, rise: 10, wave: 90 }),
      ...[34, 96, 130, 206, 268, 300, 352, 420].map((x, at) =>
        circle(x, sea - 18 - (at % 3) * 7, 3.4, at === 3 ? '#e8714a' : warm),
      ),
      water(r, sea, { far: '#2c4655', near: '#0a1620', light: '#5d7c88', dark: '#0c1822' }, 0.8),
      // The ship.
      path(hull, '#17212a'),
      fade('side', ['#0a1118', '#1c2832', '#10191f'], [1, 0]),
      within('ship', path(hull, '#000'), [
        rect(380, 40, 1300, 900, 'url(#side)'),
        // Lamp light down the steel.
        poly(
          [ladder.x - 26, 90, ladder.x + 30, 90, ladder.x + 270, 900, ladder.x - 250, 900],
          '#8a8166',
          'opacity="0.34"',
        ),
        poly(
          [ladder.x - 20, 90, ladder.x + 24, 90, ladder.x + 170, 900, ladder.x - 150, 900],
          '#d9b878',
          'opacity="0.4"',
        ),
        ...[220, 350, 480, 610].map((y) =>
          path(`M380 ${y + 12}L1700 ${y - 8}L1700 ${y - 5}L380 ${y + 15}Z`, '#05090d', 'opacity="0.8"'),
        ),
        ...[560, 720, 1060, 1230, 1400, 1560].map((x) => line(x, 90, x + 14, 900, '#0a1015', 2.5)),
        cuts(
          r,
          '#33444f',
          {
            count: 70,
            x: [480, 1600],
            y: [120, 700],
            long: [20, 110],
            thick: [1.6, 4],
            angle: 88,
            spread: 4,
          },
          'opacity="0.7"',
        ),
        cuts(
          r,
          '#6a3428',
          { count: 26, x: [560, 1600], y: [560, 700], long: [30, 120], thick: [2, 6], angle: 90, spread: 3 },
          'opacity="0.8"',
        ),
        path(`M360 ${sea - 58}L1700 ${sea - 40}L1700 940L360 940Z`, '#6d2c25'),
        path(
          `M360 ${sea - 58}L1700 ${sea - 40}L1700 ${sea - 32}L360 ${sea - 50}Z`,
          '#c9b48c',
          'opacity="0.7"',
        ),
        poly(
          [ladder.x - 120, sea - 50, ladder.x + 150, sea - 48, ladder.x + 230, 940, ladder.x - 210, 940],
          '#b4583a',
          'opacity="0.8"',
        ),
      ]),
      path('M470 262L566 246L572 292L520 300Q496 330 486 304Z', '#05090d', 'opacity="0.55"'),
      // Rail and lamps.
      path('M388 112L980 86L1700 58L1700 72L980 100L390 126Z', '#3d4d58'),
      ...Array.from({ length: 20 }, (_, at) =>
        line(420 + at * 66, 66 - at * 1.3, 420 + at * 66, 108 - at * 2.4, '#2c3a45', 4),
      ),
      path('M410 64Q980 50 1700 14', 'none', 'stroke="#2c3a45" stroke-width="5"'),
      ...[560, 1280, 1500].map((x) => group([glow(x, 52, 40, warm, 3, 0.12), circle(x, 52, 6, '#fff0c4')])),
      // The ladder.
      line(ladder.x, 104, ladder.x + 2, 40, '#3d4d58', 7),
      line(ladder.x + 2, 42, ladder.x - 40, 62, '#3d4d58', 6),
      glow(ladder.x - 42, 72, 110, warm, 4, 0.18),
      path(`M${ladder.x - 62} 66L${ladder.x - 22} 58L${ladder.x - 20} 76L${ladder.x - 60} 84Z`, '#fff6da'),
      ...[-17, 17].map((x) =>
        stroke(
          `M${ladder.x + x} ${ladder.top}Q${ladder.x + x + 5} 420 ${ladder.x + x - 2} ${ladder.foot}`,
          '#e9d9b0',
          4,
        ),
      ),
      ...Array.from({ length: 23 }, (_, at) => {
        const y = ladder.top + 12 + at * 26.4;
        const wide = at % 8 === 5 ? 46 : 22;
        return group([
          rect(ladder.x - wide + 2, y, wide * 2, 6.5, '#f3e0b4'),
          rect(ladder.x - wide + 2, y + 6.5, wide * 2, 3, '#7a5a36'),
        ]);
      }),
      // The sea against the ship.
      path(
        `M560 ${sea + 44}Q700 ${sea + 14} 860 ${sea + 40}T1180 ${sea + 34}T1500 ${sea + 44}L1700 ${sea + 30}L1700 ${sea + 130}L540 ${sea + 130}Z`,
        '#1a3040',
      ),
      foam(r, '#a9bcc0', [540, sea + 40], [1620, sea + 46], 46, 12),
      moved(boat, 716, 836, 1.12, -4),
      stand(
        {
          skin: '#c9966f',
          hair: '#2b2019',
          coat: '#e8b43a',
          shade: '#9a7424',
          legs: '#22303a',
          legsShade: '#131e27',
          shoe: ink,
          skirt: 10,
          hat: '#22303a',
          headgear: 'wool',
        },
        {
          ...poses.lifting,
          elbows: [
            [12, -76],
            [13, -72],
          ],
          hands: [
            [23, -90],
            [24, -78],
          ],
        },
        868,
        768,
        142,
      ),
      glow(716 - 118, 556, 60, '#fff4d4', 3, 0.16),
      // The swell in front.
      ridge('pilot swell', '#122430', { y: 872, rise: 26, wave: 260 }),
      foam(r, '#7f98a0', [60, 872], [1500, 880], 60, 18),
      glitter(r, '#e8b060', { x: 660, top: 872, foot: 1050, narrow: 210, wide: 170, count: 46 }),
      glitter(r, '#d5622f', { x: 860, top: 880, foot: 990, narrow: 110, wide: 90, count: 14 }),
      ridge('pilot swell near', '#0b1822', { y: 992, rise: 34, wave: 330 }),
      foam(r, '#4d6772', [-40, 1000], [1600, 1040], 60, 18),
    ]),
  };
}

/** The ladder from where the pilot stands before the climb. */
export function pilotLadder(): Sheet {
  const r = random('pilot-ladder');
  const place = vanishing(770, -440);
  const at = (x: number, depth: number): Point => place([x, 1040], depth);
  // Equal steps up the side, from where the reader stands.
  const up = (height: number) => 1 - 1 / height;
  const rail = up(2.62);
  const side = flat(at(-1400, 0), at(-1400, rail), at(3400, rail), at(3400, 0));
  const rungs = Array.from({ length: 15 }, (_, step) => 1.105 + step * 0.104);
  const ropes = [585, 955];
  return {
    art: group([
      sky(r, ['#a9c0c4', '#d9dcc8', '#f3e2b8'], 260, 16),
      fade('rust', ['#a8492f', '#943c2a', '#6e2b22']),
      poly(side, 'url(#rust)'),
      within('steel', poly(side, '#000'), [
        // Plates.
        ...[-420, -60, 300, 1240, 1600, 1960, 2320, -780].map((x) =>
          poly(flat(at(x, 0), at(x, rail), at(x + 10, rail), at(x + 10, 0)), '#5a2219'),
        ),
        ...[1.24, 1.62, 2, 2.38].flatMap((h) => [
          poly(
            flat(at(-1400, up(h)), at(-1400, up(h + 0.012)), at(3400, up(h + 0.012)), at(3400, up(h))),
            '#5a2219',
          ),
          poly(
            flat(
              at(-1400, up(h + 0.012)),
              at(-1400, up(h + 0.018)),
              at(3400, up(h + 0.018)),
              at(3400, up(h + 0.012)),
            ),
            '#c9694a',
          ),
        ]),
        ...[-420, -60, 300, 1240, 1600, 1960].flatMap((x) =>
          Array.from({ length: 26 }, (_, i) =>
            circle(...at(x + 34, up(1.02 + i * 0.062)), 5.6 / (1.02 + i * 0.062), '#5a2219'),
          ),
        ),
        // Rust that ran, and scratches of other ladders.
        ...Array.from({ length: 100 }, () => {
          const [x, h, long] = [r.num(-1000, 2500), r.num(1, 2.4), r.num(0.05, 0.24)];
          const wide = r.num(4, 18);
          return poly(
            flat(
              at(x, up(h)),
              at(x + wide * 0.3, up(h + long)),
              at(x + wide * 0.7, up(h + long)),
              at(x + wide, up(h)),
            ),
            r.pick(['#6b2a1e', '#c0603c', '#7f3324', '#b4543a']),
            'opacity="0.75"',
          );
        }),
        // The ladder's shadow.
        ...ropes.map((x) =>
          poly(
            flat(at(x + 62, up(1.06)), at(x + 40, rail), at(x + 62, rail), at(x + 86, up(1.06))),
            '#4a1c16',
            'opacity="0.6"',
          ),
        ),
        ...rungs.map((h) =>
          poly(
            flat(
              at(ropes[0]! + 60, up(h - 0.024)),
              at(ropes[0]! + 60, up(h + 0.006)),
              at(ropes[1]! + 80, up(h + 0.006)),
              at(ropes[1]! + 80, up(h - 0.024)),
            ),
            '#4a1c16',
            'opacity="0.55"',
          ),
        ),
      ]),
      // The rail, and someone who looks down.
      rect(-40, at(0, rail)[1] - 8, width + 80, 20, '#e9dcc0'),
      ...Array.from({ length: 17 }, (_, i) => rect(-20 + i * 104, 62, 8, 68, '#22303a')),
      line(-40, 66, 1640, 66, '#22303a', 9),
      line(-40, 100, 1640, 100, '#22303a', 5),
      moved(
        [
          path('M-62 70Q-60 8 0 0Q60 8 62 70Z', '#d5622f'),
          path('M4 70Q10 20 2 0Q60 8 62 70Z', '#9a4422'),
          ellipse(0, -6, 27, 30, '#c9966f'),
          path('M-34 -16Q-30 -52 0 -52Q32 -52 34 -16Q0 -30 -34 -16Z', '#f0e2c2'),
          path('M-37 -14Q0 -34 37 -14Q36 -4 0 -16Q-36 -4 -37 -14Z', '#b9ab8c'),
        ],
        952,
        82,
        0.74,
      ),
      // The ladder.
      ...ropes.flatMap((x) => [
        poly(
          flat(at(x - 13, up(1.06)), at(x - 13, rail + 0.01), at(x + 13, rail + 0.01), at(x + 13, up(1.06))),
          '#e2d0a2',
        ),
        poly(
          flat(at(x + 3, up(1.06)), at(x + 3, rail + 0.01), at(x + 13, rail + 0.01), at(x + 13, up(1.06))),
          '#a68f62',
        ),
        ...Array.from({ length: 60 }, (_, i) => {
          const d = up(1.07 + i * 0.0255);
          const [[lx, ly], [rx]] = [at(x - 13, d), at(x + 13, d)];
          return line(lx, ly, rx, ly - (rx - lx) * 0.5, '#8a7248', 2.4 * (1 - d));
        }),
      ]),
      ...rungs.flatMap((h, step) => {
        const reach = step === 4 || step === 11 ? 300 : 22;
        const [l, rr] = [ropes[0]! - reach, ropes[1]! + reach];
        const bar = (from: number, to: number, x0: number, x1: number, fill: string) =>
          poly(flat(at(x0, up(from)), at(x0, up(to)), at(x1, up(to)), at(x1, up(from))), fill);
        return [
          // From below its under side shows, and its front above that.
          bar(h - 0.026, h, l + 6, rr - 6, '#7d5530'),
          bar(h, h + 0.026, l, rr, '#dcb270'),
          bar(h + 0.019, h + 0.026, l, rr, '#f3d9a4'),
          ...ropes.map((x) => bar(h - 0.028, h + 0.032, x - 19, x + 19, '#efe0b8')),
          ...ropes.map((x) => bar(h - 0.002, h + 0.004, x - 19, x + 19, '#a68f62')),
        ];
      }),
      // The water.
      path(`M-40 968Q200 930 420 956T860 950T1280 958T1680 944L1680 1100L-40 1100Z`, '#132530'),
      foam(r, '#d9dfd2', [-60, 952], [1560, 962], 50, 8),
      foam(r, '#587480', [-60, 990], [1560, 1040], 46, 20),
      foam(r, '#9a4a34', [200, 990], [1400, 1030], 22, 16),
    ]),
  };
}
