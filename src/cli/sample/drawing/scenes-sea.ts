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
  rect,
  ridge,
  sky,
  water,
  width,
  within,
} from './ink.ts';
import { random } from './random.ts';
import type { Sheet } from './print.ts';
import { beams, boat, houses, lighthouse } from './things.ts';

/** The night ferry leaving past the harbour light. */
export function nightFerry(): Sheet {
  const r = random('night-ferry');
  const horizon = 612;
  const ferry = (x: number, y: number, scale: number) =>
    moved(
      [
        path('M-330 -64L330 -64Q392 -66 420 -84Q396 -14 352 14L-312 14Q-336 -20 -330 -64Z', '#142430'),
        path('M-331 -50L400 -52L388 -30L-326 -30Z', '#b4483a'),
        rect(-292, -128, 560, 66, '#e9dcc0'),
        rect(120, -128, 148, 66, '#c9b692'),
        poly([-252, -128, -236, -182, 212, -182, 238, -128], '#f1e6cc'),
        poly([92, -128, 92, -182, 212, -182, 238, -128], '#cdbb98'),
        poly([110, -182, 120, -222, 196, -222, 214, -182], '#e9dcc0'),
        rect(122, -214, 82, 18, '#22303a'),
        poly([-140, -182, -128, -268, -64, -268, -58, -182], '#b4483a'),
        poly([-92, -182, -86, -268, -64, -268, -58, -182], '#8d342d'),
        rect(-130, -256, 70, 16, '#142430'),
        line(160, -222, 160, -300, '#142430', 5),
        line(-210, -182, -210, -240, '#142430', 4),
        ...Array.from({ length: 17 }, (_, at) =>
          rect(-276 + at * 31, -112, 19, 20, at % 6 === 4 ? '#7a5a3a' : '#ffd777'),
        ),
        ...Array.from({ length: 12 }, (_, at) =>
          rect(-222 + at * 36, -166, 22, 18, at % 5 === 3 ? '#8a6a44' : '#ffdf8c'),
        ),
        circle(160, -302, 6, '#fff2c4'),
      ],
      x,
      y,
      scale,
    );
  return {
    art: group([
      sky(r, ['#16283c', '#25455a', '#4d6b74', '#a98a77', '#e2a06b', '#f3c98d'], horizon),
      ...Array.from({ length: 60 }, () =>
        circle(r.num(0, width), r.num(0, 250), r.num(0.8, 2.4), '#f4e6c8', 'opacity="0.8"'),
      ),
      cloud(r, 120, 372, 460, '#3c5766', 'opacity="0.75"'),
      cloud(r, 900, 300, 560, '#34505f', 'opacity="0.8"'),
      cloud(r, 520, 470, 380, '#7d6d69', 'opacity="0.7"'),
      ridge('skerrin', '#5b6469', {
        y: 604,
        rise: 16,
        wave: 150,
        shape: (x) => 66 * Math.exp(-(((x - 1180) / 330) ** 2)),
      }),
      ridge('skerrin near', '#3b4c55', {
        y: 620,
        rise: 10,
        wave: 90,
        shape: (x) => 40 * Math.exp(-(((x - 1440) / 200) ** 2)),
      }),
      water(r, horizon, { far: '#8a7f74', near: '#15303f', light: '#e0ab78', dark: '#17313f' }),
      glitter(r, '#f6c98a', { x: 860, top: 640, foot: 1040, narrow: 60, wide: 330, count: 80 }),
      beams(292, 292, '#fff1c4', [-7, 172]),
      ferry(900, 742, 1.02),
      glitter(r, '#ffd98a', { x: 900, top: 764, foot: 980, narrow: 300, wide: 240, count: 60 }),
      path(
        `M-20 ${height + 20}L-20 742Q110 700 210 722Q330 728 392 770Q430 776 452 806Q506 818 520 856Q572 874 580 912Q634 938 640 982L700 ${height + 20}Z`,
        '#14222c',
      ),
      cuts(r, '#33505c', {
        count: 90,
        x: [-20, 430],
        y: [750, 1040],
        long: [30, 110],
        thick: [2, 6],
        angle: 14,
        spread: 10,
      }),
      lighthouse(292, 760, 500, {
        light: '#efe3c8',
        shade: '#b9a98b',
        band: '#b4483a',
        bandShade: '#83332d',
        lamp: '#fff4cf',
        dark: '#14222c',
      }),
      glow(292, 294, 120, '#fff1c4', 4, 0.2),
      gulls(r, '#efe3c8', [430, 700], [330, 470], 6),
    ]),
  };
}

