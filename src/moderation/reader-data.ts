import type { ReaderData } from '../readers/index.ts';
import { findStanding } from './trust/trust.ts';

/**
 * What moderation holds of a reader. Decisions and reports stay as figures with the id alone: the records of what was
 * done must not have holes, and no words of anybody remain in them.
 */
export const moderationData: ReaderData = {
  name: 'moderation',
  async collect(db, { id }) {
    const [standing, decisions, looks, reports] = await Promise.all([
      findStanding(db, id),
      db
        .selectFrom('moderation_decision')
        .select(['at', 'target_kind', 'action', 'reason', 'law', 'note', 'until'])
        .where('owner_id', '=', id)
        .where('action', '!=', 'keep')
        .orderBy('at')
        .orderBy('id')
        .execute(),
      db
        .selectFrom('moderation_look')
        .select(['text', 'at', 'outcome', 'answer', 'answered_at'])
        .where('reader_id', '=', id)
        .orderBy('at')
        .execute(),
      db
        .selectFrom('moderation_report')
        .select(['target_kind', 'category', 'text', 'at', 'state'])
        .where('reader_id', '=', id)
        .orderBy('at')
        .execute(),
    ]);
    return {
      commentsAccepted: standing.accepted,
      commentsRemoved: standing.removed,
      commentsRefused: standing.rejected,
      decisions: decisions.map((row) => ({
        decidedAt: row.at,
        about: row.target_kind,
        action: row.action,
        reason: row.reason,
        law: row.law ?? undefined,
        note: row.note,
        untilAt: row.until ?? undefined,
      })),
      looksAsked: looks.map((row) => ({
        askedAt: row.at,
        text: row.text,
        outcome: row.outcome ?? undefined,
        answer: row.answer,
        answeredAt: row.answered_at ?? undefined,
      })),
      reportsSent: reports.map((row) => ({
        sentAt: row.at,
        about: row.target_kind,
        category: row.category,
        text: row.text,
        state: row.state,
      })),
    };
  },
  async erase({ db, now }, { id, addresses }, comments) {
    await db.deleteFrom('moderation_post').where('reader_id', '=', id).execute();
    await db.deleteFrom('moderation_standing').where('reader_id', '=', id).execute();
    await db.deleteFrom('moderation_profile').where('reader_id', '=', id).execute();
    const holds = db.updateTable('moderation_hold').where('reader_id', '=', id);
    if (comments === 'delete') await holds.set({ ended_at: now }).where('ended_at', 'is', null).execute();
    await holds.set({ verdicts: '[]' }).execute();
    await db
      .updateTable('moderation_report')
      .set({ text: '' })
      .where((is) => is.or([is('reader_id', '=', id), is('owner_id', '=', id)]))
      .execute();
    if (comments === 'delete')
      await db
        .updateTable('moderation_report')
        .set({ state: 'gone' })
        .where('owner_id', '=', id)
        .where('state', '=', 'open')
        .execute();
    await db.updateTable('moderation_decision').set({ note: '' }).where('owner_id', '=', id).execute();
    await db
      .updateTable('moderation_look')
      .set({ text: '', answer: '' })
      .where('reader_id', '=', id)
      .execute();
    await db
      .updateTable('moderation_notice')
      .set({ reason: '', answer: '', address: '' })
      .where('owner_id', '=', id)
      .execute();
    for (const address of addresses)
      await db
        .updateTable('moderation_notice')
        .set({ name: '', email: '', reason: '' })
        .where('email', '=', address)
        .execute();
  },
};
