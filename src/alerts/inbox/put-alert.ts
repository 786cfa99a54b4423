import { addNotices, removeAlertNotices } from '../../conversation/index.ts';
import type { Database } from '../../platform/database/database.ts';
import { findStory } from '../../stories/index.ts';
import { findAlert } from '../breaking/alerts.ts';
import type { WideAlert } from '../breaking/wide-alert.ts';
import { listenersOf } from '../preferences/listeners.ts';

/**
 * Put an alert into the inboxes of the accounts that hear of it, some hundreds at a time. Done again, it adds what is
 * missing and nothing else; what is taken back meanwhile is put in no more.
 * @param id of the alert
 * @returns how many were told
 */
export async function putAlert(database: Database, id: string, signal?: AbortSignal): Promise<number> {
  const alert = await findAlert(database.read, id);
  if (!alert?.story) return 0;
  const { story, audiences } = alert;
  let told = 0;
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const batch = await listenersOf(database.read, audiences, after === undefined ? {} : { after });
    after = batch.next;
    if (batch.items.length === 0) continue;
    const news = {
      kind: 'story',
      story,
      ...(!isOfNewStory(alert) && { alert: id }),
      readers: batch.items.map(({ reader }) => reader),
      // A mail follows from the notice, as one about a reply does.
      ringing: new Set(
        batch.items.flatMap(({ reader, channels }) => (channels.includes('mail') ? [reader] : [])),
      ),
    } as const;
    told += await database.write(async (tx) => {
      const [now, about] = [await findAlert(tx.db, id), await findStory(tx.db, story)];
      const isOn = now?.state === 'sending' || now?.state === 'sent';
      return isOn && about?.state === 'published' ? addNotices(tx, { ...news, at: tx.now }) : 0;
    });
  } while (after !== undefined);
  return told;
}

/** Whether it says no more than that there is a story: of these an inbox holds one. */
function isOfNewStory({ kind, audiences }: WideAlert): boolean {
  return kind === 'story' && audiences.every((audience) => audience.kind !== 'story');
}

/** Take an alert out of the inboxes that was withdrawn or cancelled. @param id of the alert */
export async function takeOut(database: Database, id: string, signal?: AbortSignal): Promise<void> {
  const alert = await findAlert(database.read, id);
  if (!alert?.story || (alert.state !== 'withdrawn' && alert.state !== 'cancelled')) return;
  const which = { story: alert.story, alert: id };
  while ((await database.write((tx) => removeAlertNotices(tx, which))) > 0) signal?.throwIfAborted();
}
