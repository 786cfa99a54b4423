import { forgetMails } from '../../platform/mail/mail-jobs.ts';
import { enqueue } from '../../platform/jobs/jobs.ts';
import { sessionsEnded } from '../events.ts';
import { hashOf } from '../sessions/session.ts';
import type { ReaderData } from './reader-data.ts';

/** Removes what lies in files, after the commit; and notes outside the database who has left. */
export const removeFilesJob = 'readers.remove-files';

/** What the account itself holds of a reader. */
export const accountData: ReaderData = {
  name: 'account',

  async collect(db, reader) {
    const handles = await db
      .selectFrom('reader_handle')
      .select(['handle', 'since', 'until'])
      .where('reader_id', '=', reader.id)
      .orderBy('since')
      .execute();
    const sessions = await db
      .selectFrom('reader_session')
      .select(['device', 'method', 'created_at', 'seen_at'])
      .where('reader_id', '=', reader.id)
      .orderBy('created_at')
      .execute();
    const changes = await db
      .selectFrom('reader_email_change')
      .select(['old_email', 'new_email', 'created_at', 'done_at'])
      .where('reader_id', '=', reader.id)
      .orderBy('created_at')
      .execute();
    const picture = await db
      .selectFrom('reader_picture')
      .select('large')
      .where('reader_id', '=', reader.id)
      .executeTakeFirst();
    return {
      email: reader.email,
      name: reader.name,
      handle: reader.handle,
      bio: reader.bio,
      picture: picture && `data:image/webp;base64,${picture.large}`,
      roles: reader.roles,
      state: reader.state,
      suspendedUntilAt: reader.suspendedUntil,
      joinedAt: reader.createdAt,
      guidelinesAcceptedAt: reader.guidelinesAt,
      daysActive: reader.daysActive,
      lastActiveDay: reader.lastActiveDay,
      settings: reader.settings,
      handles: handles.map(({ handle, since, until }) => ({ handle, sinceAt: since, untilAt: until })),
      browsers: sessions.map((each) => ({
        browser: each.device,
        signedInBy: each.method,
        signedInAt: each.created_at,
        lastSeenAt: each.seen_at,
      })),
      changesOfAddress: changes.map((each) => ({
        from: each.old_email,
        to: each.new_email,
        askedAt: each.created_at,
        doneAt: each.done_at,
      })),
    };
  },

  async erase(tx, reader, comments) {
    const { db } = tx;
    const { addresses } = reader;
    await db.deleteFrom('reader_email_change').where('reader_id', '=', reader.id).execute();
    const sessions = await db
      .deleteFrom('reader_session')
      .where('reader_id', '=', reader.id)
      .returning('id')
      .execute();
    if (sessions.length > 0)
      tx.emit(
        sessionsEnded(
          reader.id,
          sessions.map(({ id }) => id),
        ),
      );
    await db.deleteFrom('reader_handle').where('reader_id', '=', reader.id).execute();
    await db.deleteFrom('sign_in').where('reader_id', '=', reader.id).execute();
    for (const address of addresses) {
      await db.deleteFrom('sign_in').where('email', '=', address).execute();
      await db.deleteFrom('sign_in_note').where('email_hash', '=', hashOf(address)).execute();
    }
    await forgetMails(tx, addresses);
    await db.deleteFrom('reader_picture').where('reader_id', '=', reader.id).execute();
    await db.deleteFrom('reader_handle_change').where('reader_id', '=', reader.id).execute();
    const exports = await db
      .deleteFrom('reader_export')
      .where('reader_id', '=', reader.id)
      .returning('id')
      .execute();
    await enqueue(tx, removeFilesJob, {
      id: reader.id,
      comments,
      addresses,
      exports: exports.map(({ id }) => id),
    });
  },
};
