import {
  circle,
  cut,
  cuts,
  ellipse,
  group,
  height,
  line,
  mix,
  path,
  poly,
  rect,
  width,
  within,
} from './ink.ts';
import { poses, stand, type Look } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { fade, stroke, type Point } from './shapes.ts';

/** The model of the harbour in the wave tank. */
export function waveTank(): Sheet {
  const r = random('wave-tank');
  const [iron, ironLight, steel] = ['#2b3d48', '#5a7480', '#8fa6aa'];
  const tank = { x0: 120, x1: 1500, top: 620, foot: 862 };
  const still = 724;
  const swell = (x: number) => {
    // Waves die away behind the wall of the model.
    const open = x < 940 ? 1 : Math.exp(-(x - 940) / 60);
    return (
      still - Math.sin((x - 150) / 34) * 26 * open - Math.max(0, Math.sin((x - 150) / 34)) ** 3 * 10 * open
    );
  };
  const surface = Array.from({ length: 140 }, (_, at): Point => [
    tank.x0 + at * 10,
    swell(tank.x0 + at * 10),
  ]).filter(([x]) => x <= tank.x1);
  const line2 = (points: readonly Point[]) => points.map(([x, y]) => `${x} ${y.toFixed(1)}`).join('L');
  const window = (x: number) =>
    group([
      rect(x - 10, 70, 250, 370, '#56666a'),
      path(`M${x} 440L${x} 150Q${x + 115} 20 ${x + 230} 150L${x + 230} 440Z`, '#dfe6d2'),
      path(`M${x} 440L${x} 300L${x + 230} 210L${x + 230} 440Z`, '#c3d3cb'),
      ...[58, 115, 172].map((dx) => rect(x + dx - 4, 76, 8, 364, '#56666a')),
      ...[180, 270, 360].map((y) => rect(x, y, 230, 7, '#56666a')),
    ]);
  const look = (coat: string, hair: string, skin: string, headgear: Look['headgear']): Look => ({
    skin,
    hair,
    coat,
    shade: mix(coat, '#1c2c38', 0.42),
    legs: '#2d3f4a',
    legsShade: '#20303a',
    ...(headgear && { headgear }),
  });
  const over = (id: string, inside: string) => within(id, rect(0, 0, width, tank.top + 10, '#000'), inside);
  const house = (x: number, y: number, wide: number, tall: number, wall: string, roof: string) =>
    group([
      rect(x, y - tall, wide, tall, wall),
      rect(x + wide * 0.7, y - tall, wide * 0.3, tall, mix(wall, '#33424a', 0.3)),
      poly([x - 2, y - tall, x + wide / 2, y - tall - wide * 0.5, x + wide + 2, y - tall], roof),
      rect(x + wide * 0.18, y - tall * 0.76, wide * 0.16, tall * 0.3, '#3a5560'),
      rect(x + wide * 0.48, y - tall * 0.76, wide * 0.16, tall * 0.3, '#3a5560'),
    ]);
  return {
    art: group([
      rect(-60, -60, width + 120, height + 120, '#a9ada0'),
      fade('hall', ['#8f9a94', '#b5b8a8', '#c3c1ab']),
      rect(-60, -60, width + 120, 680, 'url(#hall)'),
      cuts(r, '#9aa296', {
        count: 70,
        x: [-60, 1560],
        y: [0, 560],
        long: [40, 140],
        thick: [3, 8],
        spread: 2,
      }),
      ...[150, 520, 890, 1260].map(window),
      // Roof beams and lamps.
      rect(-60, 24, width + 120, 20, iron),
      ...Array.from({ length: 16 }, (_, at) => line(-40 + at * 112, 44, 16 + at * 112, -30, iron, 6)),
      ...[440, 1180].flatMap((x) => [
        line(x, 40, x, 250, iron, 4),
        path(`M${x - 70} 292Q${x - 60} 250 ${x} 246Q${x + 60} 250 ${x + 70} 292Z`, iron),
        path(`M${x - 70} 290Q${x - 60} 250 ${x - 20} 248L${x - 30} 290Z`, ironLight),
        ellipse(x, 292, 66, 10, '#fff3c8'),
        poly([x - 66, 294, x + 66, 294, x + 260, 640, x - 260, 640], '#fff3c8', 'opacity="0.13"'),
      ]),
      // Pipes.
      ...[470, 494].map((y, at) => rect(-60, y, width + 120, 12, at === 0 ? '#7f8f8c' : '#6b7c7c')),
      // The two of them.
      over(
        'lean1',
        stand(
          look('#e6dcc6', '#2b2019', '#b98562', 'bun'),
          {
            ...poses.leaning,
            hands: [
              [40, -47],
              [34, -50],
            ],
          },
          610,
          860,
          560,
        ),
      ),
      over(
        'lean2',
        stand(
          look('#2f6b73', '#6f665e', '#d9ad8a', undefined),
          {
            ...poses.leaning,
            elbows: [
              [22, -62],
              [26, -60],
            ],
            hands: [
              [30, -46],
              [37, -57],
            ],
          },
          1286,
          880,
          590,
          true,
        ),
      ),
      // The floor.
      rect(-60, 880, width + 120, 260, '#7d7a6e'),
      cuts(r, '#5f5f58', {
        count: 60,
        x: [-60, 1560],
        y: [890, 1060],
        long: [60, 220],
        thick: [3, 8],
        spread: 1,
      }),
      cuts(r, '#a39d8a', {
        count: 60,
        x: [-60, 1560],
        y: [890, 1060],
        long: [60, 220],
        thick: [3, 8],
        spread: 1,
      }),
      // The tank: water, the sand of the model's shore, and what stands on it.
      rect(tank.x0, tank.top, tank.x1 - tank.x0, tank.foot - tank.top, '#b3c6c2'),
      path(`M${line2(surface)}L${tank.x1} ${tank.foot}L${tank.x0} ${tank.foot}Z`, '#5f9aa0'),
      within('basin', path(`M${line2(surface)}L${tank.x1} ${tank.foot}L${tank.x0} ${tank.foot}Z`, '#000'), [
        rect(tank.x0, still + 46, 1400, 120, '#3f7a84'),
        rect(tank.x0, still + 90, 1400, 80, '#2d606c'),
        cuts(r, '#a9cfc9', {
          count: 70,
          x: [tank.x0, 1400],
          y: [still, tank.foot],
          long: [30, 120],
          thick: [2, 6],
          spread: 2,
        }),
        cuts(r, '#24505c', {
          count: 60,
          x: [tank.x0, 1400],
          y: [still + 40, tank.foot],
          long: [30, 120],
          thick: [2, 6],
          spread: 2,
        }),
      ]),
      stroke(`M${line2(surface)}`, '#f3f7ee', 6),
      ...Array.from({ length: 4 }, (_, at) =>
        cuts(r, '#f3f7ee', {
          count: 4,
          x: [196 + at * 214, 226 + at * 214],
          y: [still - 30, still - 16],
          long: [20, 54],
          thick: [3, 6],
          spread: 8,
        }),
      ),
      path(
        `M840 ${tank.foot}Q900 ${tank.foot - 20} 950 ${still + 36}L1000 ${still + 20}L1100 ${still + 24}Q1180 ${still + 30} 1240 ${still - 14}L1500 ${still - 20}L1500 ${tank.foot}Z`,
        '#c9ab74',
      ),
      cuts(r, '#a3854f', {
        count: 50,
        x: [900, 1460],
        y: [still + 40, tank.foot - 6],
        long: [20, 80],
        thick: [2, 6],
        spread: 5,
      }),
      // The wall, with a wave at it.
      path(
        `M914 ${still + 70}L936 ${still - 52}Q934 ${still - 62} 922 ${still - 66}L986 ${still - 66}L992 ${still + 70}Z`,
        '#e6e1d2',
      ),
      path(`M960 ${still - 66}L986 ${still - 66}L992 ${still + 70}L966 ${still + 70}Z`, '#a9a596'),
      ...Array.from({ length: 12 }, () =>
        path(
          cut(
            924 + r.near() * 14,
            still - 30,
            r.num(40, 92),
            r.num(5, 12),
            -86 + r.near() * 26,
            r.near() * 6,
          ),
          '#fbfaf0',
        ),
      ),
      ...Array.from({ length: 16 }, () =>
        circle(926 + r.near() * 36, still - 90 + r.near() * 28, r.num(1.6, 4), '#fbfaf0'),
      ),
      // A basin with a boat, the town, the Custom House.
      rect(1012, still + 6, 190, 12, '#3f7a84'),
      rect(1006, still - 2, 200, 9, '#dbe9e2'),
      path(`M1062 ${still - 8}L1120 ${still - 8}L1110 ${still + 6}L1070 ${still + 6}Z`, '#b4483a'),
      rect(1078, still - 22, 18, 14, '#f6ead0'),
      line(1104, still - 8, 1104, still - 40, iron, 2.5),
      group(
        [
          house(1224, still - 14, 44, 52, '#e3c9a0', '#a6533f'),
          house(1270, still - 16, 38, 66, '#c98f6b', '#6f5a54'),
          house(1310, still - 17, 50, 54, '#b7c3b5', '#a6533f'),
          rect(1366, still - 92, 92, 74, '#efe2c4'),
          rect(1430, still - 92, 28, 74, '#b9a98c'),
          rect(1360, still - 98, 104, 9, '#8f8674'),
          poly([1366, still - 98, 1412, still - 128, 1458, still - 98], '#d9c9a4'),
          ...[1376, 1394, 1412, 1430].map((x) => rect(x, still - 84, 7, 64, '#b9a98c')),
          rect(1404, still - 160, 16, 34, '#8f8674'),
          path(`M1400 ${still - 158}Q1412 ${still - 184} 1424 ${still - 158}Z`, '#5f8a80'),
          house(1464, still - 18, 36, 48, '#d8b48c', '#8a4437'),
        ],
        `transform="translate(${1500 * 0.26} ${(still - 17) * 0.26}) scale(0.74)"`,
      ),
      // The paddle that makes the waves.
      rect(150, 560, 18, 290, steel),
      rect(150, 560, 6, 290, '#c9d6d4'),
      rect(60, 566, 110, 26, iron),
      rect(40, 540, 64, 84, ironLight),
      circle(72, 582, 22, iron),
      // Gauges that stand in the water.
      ...[372, 548, 742].flatMap((x) => [
        rect(x - 3, 596, 6, 190, '#d5452f'),
        rect(x - 12, 590, 24, 16, iron),
      ]),
      // Glass and iron.
      poly(
        [
          tank.x0 + 30,
          tank.top + 8,
          tank.x0 + 130,
          tank.top + 8,
          tank.x0 + 40,
          tank.foot,
          tank.x0 - 20,
          tank.foot,
        ],
        '#ffffff',
        'opacity="0.16"',
      ),
      poly(
        [640, tank.top + 8, 690, tank.top + 8, 590, tank.foot, 560, tank.foot],
        '#ffffff',
        'opacity="0.16"',
      ),
      ...[tank.x0, 580, 1040, tank.x1].map((x) =>
        rect(x - 9, tank.top - 8, 18, tank.foot - tank.top + 16, iron),
      ),
      rect(tank.x0 - 22, tank.top - 18, tank.x1 - tank.x0 + 44, 22, iron),
      rect(tank.x0 - 22, tank.top - 18, tank.x1 - tank.x0 + 44, 7, ironLight),
      rect(tank.x0 - 22, tank.foot - 6, tank.x1 - tank.x0 + 44, 30, iron),
      rect(tank.x0 - 22, tank.foot - 6, tank.x1 - tank.x0 + 44, 8, ironLight),
      ...[190, 520, 850, 1180, 1450].flatMap((x) => [
        rect(x - 16, tank.foot + 22, 32, 130, iron),
        rect(x - 34, tank.foot + 144, 68, 14, iron),
        rect(x - 16, tank.foot + 22, 10, 130, ironLight),
      ]),
      ellipse(800, 1026, 760, 22, '#4a4a46', 'opacity="0.35"'),
      // Hands that rest on the edge lie before it.
      ...[
        [826, 596],
        [1084, 606],
      ].map(([x, y]) => ellipse(x!, y! + 2, 19, 14, x! < 900 ? '#b98562' : '#d9ad8a')),
    ]),
  };
}
