import { circle, group, height, line, mix, moved, path, poly, rect, width } from './ink.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { along, blob, carved, curve, fade, ribbon, stroke, type Point } from './shapes.ts';

/** Digits as a hand draws them, each in a box of 10 by 16. */
const digits: Readonly<Record<string, string>> = {
  0: 'M5 0Q0 2 1 9Q2 16 5 16Q9 15 9 8Q9 1 5 0',
  1: 'M3 4L6 0L5 16',
  2: 'M1 4Q3 -1 7 1Q10 5 1 16L9 15',
  3: 'M1 1L8 0L4 6Q10 8 8 13Q5 17 1 14',
  4: 'M6 0L1 10L9 10M7 6L6 16',
  5: 'M8 0L3 0L2 7Q8 5 8 11Q7 17 1 15',
  6: 'M7 0Q1 5 1 12Q3 17 7 15Q10 9 2 10',
  7: 'M1 1L9 0L4 16',
  8: 'M5 7Q0 3 5 0Q10 3 5 7Q-1 12 5 16Q11 12 5 7',
  9: 'M8 5Q2 9 1 4Q3 -2 8 2Q9 10 5 16',
};

/** A number of a chart with its middle at x, y. */
function sounding(value: number, x: number, y: number, colour: string, scale = 1.3): string {
  const letters = [...String(value)];
  return moved(
    letters.map((letter, at) =>
      moved(stroke(digits[letter]!, colour, 1.7), (at - letters.length / 2) * 12, -8),
    ),
    x,
    y,
    scale,
  );
}

