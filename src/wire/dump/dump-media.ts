import type { Database } from '../../platform/database/database.ts';
import { exists } from '../../platform/media/files.ts';
import type { MediaItem } from '../../platform/media/item.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';

const itemsAtOnce = 200;

/** Have done what is still to be done for media that a dump brought back, as far as their files are here. */
export async function takeUpMedia(
  database: Database,
  media: MediaStore,
  signal?: AbortSignal,
): Promise<void> {
  let after: string | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const page = await media.list(database.read, { after, limit: itemsAtOnce });
    const here: MediaItem[] = [];
    for (const { item } of page) if (await exists(media.files.pathOf(item.id))) here.push(item);
    await database.write(async (tx) => {
      for (const item of here) await media.takeUp(tx, item);
    });
    if (page.length < itemsAtOnce) return;
    after = page.at(-1)!.item.id;
  }
}
