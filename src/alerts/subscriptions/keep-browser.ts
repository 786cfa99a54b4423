import type { Selectable } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { hashOf, newSecret, type Identity } from '../../readers/index.ts';
import { countUnsubscribed } from '../breaking/count-alerts.ts';
import { mostBrowsers } from './browser.ts';
import type { AlertBrowserTable } from './migrations.ts';
import { removeBrowser } from './remove-browser.ts';
import { subscriptionsText as words } from './text.ts';

/** What a browser says of itself. */
export interface BrowserNews {
  /** What it holds to be known by. */
  readonly token: string | undefined;
  /** Undefined where it has none, such as when its reader took back the permission. */
  readonly subscription: Subscription | undefined;
  readonly identity: Pick<Identity, 'id' | 'session'> | undefined;
  /** Whether its reader wants the own alerts here, and not only those who had them here before. */
  readonly isAdopting: boolean;
  /** Whether its reader has just turned alerts on. One that was removed from elsewhere does not come back by itself. */
  readonly isBeginning: boolean;
  readonly label: string;
  readonly zone: string;
  readonly language: string;
}

export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** Of the key of this site that it was made with. */
  readonly keyId: string;
}

export interface KeptBrowser {
  readonly id: string;
  /** New secret for its cookie; undefined where it keeps the one that it has. */
  readonly token: string | undefined;
  /** Whose own alerts it shows. */
  readonly readerId: string | undefined;
}

/**
 * Remember a browser as it is now, and who is signed in in it. One that lost its cookie is known again by the secret of its
 * subscription, and shows nobody's alerts until somebody signs in.
 * @returns undefined for one that is not known and does not begin
 * @throws AppError `alerts.endpoint-taken` where another browser has this very address
 */
export async function keepBrowser(tx: Transaction, news: BrowserNews): Promise<KeptBrowser | undefined> {
  const { db, now } = tx;
  const { subscription, identity } = news;
  const known = await findKnown(tx, news);
  if (!known && !(subscription && news.isBeginning)) return undefined;
  const isAdopted = identity && (news.isAdopting || known?.last_reader_id === identity.id);
  const owner = {
    reader_id: isAdopted ? identity.id : null,
    session_id: isAdopted ? identity.session.id : null,
    last_reader_id: isAdopted ? identity.id : (known?.last_reader_id ?? null),
  };
  const isSame = known?.endpoint === subscription?.endpoint;
  const row = {
    ...owner,
    endpoint: subscription?.endpoint ?? null,
    host: subscription ? new URL(subscription.endpoint).host : null,
    p256dh: subscription?.p256dh ?? null,
    auth: subscription?.auth ?? null,
    key_id: subscription?.keyId ?? null,
    label: news.label,
    zone: news.zone,
    language: news.language,
    seen_at: now,
    subscribed_at: isSame && known ? known.subscribed_at : subscription ? now : null,
  };
  const isByCookie = known !== undefined && news.token !== undefined && known.token === hashOf(news.token);
  const token = isByCookie ? undefined : newSecret();
  const id = known?.id ?? newId(now);
  const secret = token === undefined ? {} : { token: hashOf(token) };
  if (known) {
    if (known.endpoint !== null && !subscription) await countUnsubscribed(tx, known.delivered_at);
    await db
      .updateTable('alert_browser')
      .set({ ...row, ...secret })
      .where('id', '=', id)
      .execute();
  } else {
    await db
      .insertInto('alert_browser')
      .values({
        ...row,
        token: hashOf(token!),
        id,
        created_at: now,
        delivered_at: null,
        day: 0,
        day_count: 0,
      })
      .execute();
  }
  if (isAdopted) await keepFew(tx, identity.id);
  return {
    id,
    token,
    readerId: isAdopted ? identity.id : undefined,
  };
}

type Row = Selectable<AlertBrowserTable>;

async function findKnown(tx: Transaction, { token, subscription }: BrowserNews): Promise<Row | undefined> {
  const find = (column: 'token' | 'endpoint', value: string) =>
    tx.db.selectFrom('alert_browser').selectAll().where(column, '=', value).executeTakeFirst();
  const byToken = token === undefined ? undefined : await find('token', hashOf(token));
  const byEndpoint = subscription && (await find('endpoint', subscription.endpoint));
  if (!byEndpoint || byEndpoint.id === byToken?.id) return byToken;
  // Whoever merely learned the address of a subscription does not know its secret.
  if (byEndpoint.auth !== subscription.auth || byEndpoint.p256dh !== subscription.p256dh)
    throw new AppError('alerts.endpoint-taken', words.taken, { status: 409 });
  if (!byToken) return byEndpoint;
  await removeBrowser(tx, byEndpoint.id);
  return byToken;
}

/** Take the account's alerts off those browsers that were not seen for longest, where it has too many. */
async function keepFew({ db }: Transaction, reader: string): Promise<void> {
  const beyond = await db
    .selectFrom('alert_browser')
    .select('id')
    .where('reader_id', '=', reader)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .offset(mostBrowsers)
    .execute();
  if (beyond.length === 0) return;
  const ids = beyond.map(({ id }) => id);
  await db
    .updateTable('alert_browser')
    .set({ reader_id: null, session_id: null, last_reader_id: null })
    .where('id', 'in', ids)
    .execute();
}
