import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { directionOf } from '../../site/language.ts';
import { countUnsubscribed } from '../breaking/count-alerts.ts';
import { pushOptionsOf, pushPayload } from '../push-message.ts';
import type { PushOutcome } from '../sending/sender.ts';
import { browserFromRow, targetOf, type Browser } from './browser.ts';
import { browserToken, findBrowser } from './browsers.ts';
import type { BrowserParts } from './parts.ts';
import { disownBrowser, removeBrowser, removeGone } from './remove-browser.ts';
import { subscriptionsText as words } from './text.ts';

const form = z.object({
  act: z.enum(['test', 'remove', 'adopt', 'disown']),
  /** The browser that asks when left out. */
  id: z.string().max(60).optional(),
});

/**
 * `POST /alerts/browsers`: the buttons beside a browser: send a test, remove it, have one's own alerts there or no longer.
 * Those of others are answered as if they did not exist.
 * @throws AppError `alerts.bad-form`, `alerts.no-browser`
 */
export async function changeBrowser(
  context: DomainContext,
  parts: Pick<BrowserParts, 'sender'>,
  request: Request,
): Promise<Answer> {
  const given = form.safeParse(request.body);
  if (!given.success) throw new AppError('alerts.bad-form', words.badForm, { status: 422 });
  const here = await findBrowser(context.database.read, context.config.origin, request);
  const { act, id } = given.data;
  const browser = id === undefined || id === here?.id ? here : await ownBrowser(context, request, id);
  if (!browser) throw new AppError('alerts.no-browser', words.notFound, { status: 404 });
  return donePage(context, request, await acts[act]({ context, parts, request, browser }));
}

interface Change {
  readonly context: DomainContext;
  readonly parts: Pick<BrowserParts, 'sender'>;
  readonly request: Request;
  readonly browser: Browser;
}

/** Each does what its button says. @returns words that say what was done */
const acts: Readonly<Record<z.infer<typeof form>['act'], (change: Change) => Promise<string>>> = {
  async test({ context, parts, browser }) {
    const outcome = await sendTest(context, parts, browser);
    const { done } = words;
    if (outcome === undefined) return done.silent(browser.label);
    if (outcome === 'taken') return done.tested(browser.label);
    return outcome === 'later' || outcome === 'gone'
      ? done[outcome](browser.label)
      : done.failed(browser.label);
  },
  async remove({ context, browser }) {
    await context.database.write(async (tx) => {
      if (browser.isSubscribed) await countUnsubscribed(tx, browser.deliveredAt ?? null);
      await removeBrowser(tx, browser.id);
    });
    return words.done.removed(browser.label);
  },
  async adopt({ context, request, browser }) {
    const { identity } = request;
    const isHere = browserToken(context.config.origin, request) !== undefined;
    // From elsewhere nobody can say which session that browser is in.
    if (!identity || !isHere || browser.readerId === identity.id)
      return words.done[identity ? 'adopted' : 'disowned'](browser.label);
    await context.database.write(async (tx) => {
      await tx.db
        .updateTable('alert_browser')
        .set({ reader_id: identity.id, session_id: identity.session.id, last_reader_id: identity.id })
        .where('id', '=', browser.id)
        .execute();
    });
    return words.done.adopted(browser.label);
  },
  async disown({ context, browser }) {
    await context.database.write((tx) => disownBrowser(tx, browser.id));
    return words.done.disowned(browser.label);
  },
};

async function ownBrowser(
  { database }: DomainContext,
  { identity }: Request,
  id: string,
): Promise<Browser | undefined> {
  if (!identity) return undefined;
  const row = await database.read
    .selectFrom('alert_browser')
    .selectAll()
    .where('id', '=', id)
    .where('reader_id', '=', identity.id)
    .executeTakeFirst();
  return row && browserFromRow(row);
}

/** @returns undefined where notifications are off */
async function sendTest(
  { database, site }: DomainContext,
  { sender }: Pick<BrowserParts, 'sender'>,
  { id }: Browser,
): Promise<PushOutcome | undefined> {
  const row = await database.read
    .selectFrom('alert_browser')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const target = row && targetOf(row);
  if (!target) return undefined;
  const payload = pushPayload(
    {
      ...words.test,
      path: '/alerts',
      tag: 'test',
      language: site.language,
      direction: directionOf(site.language),
    },
    site.origin,
  );
  const { outcome } = await (await sender()).sendToOne(target, payload, pushOptionsOf('breaking', 'test'));
  await database.write(async (tx) => {
    if (outcome === 'gone') await removeGone(tx, [target]);
    if (outcome === 'taken')
      await tx.db.updateTable('alert_browser').set({ delivered_at: tx.now }).where('id', '=', id).execute();
  });
  return outcome;
}

function donePage(context: DomainContext, request: Request, said: string): Promise<Answer> {
  return context.frame(request, {
    title: words.done.title,
    canonical: '/alerts',
    main: html`<div class="wrap list-page"><h1>${words.done.title}</h1><div data-flow class="alert-done"><p class="lede" role="status">${said}</p></div><p><a class="text-link" href="/alerts">${words.done.back}</a></p></div>`,
    kind: 'alerts',
    robots: 'noindex',
    noStore: true,
  });
}
