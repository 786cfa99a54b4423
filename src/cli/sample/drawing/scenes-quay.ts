import {
  circle,
  cloud,
  cuts,
  ellipse,
  glitter,
  glow,
  group,
  gulls,
  line,
  mix,
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
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { fade, stroke, type Point } from './shapes.ts';
import { houses, turbine } from './things.ts';

/** The grain quay in evening light. */
export function grainQuay(): Sheet {
  const r = random('grain-quay');
  const [quay, dark] = [706, '#1c2a34'];
  const silos = Array.from({ length: 7 }, (_, at) => 574 + at * 126);
  const silo = (x: number) => [
    rect(x, 214, 126, quay - 214, 'url(#silo)'),
    rect(x + 122, 214, 5, quay - 214, '#54433f'),
    cuts(r, '#fae7c0', {
      count: 9,
      x: [x + 20, x + 34],
      y: [230, 660],
      long: [20, 70],
      thick: [2, 5],
      angle: 90,
      spread: 1,
    }),
    cuts(r, '#5f4c48', {
      count: 14,
      x: [x + 92, x + 116],
      y: [230, 660],
      long: [20, 80],
      thick: [2, 5],
      angle: 90,
      spread: 1,
    }),
    ...[330, 450, 570].map((y) => stroke(`M${x} ${y}Q${x + 62} ${y + 16} ${x + 124} ${y}`, '#94705a', 4)),
  ];
  const hull = 'M118 668L1040 680Q1100 676 1172 640Q1150 740 1096 806L168 806Q128 760 118 668Z';
  const containers = (x: number, y: number, wide: number, fill: string) =>
    group([rect(x, y, wide, 34, fill), rect(x + wide * 0.7, y, wide * 0.3, 34, mix(fill, dark, 0.35))]);
  return {
    art: group([
      sky(r, ['#5b7d8c', '#93a09c', '#d9b58c', '#f2bf7c', '#f7cf8c'], quay, 46),
      fade('silo', ['#c99f78', '#f3d6a6', '#ecca9a', '#c39a75', '#94705f', '#6f5852'], [1, 0]),
      ellipse(120, 690, 620, 260, '#ffe9b4', 'opacity="0.35"'),
      ellipse(120, 690, 380, 150, '#fff3cf', 'opacity="0.5"'),
      cloud(r, 280, 190, 520, '#e8c9a4', 'opacity="0.75"'),
      cloud(r, 40, 320, 380, '#e3b088', 'opacity="0.8"'),
      cloud(r, 900, 130, 560, '#a9aaa2', 'opacity="0.7"'),
      ridge('quay hills', '#b39a86', { y: 640, rise: 30, wave: 220, foot: 740 }),
      houses(
        r,
        { x0: -60, x1: 560, foot: quay, low: 40, high: 76, litShare: 0.16 },
        {
          walls: ['#cfa98a', '#bf9880', '#d9b892'],
          roofs: ['#8f6558', '#7d6660'],
          window: '#6a5c5a',
          lit: '#ffe2a0',
        },
      ),
      // Silos, the head house over them, and the tower.
      ...silos.flatMap(silo),
      rect(556, 128, 920, 84, '#c99f78'),
      rect(556, 128, 920, 16, '#f0d2a0'),
      rect(556, 196, 920, 16, '#8f6c58'),
      ...Array.from({ length: 18 }, (_, at) =>
        rect(584 + at * 50, 156, 22, 26, at % 7 === 3 ? '#ffe2a0' : '#5b4d4c'),
      ),
      rect(1404, 60, 172, quay - 60, '#c39a75'),
      rect(1404, 60, 40, quay - 60, '#ecca9a'),
      rect(1522, 60, 54, quay - 60, '#7d6258'),
      rect(1394, 48, 192, 20, '#8f6c58'),
      ...Array.from({ length: 8 }, (_, at) =>
        rect(1466, 110 + at * 70, 26, 34, at === 3 || at === 6 ? '#ffe2a0' : '#5b4d4c'),
      ),
      // The shed and the quay.
      rect(440, 604, 140, quay - 604, '#a5604a'),
      poly([426, 608, 440, 566, 566, 566, 592, 608], '#6f4a42'),
      rect(478, 640, 58, quay - 640, '#5f3a34'),
      rect(-40, quay, width + 80, 66, '#6b5c54'),
      rect(-40, quay, width + 80, 12, '#d9b88c'),
      cuts(r, '#463d3c', {
        count: 60,
        x: [-40, 1600],
        y: [quay + 18, quay + 60],
        long: [30, 80],
        thick: [3, 6],
      }),
      water(r, quay + 66, { far: '#b99b80', near: '#24424e', light: '#f3c88c', dark: '#2b4753' }),
      glitter(r, '#ffe6ae', { x: 214, top: quay + 76, foot: 1050, narrow: 60, wide: 220, count: 60 }),
      ...silos.map((x) =>
        glitter(r, '#e3b98a', { x: x + 40, top: 830, foot: 1050, narrow: 44, wide: 70, count: 16 }),
      ),
      // The crane, before the silos.
      ...[330, 470].flatMap((x) => [
        poly([x, quay, x + 16, quay, 412, 430, 398, 430], dark),
        poly([x + 10, quay, x + 16, quay, 412, 430, 407, 430], '#d58a4a'),
      ]),
      line(352, 620, 466, 620, dark, 7),
      line(374, 530, 442, 530, dark, 6),
      line(352, 620, 442, 530, dark, 4),
      rect(356, 388, 104, 56, '#b4483a'),
      rect(356, 388, 30, 56, '#d9694c'),
      rect(424, 398, 28, 30, dark),
      line(440, 404, 828, 196, dark, 7),
      line(430, 384, 828, 190, dark, 5),
      ...Array.from({ length: 14 }, (_, at) => {
        const [a, b] = [at / 14, (at + 1) / 14];
        const low = (share: number): Point => [440 + 388 * share, 404 - 208 * share];
        const high = (share: number): Point => [430 + 398 * share, 384 - 194 * share];
        return line(...(at % 2 === 0 ? low(a) : high(a)), ...(at % 2 === 0 ? high(b) : low(b)), dark, 3);
      }),
      line(392, 388, 400, 250, dark, 8),
      line(400, 252, 828, 192, dark, 3),
      line(400, 252, 300, 400, dark, 4),
      rect(282, 396, 58, 46, dark),
      line(824, 196, 824, 520, dark, 2.5),
      path('M796 520L852 520L840 568L808 568Z', dark),
      path('M838 520L852 520L840 568L830 568Z', '#d58a4a'),
      // The ship.
      path(hull, '#22404c'),
      within('grain', path(hull, '#000'), [
        path('M100 756L1180 762L1180 820L100 820Z', '#9a4234'),
        path('M110 664L1040 677Q1100 673 1180 632L1180 650Q1100 690 1040 694L110 682Z', '#ecd5a8'),
        cuts(r, '#35596a', { count: 50, x: [140, 1020], y: [700, 750], long: [40, 130], thick: [2, 6] }),
        poly([100, 640, 150, 640, 190, 820, 100, 820], '#e0a468', 'opacity="0.45"'),
      ]),
      rect(150, 556, 176, 114, '#f0dfb8'),
      rect(268, 556, 58, 114, '#c0a27c'),
      rect(166, 492, 138, 66, '#f6e8c8'),
      rect(256, 492, 48, 66, '#c9ac86'),
      rect(172, 504, 122, 20, '#22404c'),
      ...Array.from({ length: 6 }, (_, at) =>
        rect(164 + at * 26, 580, 14, 14, at === 2 || at === 4 ? '#ffd777' : '#4a5a60'),
      ),
      ...Array.from({ length: 6 }, (_, at) => rect(164 + at * 26, 622, 14, 14, '#4a5a60')),
      poly([196, 492, 202, 428, 252, 428, 258, 492], '#b4483a'),
      rect(202, 442, 50, 14, '#f1e4c6'),
      line(284, 492, 284, 400, dark, 5),
      ...[392, 548, 704, 860].map((x, at) =>
        group([
          poly([x, 676, x + 8, 646, x + 122, 646, x + 130, 678], '#8a6f58'),
          rect(x + 4, 640, 122, 10, '#d9b88c'),
          at === 2 ? '' : containers(x + 14, 606, 96, at === 1 ? '#2f6b73' : '#b4583a'),
        ]),
      ),
      line(1060, 676, 1060, 540, dark, 6),
      line(1060, 560, 1130, 650, dark, 2.5),
      // Grain runs from the grab into the open hatch.
      path('M818 568L830 568L842 646L806 646Z', '#f0c25a', 'opacity="0.9"'),
      ...[
        [176, 676, 120, 712],
        [1150, 668, 1240, 712],
      ].map(([a, b, c, d]) => line(a!, b!, c!, d!, dark, 3)),
      glitter(r, '#9a4a38', { x: 640, top: 812, foot: 900, narrow: 460, wide: 380, count: 30 }),
      glitter(r, '#1c3440', { x: 640, top: 812, foot: 960, narrow: 440, wide: 360, count: 34 }),
      gulls(r, '#fff4dc', [760, 1380], [250, 560], 6),
    ]),
  };
}

/** The wind field off the bar, with the sun low behind it. */
export function turbines(): Sheet {
  const r = random('turbines');
  const horizon = 648;
  const sun = 672;
  const field: { x: number; foot: number; tall: number; tone: number }[] = [];
  for (const [row, from] of [-1500, -620, 260, 1140, 2020].entries()) {
    for (let step = 0; step < 6; step += 1) {
      const near = 1 / (1.15 + step * 0.62);
      const x = 760 + (from - 760) * near * 0.98 + row * 3;
      if (x < -140 || x > 1740) continue;
      field.push({ x, foot: horizon + 172 * near, tall: 620 * near, tone: near });
    }
  }
  field.sort((a, b) => a.tall - b.tall);
  return {
    art: group([
      sky(r, ['#3f6274', '#7d9596', '#c9b394', '#eebb80', '#f8cd88'], horizon, 46),
      circle(sun, 560, 92, '#fff3cf'),
      glow(sun, 560, 340, '#fff0c4', 5, 0.12),
      cloud(r, 60, 300, 520, '#8f8f8a', 'opacity="0.7"'),
      cloud(r, 930, 210, 600, '#6f868c', 'opacity="0.75"'),
      cloud(r, 860, 470, 420, '#e8a878', 'opacity="0.7"'),
      cloud(r, 240, 520, 360, '#eeb988', 'opacity="0.8"'),
      water(r, horizon, { far: '#d3a77c', near: '#1b3c4a', light: '#f6cf94', dark: '#234552' }),
      glitter(r, '#fff0c0', { x: sun, top: horizon + 10, foot: 1056, narrow: 70, wide: 330, count: 100 }),
      ...field.map(({ x, foot, tall, tone }, at) => {
        const light = mix('#d9a27a', '#203846', Math.min(1, tone * 1.25));
        const shade = mix('#c08f72', '#142733', Math.min(1, tone * 1.25));
        return group([
          turbine(x, foot, tall, (at * 37) % 120, light, shade),
          poly(
            [
              x - tall * 0.03,
              foot - tall * 0.05,
              x + tall * 0.03,
              foot - tall * 0.05,
              x + tall * 0.025,
              foot,
              x - tall * 0.025,
              foot,
            ],
            mix('#e0a050', '#b4783a', Math.min(1, tone * 1.3)),
          ),
          rect(x - tall * 0.045, foot - tall * 0.06, tall * 0.09, tall * 0.012, shade),
          cuts(r, '#f6dcae', {
            count: 3,
            x: [x - tall * 0.1, x],
            y: [foot - 1, foot + tall * 0.012],
            long: [tall * 0.08, tall * 0.16],
            thick: [1.5, 3 + tall * 0.008],
          }),
          glitter(r, shade, {
            x,
            top: foot + 2,
            foot: foot + tall * 0.42,
            narrow: tall * 0.05,
            wide: tall * 0.09,
            count: 12,
          }),
        ]);
      }),
      moved(
        [
          path('M-150 -40L96 -44L160 -70Q146 -8 112 16L-134 16Q-150 -8 -150 -40Z', '#16303c'),
          path('M-150 -40L96 -44L160 -70L156 -54L96 -28L-150 -24Z', '#b4483a'),
          poly([-20, -44, -10, -112, 62, -112, 84, -44], '#efe0c0'),
          poly([30, -44, 30, -112, 62, -112, 84, -44], '#b9a282'),
          rect(-4, -102, 66, 20, '#16303c'),
          rect(-136, -62, 70, 24, '#d7a13f'),
          line(10, -112, 10, -176, '#16303c', 5),
          line(-14, -150, 34, -150, '#16303c', 3),
          circle(10, -180, 5, '#fff2c4'),
        ],
        828,
        806,
        0.74,
      ),
      cuts(r, '#f8e3b8', {
        count: 16,
        x: [560, 800],
        y: [814, 826],
        long: [60, 140],
        thick: [2, 5],
        bend: 3,
      }),
      gulls(r, '#fff4dc', [380, 1200], [330, 440], 6),
    ]),
  };
}
