import { cobbles } from './buildings.ts';
import { circle, cloud, cuts, glitter, glow, group, mix, path, poly, rect, sky, width } from './ink.ts';
import type { Sheet } from './print.ts';
import { random, type Random } from './random.ts';
import { stroke } from './shapes.ts';

interface TownHouse {
  readonly x: number;
  readonly wide: number;
  readonly eave: number;
  readonly foot: number;
  readonly wall: string;
  readonly roof: string;
  readonly gable: 'steep' | 'step' | 'bell' | 'flat';
  readonly door: string;
  readonly doorLeft: boolean;
  /** The window that is lit: storey from below and place from the left. */
  readonly lit?: readonly [number, number];
}

/** The front of a narrow town house, with its own kind of gable. */
function townHouse(r: Random, at: TownHouse): string {
  const { x, wide, eave, foot, wall } = at;
  const [dark, glass] = ['#16242f', '#233746'];
  const trim = mix(wall, '#e8dcc2', 0.35);
  const shade = mix(wall, dark, 0.4);
  const middle = x + wide / 2;
  const peak = wide * (at.gable === 'steep' ? 0.78 : 0.66);
  const gables = {
    steep: `M${x} ${eave}L${middle} ${eave - peak}L${x + wide} ${eave}Z`,
    step: `M${x} ${eave}${[0, 1, 2, 3].map((step) => `L${x + (wide * step) / 9} ${eave - (peak * (step + 1)) / 5}L${x + (wide * (step + 1)) / 9} ${eave - (peak * (step + 1)) / 5}`).join('')}L${x + wide * 0.44} ${eave - peak}L${x + wide * 0.56} ${eave - peak}${[3, 2, 1, 0].map((step) => `L${x + wide - (wide * (step + 1)) / 9} ${eave - (peak * (step + 1)) / 5}L${x + wide - (wide * step) / 9} ${eave - (peak * (step + 1)) / 5}`).join('')}L${x + wide} ${eave}Z`,
    bell: `M${x} ${eave}Q${x + wide * 0.02} ${eave - peak * 0.4} ${x + wide * 0.22} ${eave - peak * 0.46}Q${x + wide * 0.3} ${eave - peak * 0.9} ${middle} ${eave - peak * 1.04}Q${x + wide * 0.7} ${eave - peak * 0.9} ${x + wide * 0.78} ${eave - peak * 0.46}Q${x + wide * 0.98} ${eave - peak * 0.4} ${x + wide} ${eave}Z`,
    flat: `M${x} ${eave}L${x} ${eave - peak * 0.3}L${x + wide} ${eave - peak * 0.3}L${x + wide} ${eave}Z`,
  };
  const parts = [
    poly(
      [
        x + wide * 0.16,
        eave - peak * 0.3,
        x + wide * 0.16,
        eave - peak * 0.98,
        x + wide * 0.34,
        eave - peak * 0.98,
        x + wide * 0.34,
        eave - peak * 0.3,
      ],
      mix(at.roof, dark, 0.3),
    ),
    poly(
      [
        x - 2,
        eave,
        x + wide * 0.1,
        eave - peak * 0.62,
        x + wide * 0.9,
        eave - peak * 0.62,
        x + wide + 2,
        eave,
      ],
      at.roof,
    ),
    path(gables[at.gable], wall),
    stroke(gables[at.gable].replace('Z', ''), trim, 7),
    rect(x, eave - 2, wide, foot - eave + 4, wall),
    rect(x + wide - 9, eave - 2, 9, foot - eave + 4, shade),
    cuts(r, mix(wall, '#e8dcc2', 0.16), {
      count: 26,
      x: [x + 4, x + wide - 60],
      y: [eave, foot - 40],
      long: [16, 50],
      thick: [1.6, 3.6],
      spread: 1,
    }),
    cuts(r, shade, {
      count: 22,
      x: [x + 4, x + wide - 50],
      y: [eave, foot - 20],
      long: [14, 44],
      thick: [1.6, 3.6],
      spread: 1,
    }),
    rect(x, foot - 26, wide, 30, shade),
    rect(x - 1, eave - 5, wide + 2, 10, trim),
  ];
  const pane = (px: number, py: number, w: number, h: number, lit: boolean) => {
    const inside = lit
      ? [
          rect(px, py, w, h, '#ffd777'),
          rect(px, py, w, h * 0.4, '#ffe6a6'),
          path(
            `M${px} ${py}L${px + w * 0.34} ${py}Q${px + w * 0.2} ${py + h * 0.5} ${px} ${py + h * 0.8}Z`,
            '#d98f4a',
          ),
          path(
            `M${px + w} ${py}L${px + w * 0.7} ${py}Q${px + w * 0.82} ${py + h * 0.5} ${px + w} ${py + h * 0.8}Z`,
            '#d98f4a',
          ),
          circle(px + w * 0.54, py + h * 0.56, w * 0.13, '#5a3a2a'),
          path(
            `M${px + w * 0.28} ${py + h}Q${px + w * 0.3} ${py + h * 0.7} ${px + w * 0.54} ${py + h * 0.69}Q${px + w * 0.78} ${py + h * 0.7} ${px + w * 0.8} ${py + h}Z`,
            '#5a3a2a',
          ),
        ]
      : [
          rect(px, py, w, h, glass),
          r.chance(0.4)
            ? rect(px, py, w, h * r.num(0.3, 0.9), mix(glass, '#b9b09a', 0.3))
            : poly([px, py, px + w * 0.6, py, px, py + h * 0.5], mix(glass, '#8fa6b4', 0.22)),
        ];
    return group([
      rect(px - 6, py - 6, w + 12, h + 12, trim),
      ...inside,
      rect(px + w / 2 - 1.6, py, 3.2, h, trim),
      rect(px, py + h * 0.42, w, 3, trim),
      rect(px - 10, py + h + 5, w + 20, 7, trim),
    ]);
  };
  const storey = (foot - eave) / 3;
  for (let floor = 0; floor < 3; floor += 1) {
    const y = foot - storey * (floor + 1) + storey * (floor === 0 ? 0.26 : 0.2);
    const h = storey * (floor === 2 ? 0.46 : 0.54);
    for (let place = 0; place < 2; place += 1) {
      const w = wide * 0.25;
      const px = x + wide * (place === 0 ? 0.14 : 0.6);
      if (floor === 0 && (place === 0) === at.doorLeft) {
        parts.push(
          rect(px - 9, foot - storey * 0.82, w + 18, storey * 0.82, trim),
          rect(px - 2, foot - storey * 0.62, w + 4, storey * 0.6, at.door),
          rect(px + 5, foot - storey * 0.54, w - 10, storey * 0.2, mix(at.door, dark, 0.3)),
          rect(px + 5, foot - storey * 0.27, w - 10, storey * 0.2, mix(at.door, dark, 0.3)),
          rect(px - 2, foot - storey * 0.76, w + 4, storey * 0.1, glass),
          circle(px + w - 4, foot - storey * 0.3, 3, '#c9b48c'),
          rect(px - 15, foot - 10, w + 30, 12, '#8d8a84'),
          rect(px - 22, foot + 1, w + 44, 12, '#6d6d6c'),
        );
        continue;
      }
      parts.push(pane(px, y, w, h, at.lit?.[0] === floor && at.lit[1] === place));
    }
  }
  if (at.gable !== 'flat')
    parts.push(pane(middle - wide * 0.09, eave - peak * 0.44, wide * 0.18, peak * 0.26, false));
  return group(parts);
}

