import type { Transaction } from '../platform/database/database.ts';
import { removeDocument } from '../platform/search/search.ts';
import { findStory } from './find-story.ts';
import { storyEvent } from './events.ts';
import { dayOf } from './rows.ts';

/**
 * Remove all that came from one source as if it had never come: stories, and the sections, topics, authors and
 * series it brought that nothing else uses. For sample and rehearsal content; a story of record is killed instead.
 * @returns how many stories went
 */
export async function removeImported(tx: Transaction, source: string): Promise<number> {
  const { db } = tx;
  const rows = await db.selectFrom('story').select('id').where('source', '=', source).execute();
  for (const { id } of rows) {
    const story = (await findStory(db, id))!;
    if (story.state === 'published') {
      await removeDocument(db, id);
      await db
        .updateTable('archive_day')
        .set((expression) => ({ stories: expression('stories', '-', 1), changed_at: tx.now }))
        .where('day', '=', dayOf(story.published!))
        .execute();
    }
    // Lists, revisions, corrections, redirects and front slots go with it by their foreign keys.
    await db.deleteFrom('story').where('id', '=', id).execute();
    tx.emit(storyEvent('story.unpublished', story, undefined, true));
  }
  const used = db.selectFrom('story_listing').select('list').distinct();
  for (const kind of ['topic', 'author'] as const) {
    const names = await db.selectFrom(kind).select('slug').where('source', '=', source).execute();
    const listed = new Set(
      (await used.where('list', 'like', `${kind}:%`).execute()).map(({ list }) =>
        list.slice(kind.length + 1),
      ),
    );
    const idle = names.map(({ slug }) => slug).filter((slug) => !listed.has(slug));
    if (idle.length > 0) await db.deleteFrom(kind).where('slug', 'in', idle).execute();
  }
  for (const kind of ['section', 'series'] as const) {
    await db
      .deleteFrom(kind)
      .where('source', '=', source)
      .where('slug', 'not in', (query) =>
        query.selectFrom('story').select(kind).where(kind, 'is not', null).$castTo<{ section: string }>(),
      )
      .execute();
  }
  tx.emit({ type: 'section.changed', payload: { source }, tags: ['site', 'front', 'list'] });
  return rows.length;
}
