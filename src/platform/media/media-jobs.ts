import type { Database } from '../database/database.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { avifJob, type MediaStore } from './media-store.ts';

/** Say how the work that `MediaStore.record` leaves behind is done. One picture at a time: AVIF takes seconds of a processor. */
export function defineMediaJobs(
  runner: Pick<JobRunner, 'define'>,
  parts: { readonly database: Database; readonly media: MediaStore },
): void {
  runner.define(avifJob, {
    async handle(payload, { signal }) {
      const item = await parts.media.find(parts.database.read, String(payload.id));
      if (!item) return;
      const made = await parts.media.makeAvif(item, signal);
      await parts.database.write((tx) => parts.media.addRenditions(tx, item.id, made));
    },
  });
}
