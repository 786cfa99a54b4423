import { archRow, church, cutwater, openings, roofscape } from './buildings.ts';
import {
  circle,
  cloud,
  cuts,
  glitter,
  glow,
  group,
  gulls,
  height,
  line,
  mix,
  moved,
  path,
  poly,
  rain,
  rect,
  ridge,
  sky,
  water,
  width,
} from './ink.ts';
import { poses, someone, stand, umbrella } from './people.ts';
import type { Sheet } from './print.ts';
import { random, type Random } from './random.ts';
import { houses, lamp } from './things.ts';

function tram(r: Random, x: number, y: number): string {
  const [long, red, redShade, cream, dark] = [690, '#b4483a', '#83332d', '#f1e4c6', '#1c2c36'];
  const left = x - long / 2;
  const parts = [
    // Pantograph and roof.
    line(x - 40, y - 236, x + 24, y - 282, dark, 6),
    line(x + 24, y - 282, x - 16, y - 322, dark, 5),
    line(x - 52, y - 322, x + 22, y - 322, dark, 6),
    path(
      `M${left + 16} ${y - 210}Q${left + 20} ${y - 240} ${left + 60} ${y - 242}L${left + long - 60} ${y - 242}Q${left + long - 20} ${y - 240} ${left + long - 16} ${y - 210}Z`,
      '#cdb993',
    ),
    rect(x - 150, y - 254, 90, 14, '#8d8471'),
    rect(x + 90, y - 254, 120, 14, '#8d8471'),
    path(
      `M${left + 6} ${y - 24}L${left} ${y - 120}L${left + 16} ${y - 214}L${left + long - 16} ${y - 214}L${left + long} ${y - 120}L${left + long - 6} ${y - 24}Z`,
      cream,
    ),
    path(
      `M${left + 6} ${y - 24}L${left} ${y - 104}L${left + long} ${y - 104}L${left + long - 6} ${y - 24}Z`,
      red,
    ),
    rect(left + 4, y - 50, long - 8, 26, redShade),
    rect(left + 1, y - 112, long - 2, 6, dark),
    rect(left + 24, y - 26, long - 48, 16, dark),
  ];
  for (let at = 0; at < 4; at += 1) {
    const wx = left + 92 + (at > 1 ? 330 : 0) + (at % 2) * 76;
    parts.push(circle(wx + 50, y - 10, 19, dark), circle(wx + 50, y - 10, 8, '#7d7767'));
  }
  // Windows with passengers, and doors.
  const windows: [number, number][] = [];
  for (let at = 0; at < 9; at += 1) windows.push([left + 52 + at * 66, at === 2 || at === 6 ? 1 : 0]);
  for (const [wx, door] of windows) {
    if (door) {
      parts.push(rect(wx - 4, y - 198, 62, 176, dark));
      parts.push(rect(wx, y - 192, 25, 164, '#39525c'), rect(wx + 29, y - 192, 25, 164, '#39525c'));
      parts.push(rect(wx, y - 80, 25, 52, red), rect(wx + 29, y - 80, 25, 52, redShade));
      continue;
    }
    parts.push(rect(wx, y - 196, 54, 74, dark), rect(wx + 4, y - 192, 46, 66, '#8fb0ae'));
    parts.push(poly([wx + 4, y - 192, wx + 26, y - 192, wx + 4, y - 150], '#c3d6cb'));
    for (const seat of r.chance(0.7) ? [14, 34] : [24]) {
      const coat = r.pick(['#7f312b', '#22404a', '#6a5a3a', '#4a4a5a', '#b98a3a']);
      parts.push(
        rect(wx + seat - 9, y - 146, 18, 20, coat),
        circle(wx + seat, y - 156, 8, r.pick(['#d9ad8a', '#b98562', '#8a5a3e'])),
        path(
          `M${wx + seat - 9} ${y - 156}Q${wx + seat - 8} ${y - 167} ${wx + seat} ${y - 166}Q${wx + seat + 9} ${y - 166} ${wx + seat + 8} ${y - 158}Z`,
          '#2b2019',
        ),
      );
    }
  }
  parts.push(
    poly([left + 6, y - 128, left + 18, y - 198, left + 42, y - 198, left + 42, y - 128], '#39525c'),
    poly(
      [
        left + long - 6,
        y - 128,
        left + long - 18,
        y - 198,
        left + long - 42,
        y - 198,
        left + long - 42,
        y - 128,
      ],
      '#2d4450',
    ),
    circle(left + long - 8, y - 78, 9, '#ffe9b0'),
    circle(left + 8, y - 78, 7, '#5f2a26'),
  );
  return group(parts);
}

