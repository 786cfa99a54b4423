import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as editors from './drawing/portraits-editors.ts';
import * as writers from './drawing/portraits-writers.ts';
import { printed, type Sheet } from './drawing/print.ts';
import { random } from './drawing/random.ts';
import * as cafe from './drawing/scenes-cafe.ts';
import * as builders from './drawing/scenes-builders.ts';
import * as chart from './drawing/scenes-chart.ts';
import * as homes from './drawing/scenes-homes.ts';
import * as eels from './drawing/scenes-eels.ts';
import * as hill from './drawing/scenes-hill.ts';
import * as lens from './drawing/scenes-lens.ts';
import * as marsh from './drawing/scenes-marsh.ts';
import * as mill from './drawing/scenes-mill.ts';
import * as mole from './drawing/scenes-mole.ts';
import * as pilot from './drawing/scenes-pilot.ts';
import * as pitch from './drawing/scenes-pitch.ts';
import * as quay from './drawing/scenes-quay.ts';
import * as rowers from './drawing/scenes-rowers.ts';
import * as sea from './drawing/scenes-sea.ts';
import * as shore from './drawing/scenes-shore.ts';
import * as stage from './drawing/scenes-stage.ts';
import * as streets from './drawing/scenes-streets.ts';
import * as tank from './drawing/scenes-tank.ts';
import * as trams from './drawing/scenes-trams.ts';
import * as wall from './drawing/scenes-wall.ts';

/** Every picture of the sample newsroom and how it is drawn. */
export const pictures: Readonly<Record<string, () => Sheet>> = {
  'night-ferry': sea.nightFerry,
  'harbour-morning': sea.harbourMorning,
  search: sea.search,
  'old-light': sea.oldLight,
  'tram-bridge': trams.tramBridge,
  'tram-stop': trams.tramStop,
  'night-market': streets.nightMarket,
  crossing: streets.crossing,
  'pilot-boat': pilot.pilotBoat,
  'pilot-ladder': pilot.pilotLadder,
  'pilot-hut': mole.pilotHut,
  sandbanks: chart.sandbanks,
  'empty-homes': homes.emptyHomes,
  'seamens-cafe': cafe.seamensCafe,
  'grain-quay': quay.grainQuay,
  turbines: quay.turbines,
  eels: eels.eels,
  weir: mill.weir,
  observatory: hill.observatory,
  marsh: marsh.marsh,
  'storm-bell': shore.stormBell,
  'sea-wall': wall.seaWall,
  'wall-builders': builders.wallBuilders,
  'football-fog': pitch.footballFog,
  rowers: rowers.rowers,
  'wave-tank': tank.waveTank,
  stage: stage.stage,
  lens: lens.lens,
  'nell-arkley': editors.nellArkley,
  'tobias-renn': writers.tobiasRenn,
  'amara-dessing': editors.amaraDessing,
  'joss-pellow': writers.jossPellow,
  'ruth-sandiford': editors.ruthSandiford,
  'idris-hallam': writers.idrisHallam,
  'mirela-vosk': editors.mirelaVosk,
  'huda-rammani': writers.hudaRammani,
};

/** What tells the paper of one picture from that of another: of its name, so that a new picture changes no other. */
export function seedOf(name: string): number {
  return random(name).int(1, 9999);
}

const folder = fileURLToPath(new URL('pictures/', import.meta.url));

/**
 * Draw pictures anew into `pictures/`. The same code draws the same picture.
 * @param names all, when empty
 * @returns bytes written, by name
 */
export async function drawPictures(names: readonly string[] = []): Promise<Map<string, number>> {
  await mkdir(folder, { recursive: true });
  const made = new Map<string, number>();
  const all = Object.keys(pictures);
  for (const name of names.length > 0 ? names : all) {
    const draw = pictures[name];
    if (!draw) throw new Error(`There is no picture ${name}; there are: ${all.join(', ')}`);
    const bytes = await printed(draw(), seedOf(name));
    await writeFile(`${folder}${name}.webp`, bytes);
    made.set(name, bytes.length);
  }
  return made;
}
