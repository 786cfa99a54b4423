import { brown, head, pale, seated, shoulders, strands, type Face } from './heads.ts';
import { circle, cut, ellipse, line, moved, path, within } from './ink.ts';
import type { Sheet } from './print.ts';
import { random } from './random.ts';
import { stroke } from './shapes.ts';

/** The harbour correspondent. */
export function tobiasRenn(): Sheet {
  const r = random('tobias-renn');
  const face: Face = {
    ...pale,
    skin: '#d6a37c',
    shade: '#a06c4e',
    light: '#eec49c',
    brow: '#3a281f',
    iris: '#3f5a4f',
    wide: 1.04,
    jaw: 1.16,
    age: 40,
    smile: 5,
  };
  const hair =
    'M-118 -30Q-132 -120 -96 -168Q-50 -222 26 -208Q104 -200 122 -124Q130 -70 118 -28Q108 -70 98 -100Q64 -128 10 -130Q-50 -132 -88 -100Q-106 -66 -118 -30Z';
  const beard =
    'M-110 -12Q-106 30 -92 54Q-66 44 -46 58Q-26 72 0 70Q26 72 46 58Q66 44 92 54Q106 30 110 -12Q118 74 92 128Q60 186 0 188Q-60 186 -92 128Q-118 74 -110 -12Z';
  return seated(r, ['#8fa89a', '#66857c'], {
    clothes: [
      shoulders(
        '#22303c',
        '#151f29',
        -6,
        Array.from({ length: 9 }, (_, at) =>
          stroke(
            `M${-290 + at * 66} 480Q${-272 + at * 62} 380 ${-210 + at * 50} 270`,
            '#33454f',
            5,
            'opacity="0.8"',
          ),
        ),
      ),
    ],
    head: [
      head(r, face),
      moved(
        [
          path('M-78 150Q0 196 78 150L92 236Q0 282 -92 236Z', '#2b3b47'),
          path('M10 178Q50 170 78 150L92 236Q54 258 14 260Z', '#18232d'),
          ...Array.from({ length: 9 }, (_, at) =>
            line(
              -72 + at * 18,
              182 + Math.sin((at / 8) * Math.PI) * 10,
              -78 + at * 19.5,
              236 + Math.sin((at / 8) * Math.PI) * 20,
              '#3f5360',
              4,
            ),
          ),
        ],
        0,
        -36,
      ),

      path(beard, '#4a3226'),
      within('beard', path(beard, '#000'), [
        path('M30 60Q60 120 20 200L140 200L140 -40L88 20Q70 40 30 60Z', '#33211a'),
        strands(r, '#7d5a40', [-100, -30], [60, 150], 74, 34),
        strands(r, '#24170f', [10, 90], [70, 160], 104, 26),
        strands(r, '#9a8a7c', [-20, 10], [140, 160], 88, 7),
      ]),
      // The mouth within the beard.
      path('M-30 86Q0 80 30 86Q16 106 0 106Q-16 106 -30 86Z', '#a8604f'),
      stroke('M-34 85Q0 95 34 85', '#2a1612', 5),
      path('M-48 78Q-30 58 0 66Q30 58 48 78Q24 82 0 77Q-24 82 -48 78Z', '#4a3226'),
      path(hair, '#4a3226'),
      within('hair', path(hair, '#000'), [
        path('M30 -220Q140 -200 140 -20L100 -40Q90 -120 30 -140Z', '#33211a'),
        strands(r, '#7d5a40', [-110, 0], [-190, -120], -24, 30),
        strands(r, '#24170f', [30, 110], [-180, -90], 40, 18),
      ]),
    ],
  });
}

