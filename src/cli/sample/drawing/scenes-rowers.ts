import { archRow, church, cutwater, openings } from './buildings.ts';
import {
  circle,
  cut,
  cuts,
  glitter,
  glow,
  group,
  gulls,
  line,
  moved,
  path,
  poly,
  rect,
  ridge,
  sky,
  water,
  width,
} from './ink.ts';
import { person, type Look, type Pose } from './people.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { ribbon } from './shapes.ts';

/** A blade and its shaft, from the pin at 0, 0 to its end. */
function oar(long: number, drop: number, colour: string, blade: string): string {
  return group([
    line(26, -26, -long, drop, colour, 4.4),
    path(
      ribbon(
        [
          [-long + 46, drop - 10],
          [-long + 12, drop - 2],
          [-long - 16, drop + 6],
        ],
        [8, 20, 17],
        4,
      ),
      blade,
    ),
  ]);
}

/** The Marjorie below the Long Bridge at sunrise. */
export function rowers(): Sheet {
  const r = random('rowers');
  const river = 640;
  const stone = { face: '#a99a90', light: '#c4b3a2', dark: '#8f8480', under: '#8a7c78' };
  const row = { x0: -200, x1: 1800, top: 372, foot: river + 18, arches: 5, pier: 90, crown: 46, rise: 150 };
  const boat = 822;
  const seats = Array.from({ length: 8 }, (_, at) => 470 + at * 116);
  const mist = (y: number, opacity: number, count: number, colour = '#f6e6cc') =>
    Array.from({ length: count }, () =>
      path(
        cut(
          r.num(-400, 1000),
          y + r.near() * 24,
          r.num(500, 1200),
          r.num(16, 44),
          r.near() * 0.8,
          r.near() * 10,
        ),
        colour,
        `opacity="${opacity}"`,
      ),
    ).join('');
  const rower = (x: number) => {
    // At the finish: leaning towards the bow, the handle at the ribs. They look back to where they came from.
    const look: Look = {
      skin: r.pick(['#c9966f', '#a8734f', '#8a5a3e', '#d9ad8a']),
      hair: r.pick(['#2b2019', '#5a3d28', '#8a6a48']),
      coat: '#b4483a',
      shade: '#7d302a',
      legs: '#22303a',
      legsShade: '#18242c',
      skirt: 0,
      headgear: r.pick(['cap', 'bun', undefined] as const) ?? 'cap',
      hat: '#f1e4c6',
    };
    const pose: Pose = {
      hip: [0, 0],
      neck: [-11, -34],
      head: [-11, -45],
      knees: [
        [20, -9],
        [18, -10],
      ],
      feet: [
        [40, 3],
        [38, 3],
      ],
      elbows: [
        [-20, -16],
        [-21, -15],
      ],
      hands: [
        [0, -17],
        [-2, -15],
      ],
    };
    return group(person(look, pose), `transform="translate(${x} ${boat - 22}) scale(-1.62 1.62)"`);
  };
  return {
    art: group([
      sky(r, ['#7f93a0', '#b3ada6', '#e6bf98', '#f6d4a0', '#fae3b8'], river, 40),
      circle(800, 496, 74, '#fff3d0'),
      glow(800, 496, 330, '#fff0c8', 5, 0.13),
      ridge('rowers town', '#c0ab9c', {
        y: 540,
        rise: 22,
        wave: 130,
        foot: 700,
        shape: (x) => 60 * Math.exp(-(((x - 330) / 260) ** 2)),
      }),
      church(420, 540, 300, '#b5a298', '#a5948e', '#9a8b88'),
      rect(-60, 596, width + 120, 60, '#b09c8e'),
      ...Array.from({ length: 40 }, (_, at) =>
        circle(-40 + at * 44, 606 + r.near() * 10, r.num(24, 46), '#a39186'),
      ),
      water(r, river, { far: '#d9b896', near: '#3f5a66', light: '#fbe6bc', dark: '#4d6672' }),
      archRow(r, 'rowed', row, stone),
      rect(-60, 356, width + 120, 24, '#c4b3a2'),
      rect(-60, 378, width + 120, 7, '#8f8480'),
      ...openings(row).flatMap(({ x, half }) => [
        cutwater(x + half + 45, river - 90, river + 20, 96, stone),
        glitter(r, '#8f8480', {
          x: x + half + 45,
          top: river + 24,
          foot: 840,
          narrow: 60,
          wide: 80,
          count: 20,
        }),
      ]),
      glitter(r, '#fff3d0', { x: 800, top: river + 12, foot: 1060, narrow: 60, wide: 300, count: 90 }),
      mist(620, 0.5, 8),
      mist(680, 0.4, 7),
      mist(450, 0.22, 5),
      // Oars of the far side, and what they stir.
      ...seats
        .filter((_, at) => at % 2 === 1)
        .flatMap((x) => [
          line(x - 20, boat - 40, x - 150, boat - 66, '#a98a6c', 4),
          cuts(r, '#fbe6bc', {
            count: 5,
            x: [x - 220, x - 150],
            y: [boat - 70, boat - 58],
            long: [30, 80],
            thick: [2, 5],
          }),
        ]),
      path(
        `M196 ${boat - 20}Q240 ${boat - 24} 330 ${boat - 26}L1400 ${boat - 30}Q1466 ${boat - 32} 1516 ${boat - 40}Q1466 ${boat - 4} 1380 ${boat + 8}L380 ${boat + 10}Q260 ${boat + 4} 196 ${boat - 20}Z`,
        '#7a3f2c',
      ),
      path(
        `M196 ${boat - 20}Q240 ${boat - 24} 330 ${boat - 26}L1400 ${boat - 30}Q1466 ${boat - 32} 1516 ${boat - 40}L1506 ${boat - 32}Q1450 ${boat - 22} 1400 ${boat - 20}L330 ${boat - 14}Q240 ${boat - 14} 196 ${boat - 20}Z`,
        '#e0a462',
      ),
      path(
        `M300 ${boat + 6}L380 ${boat + 10}L1380 ${boat + 8}L1440 ${boat}L1400 ${boat + 16}L380 ${boat + 18}Z`,
        '#3a241e',
      ),
      circle(1518, boat - 40, 7, '#f1e4c6'),
      // The one who steers, facing forward.
      group(
        person(
          {
            skin: '#c9966f',
            hair: '#2b2019',
            coat: '#22404a',
            shade: '#162c34',
            legs: '#22303a',
            skirt: 0,
            headgear: 'cap',
            hat: '#b4483a',
          },
          {
            hip: [0, 0],
            neck: [2, -31],
            head: [4, -41],
            knees: [
              [18, -12],
              [17, -13],
            ],
            feet: [
              [28, 2],
              [27, 2],
            ],
            elbows: [
              [12, -16],
              [11, -14],
            ],
            hands: [
              [20, -10],
              [19, -9],
            ],
          },
        ),
        `transform="translate(352 ${boat - 20}) scale(1.5)"`,
      ),
      ...seats.map(rower),
      path(`M330 ${boat - 26}L1400 ${boat - 30}L1400 ${boat - 16}L330 ${boat - 12}Z`, '#c98a4e'),
      path(`M330 ${boat - 15}L1400 ${boat - 19}L1400 ${boat - 14}L330 ${boat - 10}Z`, '#7a3f2c'),
      // Oars of this side, their puddles, and the boat in the water.
      ...seats
        .filter((_, at) => at % 2 === 0)
        .flatMap((x) => [
          poly([x - 30, boat - 26, x - 6, boat - 26, x - 18, boat + 6], '#3a241e'),
          moved(oar(200, 118, '#f0dcb4', '#b4483a'), x - 18, boat - 18),
          cuts(r, '#fbe6bc', {
            count: 7,
            x: [x - 300, x - 200],
            y: [boat + 92, boat + 116],
            long: [40, 110],
            thick: [3, 7],
            bend: 4,
          }),
        ]),
      ...seats.map((x) =>
        glitter(r, '#7d302a', {
          x: x + 8,
          top: boat + 26,
          foot: boat + 120,
          narrow: 34,
          wide: 44,
          count: 12,
        }),
      ),
      cuts(r, '#3a2a28', {
        count: 50,
        x: [260, 1360],
        y: [boat + 18, boat + 42],
        long: [50, 150],
        thick: [3, 7],
        bend: 3,
      }),
      cuts(r, '#fbe6bc', {
        count: 16,
        x: [1440, 1560],
        y: [boat + 4, boat + 26],
        long: [50, 130],
        thick: [3, 7],
        angle: 4,
      }),
      cuts(r, '#fbe6bc', {
        count: 26,
        x: [40, 240],
        y: [boat - 8, boat + 26],
        long: [60, 170],
        thick: [2, 6],
        angle: 2,
      }),
      mist(900, 0.16, 5),
      // The bank in front: reeds.
      ...Array.from({ length: 80 }, () => {
        const x = r.chance(0.6) ? r.num(-40, 320) : r.num(1330, 1660);
        const tall = r.num(60, 210) * (1 - Math.min(1, Math.abs(x - (x < 700 ? -40 : 1660)) / 420) * 0.7);
        return path(
          ribbon(
            [
              [x, 1110],
              [x + r.near() * 10, 1080 - tall * 0.5],
              [x + 14 + r.near() * 26, 1080 - tall],
            ],
            [9, 6, 1],
            4,
          ),
          r.pick(['#2f4248', '#3d5450', '#4a5a4c', '#22343c']),
        );
      }),
      gulls(r, '#6d7880', [560, 800], [180, 290], 5),
    ]),
  };
}