/** The first tram over the Long Bridge. */
export function tramBridge(): Sheet {
  const r = random('tram-bridge');
  const [deck, river] = [560, 872];
  const stone = { face: '#c9b48f', light: '#e2d2ae', dark: '#9b8664', under: '#7d6b52' };
  const row = { x0: -170, x1: 1770, top: deck, foot: river + 40, arches: 4, pier: 96, crown: 62, rise: 176 };
  const walls = ['#e3d3b4', '#d8b992', '#c9a07c', '#b9c0b0', '#d9c9a8'];
  const roofs = ['#a6604a', '#94584a', '#77706a', '#b3735a'];
  const pale = (colours: string[], share: number) => colours.map((colour) => mix(colour, '#b9c9c0', share));
  return {
    art: group([
      sky(r, ['#8fb8bd', '#b5cfc6', '#e0e0c2', '#f4ddb0'], 700),
      cloud(r, 90, 200, 460, '#f4ecd8', 'opacity="0.9"'),
      cloud(r, 980, 150, 520, '#f4ecd8', 'opacity="0.85"'),
      cloud(r, 660, 280, 300, '#f4ecd8', 'opacity="0.6"'),
      ridge('long bridge hills', '#a9bda9', {
        y: 460,
        rise: 36,
        wave: 260,
        foot: 900,
        shape: (x) => 60 * Math.exp(-(((x - 300) / 320) ** 2)),
      }),
      roofscape(
        r,
        {
          x0: -40,
          x1: 1640,
          foot: 520,
          size: 46,
          rise: (x) => 120 * Math.exp(-(((x - 330) / 330) ** 2)) + 70 * Math.exp(-(((x - 1300) / 240) ** 2)),
        },
        { walls: pale(walls, 0.55), roofs: pale(roofs, 0.5), window: '#8d9c98' },
      ),
      church(300, 420, 250, '#cdc6ae', '#a5a594', '#7f8f8a'),
      roofscape(
        r,
        { x0: -40, x1: 1640, foot: 610, size: 74, rise: () => 50 },
        { walls: pale(walls, 0.2), roofs: pale(roofs, 0.18), window: '#5f7478' },
      ),
      rect(-40, 610, width + 80, 300, '#6f8274'),
      cuts(r, '#8fa08a', {
        count: 90,
        x: [-40, 1600],
        y: [690, 860],
        long: [30, 110],
        thick: [3, 8],
        angle: -4,
        spread: 8,
      }),
      rect(-40, 806, width + 80, 40, '#a4906e'),
      water(r, 836, { far: '#7f9c98', near: '#28505a', light: '#e2d8b4', dark: '#2c5560' }),
      archRow(r, 'long', row, stone),
      ...openings(row).map(({ x, half }) => cutwater(x + half + 48, river - 128, river + 46, 108, stone)),
      // The bridge in the water.
      ...openings(row).flatMap(({ x, half }) => [
        glitter(r, '#c9b48f', {
          x: x + half + 48,
          top: river + 40,
          foot: height + 20,
          narrow: 76,
          wide: 90,
          count: 22,
        }),
        glitter(r, '#8a7656', {
          x: x + half + 78,
          top: river + 44,
          foot: height + 20,
          narrow: 34,
          wide: 40,
          count: 14,
        }),
      ]),
      tram(r, 832, deck - 8),
      ...[70, 212, 268, 330, 1330, 1392, 1450, 1516].map((x, at) =>
        stand(
          someone(r),
          at % 3 === 0 ? poses.pointing : poses.standing,
          x,
          deck - 6,
          104 + r.near() * 12,
          at > 3,
        ),
      ),
      // The parapet stands before the wheels and the people's legs.
      rect(-40, deck - 34, width + 80, 40, stone.face),
      rect(-40, deck - 44, width + 80, 14, stone.light),
      rect(-40, deck + 4, width + 80, 8, stone.dark),
      ...Array.from({ length: 26 }, (_, at) => rect(-30 + at * 66, deck - 28, 3, 30, stone.dark)),
      ...[140, 1250].flatMap((x) => [
        rect(x - 5, deck - 330, 10, 292, '#22303a'),
        rect(x - 12, deck - 66, 24, 26, '#22303a'),
        line(x, deck - 322, x + (x < 800 ? 60 : -60), deck - 330, '#22303a', 5),
      ]),
      line(-40, deck - 336, width + 40, deck - 330, '#22303a', 3),
      gulls(r, '#fffaf0', [420, 1180], [150, 230], 5),
    ]),
  };
}