/** The sports writer. */
export function jossPellow(): Sheet {
  const r = random('joss-pellow');
  const face: Face = {
    ...pale,
    skin: '#ebbf9c',
    shade: '#c28a6a',
    light: '#f8dcc0',
    lips: '#b8685c',
    brow: '#a3603a',
    iris: '#4f7a6a',
    jaw: 1.06,
    age: 30,
    smile: 12,
  };
  const cap =
    'M-122 -84Q-134 -176 -70 -216Q0 -246 74 -216Q136 -176 122 -84Q60 -112 0 -112Q-60 -112 -122 -84Z';
  return seated(r, ['#a9b87a', '#7d9458'], {
    clothes: [
      shoulders('#8a3a34', '#5f2626', -2),
      path('M-190 236L-120 480L-66 480L-110 212Z', '#f1e4c6'),
      path('M190 236L120 480L66 480L110 212Z', '#b3a283'),
    ],
    head: [
      path('M-118 -20Q-132 20 -116 50L-96 60L-94 -90ZM118 -20Q132 20 116 50L96 60L94 -90Z', '#a85a30'),
      head(r, face),
      ...Array.from({ length: 46 }, () => {
        const side = r.chance(0.5) ? -1 : 1;
        return ellipse(
          side * r.num(12, 78),
          26 + r.near() * 19,
          r.num(2, 3.8),
          r.num(1.8, 3.2),
          '#b0704a',
          'opacity="0.75"',
        );
      }),
      ...Array.from({ length: 12 }, () =>
        circle(r.near() * 14, 10 + r.near() * 26, r.num(1.8, 3), '#b0704a', 'opacity="0.75"'),
      ),
      path('M-112 -60Q-120 -10 -104 30Q-98 0 -98 -60ZM112 -60Q120 -10 104 30Q98 0 98 -60Z', '#a85a30'),
      path(cap, '#33506a'),
      within('flat', path(cap, '#000'), [
        path('M24 -250Q60 -170 40 -100L150 -60L150 -250Z', '#22374c'),
        path(
          'M-60 -250Q-72 -170 -62 -100L-54 -100Q-62 -170 -50 -250ZM50 -250Q66 -170 60 -100L52 -100Q58 -170 42 -250Z',
          '#1b2c3c',
        ),
        strands(r, '#5f7f9a', [-116, -20], [-210, -120], -30, 22),
      ]),
      circle(0, -228, 10, '#22374c'),
      path(
        'M-128 -82Q-60 -124 0 -124Q60 -124 128 -82Q138 -62 120 -60Q60 -92 0 -92Q-60 -92 -120 -60Q-138 -62 -128 -82Z',
        '#27405a',
      ),
      path('M20 -123Q80 -116 128 -82Q138 -62 120 -60Q76 -84 20 -91Z', '#182a3c'),
    ],
    collar: [
      path('M-74 168Q0 222 74 168L96 214Q60 262 0 264Q-60 262 -96 214Z', '#a84a40'),
      path('M14 196Q50 190 74 168L96 214Q60 262 14 264Z', '#6f2c2a'),
      line(0, 226, 0, 480, '#5f2626', 5),
      circle(-12, 300, 6, '#f1e4c6'),
      circle(-12, 380, 6, '#f1e4c6'),
    ],
    down: 412,
  });
}

/** The columnist. */
export function idrisHallam(): Sheet {
  const r = random('idris-hallam');
  const face: Face = { ...brown, brow: '#d9d4c8', iris: '#3a2a1e', wide: 1.02, jaw: 1.1, age: 70, smile: 4 };
  const beard =
    'M-58 80Q-52 54 -22 58Q-8 58 0 66Q8 58 22 58Q52 54 58 80Q70 88 80 78Q72 104 40 98Q16 94 0 82Q-16 94 -40 98Q-72 104 -80 78Q-70 88 -58 80Z';
  return seated(r, ['#d6b878', '#b08d4c'], {
    clothes: [
      shoulders(
        '#6a5a48',
        '#48402f',
        0,
        Array.from({ length: 90 }, () =>
          path(
            cut(r.num(-300, 270), r.num(250, 460), r.num(10, 22), r.num(3, 5), 54, 0),
            r.pick(['#857258', '#54473a', '#9a8464']),
          ),
        ),
      ),
    ],
    head: [
      head(r, face),
      // White hair at the sides, and the light on the crown.
      path(
        'M-108 -52Q-128 -30 -120 26Q-104 20 -102 -10Q-100 -40 -96 -70ZM108 -52Q128 -30 120 26Q104 20 102 -10Q100 -40 96 -70Z',
        '#e6e1d4',
      ),
      path('M108 -52Q128 -30 120 26Q104 20 102 -10Q100 -40 96 -70Z', '#b3ada0'),
      path('M-62 -140Q-30 -164 6 -160Q-30 -146 -50 -120Z', '#e6bd90', 'opacity="0.85"'),
      path(beard, '#f1ece0'),
      within('moustache', path(beard, '#000'), [
        path('M2 50L90 50L90 110L0 110Z', '#c9c2b2'),
        strands(r, '#ffffff', [-70, -14], [60, 92], 18, 14),
        strands(r, '#9f988a', [6, 60], [62, 92], -18, 12),
      ]),
    ],
    collar: [
      path('M-72 168L-30 330L0 390L30 330L72 168L40 160L0 236L-40 160Z', '#f6efdc'),
      path('M14 236L40 160L72 168L30 330L6 380Z', '#c9bda0'),
      path('M-20 232L20 232L30 258L16 480L-22 480L-30 258Z', '#7d2f34'),
      path('M4 262L28 260L16 480L2 480Z', '#541d24'),
      ...[290, 340, 390, 440].map((y) =>
        path(`M-26 ${y}L26 ${y - 22}L26 ${y - 12}L-26 ${y + 10}Z`, '#d7a13f'),
      ),
      path('M-24 228L24 228L18 262L-18 262Z', '#8f3a3e'),
      path('M-74 164L-160 214L-74 380L-14 480L-60 480L-190 236Z', '#7a6852'),
      path('M-74 164L-132 236L-86 260L-40 400L-10 480L-6 470L-40 330Z', '#85725a'),
      path('M74 164L132 236L86 260L40 400L16 480L30 480L50 330Z', '#3d3628'),
    ],
  });
}

