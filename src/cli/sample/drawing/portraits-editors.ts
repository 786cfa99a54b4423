import { deep, glasses, head, pale, seated, shoulders, strands, type Face } from './heads.ts';
import { circle, cut, ellipse, group, moved, path, within } from './ink.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { blob, stroke } from './shapes.ts';

/** The political editor. */
export function nellArkley(): Sheet {
  const r = random('nell-arkley');
  const face: Face = { ...pale, brow: '#6f6a66', iris: '#4f6a78', age: 50, smile: 8 };
  const crop =
    'M-114 20Q-146 -70 -112 -142Q-70 -216 20 -210Q110 -204 124 -118Q136 -50 112 24Q104 -40 92 -84Q60 -112 30 -150Q-10 -104 -78 -92Q-100 -60 -100 -20Z';
  return seated(r, ['#5f8a8c', '#3d666c'], {
    behind: [
      path(
        'M-118 30Q-136 -60 -104 -120L104 -120Q134 -60 116 30Q110 60 100 50L-100 50Q-112 56 -118 30Z',
        '#8f9090',
      ),
    ],
    clothes: [shoulders('#2b3b4c', '#1b2836')],
    head: [
      head(r, face),
      path(crop, '#a9a9a6'),
      within('crop', path(crop, '#000'), [
        path('M40 -220Q140 -190 140 -60L120 40L86 -60Q60 -110 40 -220Z', '#77797b'),
        strands(r, '#d9d7cf', [-110, -10], [-186, -96], -28, 30),
        strands(r, '#d9d7cf', [-124, -108], [-90, 10], 86, 10),
        strands(r, '#5f6265', [20, 110], [-180, -60], 44, 22),
      ]),
      glasses('#33302f', false),
      circle(-112, 36, 8, '#d7a13f'),
      circle(112, 36, 8, '#a3762c'),
    ],
    collar: [
      path('M-64 176L-20 300L0 330L20 300L64 176L40 168L0 236L-40 168Z', '#f3ead6'),
      path('M-64 170L-150 220L-60 400L-8 480L10 480L-44 300Z', '#3a4d60'),
      path('M64 170L150 220L60 400L0 480L30 480L50 300Z', '#14202c'),
    ],
  });
}

/** The science editor. */
export function amaraDessing(): Sheet {
  const r = random('amara-dessing');
  const face: Face = { ...deep, brow: '#1d1512', iris: '#3a2418', wide: 0.98, jaw: 0.94, age: 30, smile: 11 };
  const cap =
    'M-110 -30Q-124 -120 -84 -166Q-40 -204 0 -202Q44 -204 86 -166Q124 -120 110 -30Q104 -92 76 -120Q40 -148 0 -148Q-40 -148 -76 -120Q-104 -92 -110 -30Z';
  const knot = blob([
    [-96, -226],
    [-70, -290],
    [0, -316],
    [72, -292],
    [98, -226],
    [66, -180],
    [0, -166],
    [-66, -180],
  ]);
  return seated(r, ['#d9a98a', '#b97a5e'], {
    behind: [
      moved(
        [
          path(knot, '#1d1614'),
          within('knot', path(knot, '#000'), [
            ...Array.from({ length: 70 }, () =>
              path(
                cut(r.num(-96, 40), r.num(-300, -180), r.num(10, 24), r.num(3, 6), r.num(0, 360), 5),
                '#4a3a34',
              ),
            ),
            path('M40 -330Q120 -260 90 -170L140 -170L140 -330Z', '#0f0b0a'),
          ]),
        ],
        0,
        16,
      ),
    ],
    clothes: [shoulders('#2f5a62', '#1c3d45', 6)],
    head: [
      head(r, face),
      path(cap, '#1d1614'),
      within('cap', path(cap, '#000'), [
        strands(r, '#4a3a34', [-104, -10], [-190, -110], -60, 26),
        strands(r, '#4a3a34', [10, 60], [-190, -130], -112, 10),
      ]),
      path('M-76 -186Q0 -214 76 -186L70 -164Q0 -190 -70 -164Z', '#e0a52c'),
      path('M20 -203Q52 -200 76 -186L70 -164Q46 -178 18 -182Z', '#a8761c'),
      // Hoops, and the scarf.
      ...[-1, 1].map((side) =>
        ellipse(
          side * 108,
          50,
          13,
          22,
          'none',
          `stroke="${side < 0 ? '#e8c36a' : '#a8762c'}" stroke-width="6"`,
        ),
      ),
    ],
    collar: [
      path(
        'M-128 214Q-110 168 -62 160Q0 206 62 160Q110 168 128 214Q120 284 56 300Q0 312 -56 300Q-120 284 -128 214Z',
        '#e8b43a',
      ),
      path('M20 186Q48 180 62 160Q110 168 128 214Q120 284 56 300Q36 304 14 306Q60 250 20 186Z', '#b07f22'),
      path('M-40 282Q-60 380 -96 480L10 480Q26 380 22 296Z', '#e8b43a'),
      path('M-6 300Q-10 400 -30 480L10 480Q26 380 22 296Z', '#b07f22'),
      strands(r, '#f7d57e', [-116, -40], [190, 280], 16, 16),
      strands(r, '#f7d57e', [-66, -40], [320, 430], 100, 9),
      ...[
        [-90, 240],
        [-40, 262],
        [-60, 380],
        [-30, 340],
        [-66, 440],
      ].map(([x, y]) => circle(x!, y!, 6, '#b4483a')),
    ],
    scale: 1.26,
    down: 436,
  });
}