/** A terrace at dusk of which one household is at home. */
export function emptyHomes(): Sheet {
  const r = random('empty-homes');
  const foot = 872;
  const dusk = (colour: string) => mix(colour, '#0e1f2e', 0.7);
  const walls = ['#c98f6b', '#d8c3a0', '#9fb2b0', '#b4604a', '#d8b48c', '#a9a58c', '#c9a08a', '#8fa0a4'].map(
    dusk,
  );
  const roofs = ['#5a3d3c', '#3a4652', '#6a423c'].map((c) => mix(c, '#1c2c3a', 0.35));
  const doors = ['#7a3a34', '#27505a', '#3a5a48', '#5a4658', '#8a6a34', '#27404f'].map((c) =>
    mix(c, '#16242f', 0.2),
  );
  const kinds = ['step', 'steep', 'bell', 'step', 'flat', 'bell', 'steep', 'step'] as const;
  const eaves = [352, 396, 366, 408, 330, 384, 358, 400];
  const wide = 192;
  return {
    art: group([
      sky(r, ['#1d3146', '#35506a', '#6f7a8a', '#b98d84', '#dba27c'], 620, 40),
      cloud(r, 1000, 120, 480, '#2c4359', 'opacity="0.8"'),
      cloud(r, 160, 190, 420, '#3a5168', 'opacity="0.7"'),
      ...Array.from({ length: 16 }, () =>
        circle(r.num(40, 1560), r.num(30, 160), r.num(1, 2.2), '#f4e6c8', 'opacity="0.8"'),
      ),
      rect(-40, 560, width + 80, 320, '#22384c'),
      ...eaves.map((eave, at) =>
        townHouse(r, {
          x: 32 + at * wide,
          wide,
          eave,
          foot,
          wall: walls[at]!,
          roof: roofs[at % 3]!,
          gable: kinds[at]!,
          door: doors[at % doors.length]!,
          doorLeft: at % 2 === 0,
          ...(at === 4 && { lit: [1, 0] as const }),
        }),
      ),
      rect(-40, 420, 72, 460, dusk('#a9a58c')),
      rect(1568, 420, 80, 460, dusk('#c98f6b')),
      glow(862, 622, 200, '#ffdc8f', 4, 0.09),
      // Pavement and street.
      rect(-40, foot + 6, width + 80, 44, '#59616a'),
      rect(-40, foot + 6, width + 80, 6, '#7b828a'),
      rect(-40, foot + 48, width + 80, 8, '#1c2730'),
      rect(-40, foot + 54, width + 80, 200, '#2b3843'),
      cobbles(r, foot + 54, 1080, '#16212b', 'opacity="0.8"'),
      cobbles(r, foot + 60, 1080, '#506370', 'opacity="0.5"'),
      glitter(r, '#e8b868', { x: 862, top: foot + 62, foot: 1050, narrow: 44, wide: 130, count: 30 }),
      path(`M836 ${foot + 8}L888 ${foot + 8}L912 ${foot + 48}L812 ${foot + 48}Z`, '#ffd777', 'opacity="0.4"'),
      // A street lamp that is out.
      rect(1178, 420, 11, foot - 380, '#121d26'),
      rect(1168, foot - 6, 31, 48, '#121d26'),
      poly([1162, 420, 1152, 356, 1215, 356, 1205, 420], '#3d5260'),
      poly([1146, 358, 1164, 334, 1203, 334, 1221, 358], '#121d26'),
      rect(1158, 416, 51, 9, '#121d26'),
    ]),
  };
}