/** Fishing boats in the basin under the old town, early. */
export function harbourMorning(): Sheet {
  const r = random('harbour-morning');
  const quay = 560;
  const palette = {
    walls: ['#e8d9bb', '#d8b48c', '#c98f6b', '#b7c3b5', '#e3c9a0', '#9fb2b0'],
    roofs: ['#a6533f', '#8a4437', '#5f5a58', '#b9694a'],
    window: '#2d4450',
    lit: '#ffe2a0',
  };
  return {
    art: group([
      sky(r, ['#9cc0c2', '#c4d3c4', '#efdcb4', '#f6cf9c'], 560),
      circle(1240, 250, 74, '#fdf0cf'),
      glow(1240, 250, 250, '#fdf0cf', 4, 0.13),
      cloud(r, 180, 190, 420, '#f2e8d2', 'opacity="0.9"'),
      cloud(r, 760, 130, 330, '#f2e8d2', 'opacity="0.75"'),
      ridge('town hill far', '#a7b7a4', { y: 430, rise: 40, wave: 260, foot: 600 }),
      ridge('town hill', '#7f9a8b', {
        y: 470,
        rise: 40,
        wave: 180,
        foot: 600,
        shape: (x) => 90 * Math.exp(-(((x - 380) / 300) ** 2)),
      }),
      group(
        houses(
          r,
          { x0: -30, x1: 900, foot: 468, low: 46, high: 84 },
          {
            ...palette,
            walls: palette.walls.map((c) => mix(c, '#9fb0a0', 0.4)),
            roofs: palette.roofs.map((c) => mix(c, '#9fb0a0', 0.35)),
          },
        ),
      ),
      houses(r, { x0: -40, x1: 1640, foot: quay, low: 96, high: 178 }, palette),
      rect(-10, quay - 2, width + 20, 46, '#7b6a5a'),
      rect(-10, quay - 2, width + 20, 10, '#cbb794'),
      cuts(r, '#54483f', {
        count: 70,
        x: [0, 1600],
        y: [quay + 12, quay + 40],
        long: [20, 60],
        thick: [2, 5],
      }),
      water(r, quay + 44, { far: '#86a6a4', near: '#1f4654', light: '#f2dcae', dark: '#244c58' }),
      glitter(r, '#fbe7b8', { x: 1240, top: 640, foot: 1050, narrow: 50, wide: 260 }),
      moved(
        boat({
          hull: '#2f6b73',
          shade: '#1d4952',
          trim: '#f0e2c2',
          cabin: '#f0e2c2',
          cabinShade: '#c7b08c',
          dark: '#1a2c35',
        }),
        360,
        700,
        0.86,
      ),
      moved(
        boat({
          hull: '#b4483a',
          shade: '#7f312b',
          trim: '#f3e6c8',
          cabin: '#d9e0d2',
          cabinShade: '#a3b4ad',
          dark: '#1a2c35',
        }),
        1010,
        742,
        1.02,
      ),
      moved(
        boat({
          hull: '#d7a13f',
          shade: '#9a6c27',
          trim: '#22404a',
          cabin: '#f3e6c8',
          cabinShade: '#cdb791',
          dark: '#1a2c35',
        }),
        610,
        880,
        1.42,
      ),
      glitter(r, '#d9b25f', { x: 610, top: 896, foot: 1040, narrow: 190, wide: 170, count: 26 }),
      glitter(r, '#b4483a', { x: 1010, top: 754, foot: 860, narrow: 140, wide: 110, count: 16 }),
      gulls(r, '#fffaf0', [700, 1500], [160, 420], 9),
    ]),
  };
}