/** The culture editor. */
export function ruthSandiford(): Sheet {
  const r = random('ruth-sandiford');
  const face: Face = {
    ...pale,
    skin: '#ecc8aa',
    shade: '#c2957c',
    light: '#fae2cc',
    lips: '#b8283a',
    brow: '#a9a29a',
    iris: '#4a5f80',
    wide: 0.96,
    jaw: 0.92,
    age: 60,
    smile: 7,
  };
  const back =
    'M-112 -70Q-150 40 -150 160Q-160 280 -110 340Q-40 360 -50 200L50 200Q40 360 112 340Q162 280 150 160Q150 40 112 -70Q60 -190 0 -190Q-60 -190 -112 -70Z';
  const front =
    'M-112 40Q-140 -80 -98 -156Q-50 -220 20 -206Q108 -196 122 -100Q132 -30 112 60Q108 -30 92 -80Q50 -110 -12 -160Q-30 -110 -84 -70Q-104 -30 -112 40Z';
  return seated(r, ['#8a6478', '#5f4258'], {
    behind: [
      path(back, '#d6d2c8'),
      path('M50 200Q40 360 112 340Q162 280 150 160Q150 40 112 -70L60 -120Z', '#a8a39c'),
      strands(r, '#f6f2e8', [-146, -110], [0, 250], 88, 22),
      strands(r, '#827d78', [110, 146], [0, 270], 90, 18),
    ],
    clothes: [
      shoulders('#1f1d26', '#131219', 4),
      path('M-96 214Q-50 300 0 320Q50 300 96 214L58 176L-58 176Z', face.shade),
      path('M-96 214Q-50 300 0 320L-10 250Q-50 210 -58 176Z', face.skin),
    ],
    head: [
      head(r, face),
      path(
        'M-140 150Q-150 300 -100 352Q-80 330 -92 240Q-110 120 -108 20ZM140 150Q150 300 100 352Q80 330 92 240Q110 120 108 20Z',
        '#d6d2c8',
      ),
      path('M140 150Q150 300 100 352Q80 330 92 240Q110 120 108 20Z', '#a8a39c'),
      strands(r, '#f6f2e8', [-136, -108], [110, 280], 86, 14),
      path(front, '#e4e0d6'),
      within('white', path(front, '#000'), [
        path('M20 -220Q150 -210 140 80L96 60Q100 -60 20 -150Z', '#b3aea6'),
        strands(r, '#ffffff', [-112, -20], [-180, -60], -52, 32),
        strands(r, '#8a8580', [20, 110], [-180, -20], 54, 26),
        strands(r, '#b3aea6', [-110, -20], [-170, -70], -50, 14),
      ]),
      ...[-1, 1].map((side) =>
        group([circle(side * 106, 40, 9, '#f6f2e8'), circle(side * 106, 60, 5, '#d7a13f')]),
      ),
    ],
    collar: Array.from({ length: 13 }, (_, at) => {
      const share = at / 12;
      return circle(
        -78 + share * 156,
        232 + Math.sin(share * Math.PI) * 64,
        10,
        share < 0.6 ? '#b8283a' : '#7d1a28',
      );
    }),
  });
}

/** The data editor. */
export function mirelaVosk(): Sheet {
  const r = random('mirela-vosk');
  const face: Face = {
    ...pale,
    skin: '#e6bd9c',
    shade: '#b98a6e',
    light: '#f6dabc',
    brow: '#2b2026',
    iris: '#5a4a30',
    wide: 0.97,
    jaw: 0.9,
    age: 30,
    smile: 6,
  };
  const back =
    'M-116 -60Q-150 40 -134 120Q-124 142 -84 140L84 140Q124 142 134 120Q150 40 116 -60Q60 -190 0 -190Q-60 -190 -116 -60Z';
  const fringe =
    'M-110 96Q-148 0 -122 -110Q-80 -210 0 -212Q84 -210 124 -110Q148 0 112 96Q98 100 90 92Q108 0 92 -66Q40 -82 0 -82Q-50 -82 -92 -64Q-108 0 -90 92Q-98 100 -110 96Z';
  return seated(r, ['#b5c6cc', '#86a0ac'], {
    behind: [path(back, '#1f1a22')],
    clothes: [
      shoulders(
        '#b4583a',
        '#7d3a28',
        2,
        [300, 350, 400, 450].map((y) =>
          stroke(
            `M-330 ${y + 40}Q-160 ${y - 30} 0 ${y - 20}Q160 ${y - 30} 330 ${y + 40}`,
            '#8f442e',
            5,
            'opacity="0.7"',
          ),
        ),
      ),
    ],
    head: [
      head(r, face),
      path(fringe, '#2b242e'),
      within('bob', path(fringe, '#000'), [
        path('M40 -220Q160 -180 150 110L96 100Q112 0 90 -70L40 -84Z', '#17131a'),
        strands(r, '#5a4f60', [-100, 0], [-196, -104], 70, 26),
        strands(r, '#5a4f60', [-128, -104], [-80, 60], 86, 16),
        strands(r, '#0f0c12', [20, 80], [-190, -100], 104, 14),
      ]),
      glasses('#8a3a34', true),
      ...[-1, 1].map((side) =>
        path(`M${side * 104} 40L${side * 112} 66L${side * 96} 66Z`, side < 0 ? '#e8c36a' : '#a8762c'),
      ),
    ],
    collar: [
      path('M-70 166Q0 204 70 166L90 232Q0 304 -90 232Z', '#c96a48'),
      path('M12 184Q46 180 70 166L90 232Q50 262 14 268Z', '#8a4430'),
    ],
  });
}