/** The queue at a tram stop in the rain, before it is light. */
export function tramStop(): Sheet {
  const r = random('tram-stop');
  const [kerb, night, warm] = [812, '#101e2a', '#ffd98a'];
  const coats = ['#8a3d34', '#2b5a63', '#a87a30', '#30465a', '#5f4458', '#4a6650'];
  const brollies: [string, string][] = [
    ['#b4483a', '#7d302a'],
    ['#d7a13f', '#966a26'],
    ['#2f6b73', '#1c4650'],
    ['#e6d8b8', '#a99a7c'],
    ['#7a5168', '#4e3446'],
    ['#b4483a', '#7d302a'],
    ['#4f7a68', '#305044'],
    ['#d7a13f', '#966a26'],
  ];
  const queue = [880, 972, 1068, 1160, 1256, 1352, 1446, 1532];
  const shelter = { x: 250, wide: 520, top: 470 };
  return {
    art: group([
      sky(r, ['#15273a', '#223c50', '#35546a', '#557284'], 640, 30),
      ridge('cold mill hills', '#2a4354', { y: 520, rise: 40, wave: 240, foot: 900 }),
      houses(
        r,
        { x0: -40, x1: 1640, foot: 690, low: 110, high: 210, litShare: 0.16 },
        {
          walls: ['#2a4050', '#31495a', '#263b4b', '#385062'],
          roofs: ['#1c2f3e', '#223746', '#2a3340'],
          window: '#182a38',
          lit: '#e8b868',
        },
      ),
      rect(-40, 686, width + 80, 140, '#20333f'),
      cuts(r, '#36505e', { count: 70, x: [-40, 1600], y: [700, 800], long: [40, 160], thick: [2, 5] }),
      lamp(118, 800, 420, night, warm),
      lamp(1500, 760, 330, night, warm),
      // The platform, wet.
      rect(-40, kerb, width + 80, 74, '#4a5a62'),
      rect(-40, kerb, width + 80, 10, '#74848a'),
      rect(-40, kerb + 70, width + 80, 300, '#1a2b38'),
      rect(-40, kerb + 66, width + 80, 10, '#0e1a24'),
      // The light of the shelter on the ground.
      path(
        `M${shelter.x - 30} ${kerb}L${shelter.x + shelter.wide + 30} ${kerb}L${shelter.x + shelter.wide + 150} ${kerb + 70}L${shelter.x - 150} ${kerb + 70}Z`,
        warm,
        'opacity="0.42"',
      ),
      glow(shelter.x + shelter.wide / 2, 660, 440, warm, 3, 0.06),
      // Its back wall, roof and posts.
      rect(shelter.x, shelter.top + 40, shelter.wide, kerb - shelter.top - 40, '#f0c878'),
      rect(shelter.x, shelter.top + 40, shelter.wide, 70, '#ffe2a0'),
      ...Array.from({ length: 5 }, (_, at) =>
        rect(
          shelter.x + at * (shelter.wide / 4) - 4,
          shelter.top + 40,
          8,
          kerb - shelter.top - 40,
          '#8a5f34',
        ),
      ),
      rect(shelter.x, 728, shelter.wide, 10, '#8a5f34'),
      rect(shelter.x + 150, 560, 92, 120, '#fff3d0'),
      ...Array.from({ length: 7 }, (_, at) =>
        rect(shelter.x + 160, 572 + at * 14, at % 3 === 1 ? 50 : 70, 5, '#b08a5a'),
      ),
      rect(shelter.x + 286, 570, 190, 100, '#c98f4c'),
      path(
        `M${shelter.x + 296} 660Q${shelter.x + 350} 600 ${shelter.x + 400} 636Q${shelter.x + 440} 600 ${shelter.x + 466} 660Z`,
        '#7a4a30',
      ),
      rect(shelter.x + 20, 746, 480, 14, '#6a4428'),
      ...[50, 250, 450].map((x) => rect(shelter.x + x, 756, 12, 56, '#6a4428')),
      stand(someone(r, coats, night), poses.standing, 332, kerb + 6, 218),
      stand(someone(r, coats, night), poses.holding, 450, kerb + 6, 206, true),
      stand(someone(r, coats, night), poses.standing, 690, kerb + 6, 224, true),
      poly(
        [
          shelter.x - 44,
          shelter.top + 44,
          shelter.x - 20,
          shelter.top,
          shelter.x + shelter.wide + 44,
          shelter.top - 16,
          shelter.x + shelter.wide + 52,
          shelter.top + 40,
        ],
        night,
      ),
      poly(
        [
          shelter.x - 20,
          shelter.top,
          shelter.x + shelter.wide + 44,
          shelter.top - 16,
          shelter.x + shelter.wide + 46,
          shelter.top - 6,
          shelter.x - 24,
          shelter.top + 10,
        ],
        '#54707e',
      ),
      ...[shelter.x - 4, shelter.x + shelter.wide - 8].map((x) =>
        rect(x, shelter.top + 36, 14, kerb - shelter.top - 30, night),
      ),
      // The stop's sign.
      rect(826, 470, 10, 350, night),
      circle(831, 452, 46, '#b4483a'),
      circle(831, 452, 33, '#f1e4c6'),
      rect(808, 434, 46, 32, '#22404a'),
      ...[812, 828, 844].map((x) => rect(x, 438, 9, 11, '#f1e4c6')),
      ...[818, 844].map((x) => circle(x, 468, 5, '#22404a')),
      // The queue.
      ...queue.map((x, at) => {
        const tall = 214 + r.near() * 22;
        const look = someone(r, coats, night);
        return group([
          stand(look, poses.holding, x, kerb + 14 + (at % 2) * 8, tall, true),
          moved(
            umbrella(...brollies[at]!, night),
            x - tall * 0.12,
            kerb + 14 + (at % 2) * 8 - tall * 0.7,
            tall / 88,
            r.near() * 5 - 4,
          ),
        ]);
      }),
      ...queue.map((x) =>
        glitter(r, '#0e1a24', { x: x - 8, top: kerb + 24, foot: kerb + 66, narrow: 30, wide: 36, count: 6 }),
      ),
      // Rails.
      ...[930, 1010].flatMap((y) => [
        rect(-40, y, width + 80, 16, '#0e1a24'),
        rect(-40, y, width + 80, 6, '#8fa6ae'),
      ]),
      glitter(r, '#e8b868', { x: 510, top: kerb + 84, foot: 1060, narrow: 230, wide: 300, count: 46 }),
      glitter(r, '#c98f4c', { x: 118, top: kerb + 84, foot: 1060, narrow: 40, wide: 80, count: 22 }),
      glitter(r, '#c98f4c', { x: 1500, top: kerb + 84, foot: 1060, narrow: 30, wide: 70, count: 20 }),
      glitter(r, '#54707e', { x: 1120, top: kerb + 84, foot: 1060, narrow: 260, wide: 330, count: 34 }),
      rain(r, '#cfe0e4', 150, 102, 0.34),
    ]),
  };
}
