import type { ReaderData } from '../../readers/index.ts';
import { browserFromRow } from './browser.ts';

/** The browsers in which a reader has had alerts; what they get without an account goes on when it is gone. */
export const browsersData: ReaderData = {
  name: 'browsers',
  async collect(db, { id }) {
    const rows = await db
      .selectFrom('alert_browser')
      .selectAll()
      .where((is) => is.or([is('reader_id', '=', id), is('last_reader_id', '=', id)]))
      .orderBy('id')
      .execute();
    if (rows.length === 0) return undefined;
    return rows.map(browserFromRow).map((browser) => ({
      label: browser.label,
      zone: browser.zone,
      language: browser.language,
      isSubscribed: browser.isSubscribed,
      createdAt: browser.createdAt,
      seenAt: browser.seenAt,
      deliveredAt: browser.deliveredAt,
    }));
  },
  async erase({ db }, { id }) {
    for (const column of ['reader_id', 'last_reader_id'] as const) {
      await db
        .updateTable('alert_browser')
        .set({ reader_id: null, session_id: null, last_reader_id: null })
        .where(column, '=', id)
        .execute();
    }
  },
};
