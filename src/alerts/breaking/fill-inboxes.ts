import { addNotices, removeAlertNotices } from '../../conversation/index.ts';
import type { Database } from '../../platform/database/database.ts';
import { findStory } from '../../stories/index.ts';
import { listenersOf } from '../preferences/listeners.ts';
import { findAlert } from './alerts.ts';

/**
 * Put an alert into the inboxes of accounts that hear of it in whatever way. May be done again: nothing is told twice.
 * @param signal ends it between two batches
 */
export async function fillInboxes(
  database: Database,
  { alert: id, signal }: { readonly alert: string; readonly signal: AbortSignal },
): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    signal.throwIfAborted();
    const alert = await findAlert(database.read, id);
    const story = alert?.story && (await findStory(database.read, alert.story));
    if (!alert || !story || story.state !== 'published') return;
    if (alert.state !== 'sending' && alert.state !== 'sent') return;
    const { items, next } = await listenersOf(database.read, alert.audiences, { after });
    const news = {
      kind: 'story',
      story: story.id,
      at: alert.sendAt ?? alert.createdAt,
      readers: items.map(({ reader }) => reader),
      // What rings goes its own way; letters follow the notice.
      ringing: new Set(items.flatMap(({ reader, channels }) => (channels.includes('mail') ? reader : []))),
      ...(alert.kind === 'breaking' && { alert: alert.id }),
    } as const;
    if (items.length > 0) await database.write((tx) => addNotices(tx, news));
    after = next;
  }
}

/** Take an alert that does not hold any more out of all inboxes. */
export async function emptyInboxes(
  database: Database,
  { alert: id, signal }: { readonly alert: string; readonly signal: AbortSignal },
): Promise<void> {
  const alert = await findAlert(database.read, id);
  if (!alert?.story) return;
  const { story } = alert;
  while ((await database.write((tx) => removeAlertNotices(tx, { story, alert: id }))) > 0)
    signal.throwIfAborted();
}