/** The pilot's own chart of the bar. */
export function sandbanks(): Sheet {
  const r = random('sandbanks');
  const [pen, red, paper] = ['#3b4a55', '#b8402f', '#efe4c8'];
  const banks: Point[][] = [
    [
      [250, 300],
      [420, 220],
      [640, 232],
      [760, 300],
      [720, 372],
      [560, 400],
      [400, 440],
      [270, 400],
    ],
    [
      [860, 180],
      [1050, 130],
      [1270, 170],
      [1330, 250],
      [1200, 300],
      [1020, 290],
      [900, 260],
    ],
    [
      [300, 640],
      [480, 560],
      [700, 560],
      [880, 600],
      [900, 680],
      [760, 740],
      [560, 770],
      [380, 740],
    ],
    [
      [1010, 520],
      [1180, 440],
      [1370, 450],
      [1450, 540],
      [1390, 640],
      [1220, 660],
      [1080, 620],
    ],
    [
      [640, 900],
      [800, 840],
      [990, 850],
      [1060, 910],
      [960, 960],
      [780, 970],
    ],
  ];
  const channel: Point[] = [
    [20, 560],
    [190, 520],
    [400, 498],
    [640, 476],
    [850, 470],
    [950, 400],
    [1090, 372],
    [1330, 360],
    [1640, 300],
  ];
  const middle = (points: readonly Point[]): Point => [
    points.reduce((sum, [x]) => sum + x, 0) / points.length,
    points.reduce((sum, [, y]) => sum + y, 0) / points.length,
  ];
  const grown = (points: readonly Point[], by: number): Point[] => {
    const [cx, cy] = middle(points);
    return points.map(([x, y]) => [cx + (x - cx) * by, cy + (y - cy) * by]);
  };
  const inside = (points: readonly Point[], x: number, y: number) => {
    let odd = false;
    for (let a = 0, b = points.length - 1; a < points.length; b = a, a += 1) {
      const [[ax, ay], [bx, by]] = [points[a]!, points[b]!];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
    return odd;
  };
  const route = along(channel, 24);
  const land = 'M-40 760Q90 770 140 830Q220 900 330 930Q420 970 440 1110L-40 1110Z';
  const north = 'M-40 -40L560 -40Q500 40 380 70Q240 90 170 150Q90 210 -40 220Z';
  const soundings: string[] = [];
  for (let y = 96; y < 1030; y += 62) {
    for (let x = 90 + ((y / 62) % 2) * 44; x < 1560; x += 88) {
      const [px, py] = [x + r.near() * 16, y + r.near() * 12];
      const shallow = banks.some((bank) => inside(grown(bank, 1.02), px, py));
      const off = Math.min(...route.map(([cx, cy]) => Math.hypot(cx - px, cy - py)));
      if (
        off < 34 ||
        (px < 440 && py > 740 - (px - 440) * 0) ||
        (px < 520 && py < 190) ||
        Math.hypot(px - 1340, py - 850) < 196
      )
        continue;
      soundings.push(
        sounding(
          shallow ? r.int(0, 1) : off < 110 ? r.int(7, 9) : r.int(2, 6),
          px,
          py,
          shallow ? '#9a845a' : pen,
          shallow ? 1.05 : 1.25,
        ),
      );
    }
  }
  const rose = Array.from({ length: 16 }, (_, at) => {
    const long = at % 4 === 0 ? 150 : at % 2 === 0 ? 104 : 66;
    return group(
      [
        poly([0, 0, -13, -26, 0, -long], at % 4 === 0 ? red : pen),
        poly([0, 0, 13, -26, 0, -long], paper, `stroke="${pen}" stroke-width="2"`),
      ],
      `transform="rotate(${at * 22.5})"`,
    );
  });
  // Small points first, so that the great ones lie on top.
  const order = [1, 3, 5, 7, 9, 11, 13, 15, 2, 6, 10, 14, 0, 4, 8, 12];
  return {
    art: group([
      rect(-60, -60, width + 120, height + 120, paper),
      fade('shoal', ['#bcd0cb', '#a9c4c4']),
      rect(-60, -60, width + 120, height + 120, 'url(#shoal)'),
      ...banks.map((bank) => path(blob(grown(bank, 1.36)), '#c9d8cd')),
      ...banks.map((bank) => path(blob(grown(bank, 1.18)), '#dbe0ca')),
      ...banks.map((bank, at) =>
        carved(r, `bank${at}`, blob(bank), '#f0e0b4', [
          [
            '#dcc68e',
            {
              count: 44,
              x: [middle(bank)[0] - 260, middle(bank)[0] + 160],
              y: [middle(bank)[1] - 110, middle(bank)[1] + 110],
              long: [40, 120],
              thick: [2, 5],
              angle: -6,
            },
          ],
        ]),
      ),
      ...banks.map((bank) => stroke(`${blob(bank)}`, pen, 3, 'stroke-dasharray="3 9"')),
      ...banks.map((bank) =>
        stroke(`${blob(grown(bank, 1.18))}`, pen, 2, 'stroke-dasharray="1 8" opacity="0.7"'),
      ),
      // The shore on both sides.
      ...[land, north].map((d, at) =>
        carved(r, `shore${at}`, d, '#d9bf8a', [
          [
            '#b99a62',
            {
              count: 40,
              x: [-60, 420],
              y: at === 0 ? [780, 1060] : [-20, 200],
              long: [40, 120],
              thick: [2, 6],
              angle: 24,
            },
          ],
        ]),
      ),
      ...[land, north].map((d) => stroke(d, pen, 4)),
      // Grid of the chart.
      ...[178, 533, 889].map((y) => line(-60, y, width + 60, y, pen, 1.1)),
      ...[330, 800, 1270].map((x) => line(x, -60, x, height + 60, pen, 1.1)),
      ...soundings,
      // The channel in red pencil: two sides and the middle, with buoys.
      stroke(curve(channel.map(([x, y]): Point => [x, y - 26])), red, 5, 'opacity="0.9"'),
      stroke(curve(channel.map(([x, y]): Point => [x + 3, y + 28])), red, 5, 'opacity="0.9"'),
      stroke(curve(channel.map(([x, y]): Point => [x, y - 24])), red, 3, 'opacity="0.6"'),
      stroke(curve(channel), red, 3.4, 'stroke-dasharray="22 14"'),
      path('M1090 372L1052 360L1058 396Z', red),
      ...[
        [250, 480],
        [560, 452],
        [760, 446],
        [1010, 354],
      ].map(([x, y]) => path(`M${x! - 10} ${y!}L${x!} ${y! - 24}L${x! + 10} ${y!}Z`, pen)),
      ...[
        [330, 540],
        [650, 512],
        [880, 500],
        [1180, 400],
      ].map(([x, y]) => group([rect(x! - 8, y! - 20, 16, 20, red), line(x!, y! - 20, x!, y! - 32, red, 3)])),
      // The rose.
      circle(1340, 850, 172, '#d3ddcd'),
      circle(1340, 850, 164, 'none', `stroke="${pen}" stroke-width="3"`),
      circle(1340, 850, 148, 'none', `stroke="${pen}" stroke-width="1.5" stroke-dasharray="2 7"`),
      moved(
        order.map((at) => rose[at]!),
        1340,
        850,
      ),
      circle(1340, 850, 16, paper, `stroke="${pen}" stroke-width="3"`),
      path('M1326 668L1340 636L1354 668Q1340 658 1326 668Z', red),
      // The pencil she drew it with.
      moved(
        [
          path(
            ribbon(
              [
                [0, 0],
                [250, 0],
              ],
              [26, 26],
            ),
            red,
          ),
          rect(0, -13, 250, 8, '#d4644f'),
          rect(0, 5, 250, 8, mix(red, '#3a1410', 0.4)),
          poly([-46, -1, 0, -13, 0, 13, -46, 3], '#e8cfa0'),
          poly([-46, -1, -28, -6, -28, 7, -46, 3], '#8a2a20'),
          rect(250, -13, 22, 26, '#c9b48c'),
        ],
        1180,
        64,
        1.15,
        14,
      ),
    ]),
  };
}