/** An empty sea with one lifeboat light: sober, for sad news. */
export function search(): Sheet {
  const r = random('search');
  return {
    art: group([
      sky(r, ['#5f6f78', '#7d8a8e', '#a3aaa8', '#c3c4bc'], 520, 70),
      cloud(r, -80, 180, 760, '#6c7a81', 'opacity="0.8"'),
      cloud(r, 620, 250, 900, '#75838a', 'opacity="0.7"'),
      cloud(r, 160, 350, 620, '#8d979a', 'opacity="0.7"'),
      ridge('far cape', '#7f8a8c', {
        y: 512,
        rise: 10,
        wave: 130,
        shape: (x) => (x > 1150 ? (x - 1150) * 0.12 : 0),
      }),
      water(r, 520, { far: '#8f9a9a', near: '#1f3440', light: '#c9ccc4', dark: '#22363f' }, 0.72),
      ridge('swell one', '#50666f', { y: 690, rise: 26, wave: 240 }),
      cuts(r, '#8fa0a3', {
        count: 90,
        x: [-50, 1600],
        y: [690, 800],
        long: [60, 200],
        thick: [2, 6],
        bend: 5,
      }),
      group(
        [
          path('M-150 -34L128 -34L168 -56Q152 4 122 20L-138 20Z', '#1d2d3a'),
          path('M-150 -34L128 -34L166 -55L160 -38L128 -18L-150 -18Z', '#d5622f'),
          poly([-96, -34, -84, -82, 46, -82, 74, -34], '#d5622f'),
          poly([-84, -72, -80, -56, 56, -56, 48, -72], '#1d2d3a'),
          line(-10, -82, -10, -140, '#1d2d3a', 5),
          circle(-10, -142, 7, '#fff2cf'),
        ],
        'transform="translate(770 742) rotate(-5)"',
      ),
      glow(760, 602, 70, '#fff2cf', 3, 0.2),
      ridge('swell two', '#31495a', { y: 790, rise: 34, wave: 300 }),
      cuts(r, '#7f939b', {
        count: 90,
        x: [-50, 1600],
        y: [800, 900],
        long: [80, 260],
        thick: [2, 8],
        bend: 8,
      }),
      ridge('swell three', '#1d3140', { y: 930, rise: 40, wave: 380 }),
      cuts(r, '#5a707c', {
        count: 80,
        x: [-50, 1600],
        y: [940, 1067],
        long: [120, 340],
        thick: [3, 10],
        bend: 10,
      }),
    ]),
  };
}

/** The ice-grey morning when the old light went out, in one ink: it is a picture of 2009. */
export function oldLight(): Sheet {
  const r = random('old-light');
  const ink = '#23262b';
  return {
    art: group([
      sky(r, ['#9a9a96', '#b9b7b0', '#d7d3c8', '#e6e1d4'], 640, 60),
      cloud(r, 60, 260, 640, '#8c8d8b', 'opacity="0.7"'),
      cloud(r, 820, 200, 640, '#a2a29d', 'opacity="0.8"'),
      water(r, 640, { far: '#b3b1aa', near: '#4a4d52', light: '#e6e1d4', dark: '#4d5055' }),
      path(
        `M430 ${height}L500 968L560 940L600 880L690 842L724 786L830 752L872 726L1070 722L1188 738L1236 790L1300 806L1352 872L1420 900L1452 970L1530 ${height}Z`,
        '#3a3d42',
      ),
      within(
        'rock',
        `<path d="M430 ${height}L500 968L560 940L600 880L690 842L724 786L830 752L872 726L1070 722L1188 738L1236 790L1300 806L1352 872L1420 900L1452 970L1530 ${height}Z"/>`,
        [
          cuts(r, '#85868a', {
            count: 130,
            x: [520, 1200],
            y: [720, 1060],
            long: [30, 130],
            thick: [2, 8],
            angle: 62,
            spread: 22,
          }),
          cuts(r, ink, {
            count: 90,
            x: [900, 1480],
            y: [740, 1060],
            long: [40, 150],
            thick: [3, 10],
            angle: 118,
            spread: 20,
          }),
        ],
      ),
      lighthouse(960, 742, 600, {
        light: '#efece4',
        shade: '#a9a7a1',
        band: '#6d6e70',
        bandShade: '#4a4c50',
        lamp: '#5c5e61',
        dark: ink,
      }),
      poly([1040, 742, 1040, 668, 1100, 636, 1168, 668, 1168, 742], '#dcd8cd'),
      poly([1030, 672, 1100, 630, 1178, 672], ink),
      rect(1062, 688, 22, 28, ink),
      rect(1118, 688, 24, 54, '#55575b'),
      gulls(r, ink, [260, 760], [280, 520], 11),
      cuts(r, '#f1ede2', {
        count: 44,
        x: [380, 1500],
        y: [1010, 1066],
        long: [60, 220],
        thick: [4, 10],
        bend: 6,
      }),
    ]),
  };
}
