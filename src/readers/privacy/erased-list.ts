import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '../../platform/database/database.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { eraseJob, leavingTime } from './leave.ts';
import type { CommentsAfter } from './reader-data.ts';

/** Who was erased, outside the database: an older backup must not bring them back. Ids alone, a line for each. */
const listName = 'erased-readers.jsonl';

const line = z.object({ id: z.string(), comments: z.enum(['delete', 'keep']) });

export async function noteErased(
  dataDir: string,
  erased: { readonly id: string; readonly comments: CommentsAfter },
): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await appendFile(join(dataDir, listName), `${JSON.stringify(erased)}\n`, { mode: 0o600, flush: true });
}

/**
 * After a backup came back: those who were erased since it was made are erased again as soon as the site runs, and those
 * who were about to leave leave when they would have.
 */
export async function takeUpReaders(database: Database, dataDir: string): Promise<void> {
  const erased = await readErased(dataDir);
  await database.write(async (tx) => {
    for (const { id, comments } of erased) {
      const leaving = { leaving_at: tx.now - leavingTime, leaving_comments: comments };
      await tx.db
        .updateTable('reader')
        .set(leaving)
        .where('id', '=', id)
        .where('state', '!=', 'former')
        .execute();
    }
    const leaving = await tx.db
      .selectFrom('reader')
      .select(['id', 'leaving_at'])
      .where('leaving_at', 'is not', null)
      .execute();
    for (const { id, leaving_at } of leaving)
      await enqueue(tx, eraseJob, { id, askedAt: leaving_at }, { at: leaving_at! + leavingTime });
  });
}

async function readErased(dataDir: string): Promise<z.output<typeof line>[]> {
  const text = await readFile(join(dataDir, listName), 'utf8').catch(() => '');
  return text.split('\n').flatMap((each) => {
    try {
      return [line.parse(JSON.parse(each))];
    } catch {
      // The last line may be half of one, where the power failed.
      return [];
    }
  });
}