/** The reporter from the streets behind the harbour. */
export function hudaRammani(): Sheet {
  const r = random('huda-rammani');
  const face: Face = {
    ...brown,
    skin: '#cf9a70',
    shade: '#9a6a4a',
    light: '#e8bd94',
    lips: '#a3564a',
    brow: '#241a16',
    iris: '#4a3220',
    wide: 0.96,
    jaw: 0.94,
    age: 30,
    smile: 10,
  };
  const scarf =
    'M-128 210Q-160 60 -140 -60Q-118 -214 0 -220Q118 -214 140 -60Q160 60 128 210Q80 252 0 252Q-80 252 -128 210ZM0 164Q52 160 76 118Q100 60 96 -40Q88 -126 0 -132Q-88 -126 -96 -40Q-100 60 -76 118Q-52 160 0 164Z';
  return seated(r, ['#e6cfa4', '#c9a878'], {
    clothes: [shoulders('#7a4a5c', '#52303f', 8)],
    head: [
      head(r, face),
      path('M-96 -70Q-80 -138 0 -142Q80 -138 96 -70Q80 -122 0 -126Q-80 -122 -96 -70Z', '#163a30'),
      path(scarf, '#24604c', 'fill-rule="evenodd"'),
      within('scarf', path(scarf, '#000', 'clip-rule="evenodd"'), [
        path('M30 -230Q84 -150 96 -40Q100 60 76 118Q60 190 90 270L200 270L200 -230Z', '#163f33'),
        path('M-60 -208Q-128 -150 -122 -20Q-120 90 -90 160Q-100 60 -108 -20Q-112 -130 -40 -196Z', '#3f8a6c'),
        strands(r, '#4f9a7a', [-136, -104], [-120, 130], 88, 22),
        strands(r, '#4f9a7a', [-100, 0], [-210, -150], -34, 16),
        strands(r, '#0f2c24', [100, 136], [-90, 150], 92, 18),
      ]),
    ],
    collar: [
      path(
        'M-130 190Q-60 152 0 186Q70 216 132 170Q152 236 96 268Q20 300 -70 276Q-150 256 -130 190Z',
        '#2b6e57',
      ),
      path('M20 196Q80 208 132 170Q152 236 96 268Q60 282 20 284Q60 240 20 196Z', '#1a4a3b'),
      path('M-30 270Q-60 360 -40 480L70 480Q70 360 50 272Z', '#24604c'),
      path('M20 280Q30 380 20 480L70 480Q70 360 50 272Z', '#163f33'),
      strands(r, '#4f9a7a', [-120, -20], [196, 262], 14, 18),
      strands(r, '#4f9a7a', [-40, -10], [300, 420], 92, 9),
    ],
  });
}
