import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { printed, type Sheet } from './drawing/print.ts';
import * as sea from './drawing/scenes-sea.ts';

/** Every picture of the sample newsroom and how it is drawn. */
export const pictures: Readonly<Record<string, () => Sheet>> = {
  'night-ferry': sea.nightFerry,
  'harbour-morning': sea.harbourMorning,
  search: sea.search,
  'old-light': sea.oldLight,
};

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
    const bytes = await printed(draw(), 10 + all.indexOf(name) * 7);
    await writeFile(`${folder}${name}.webp`, bytes);
    made.set(name, bytes.length);
  }
  return made;
}
