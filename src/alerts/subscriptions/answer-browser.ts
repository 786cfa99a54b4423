import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { json } from '../../platform/http/answers.ts';
import { setCookie } from '../../platform/http/cookies.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { deviceOf } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { publicKinds } from '../alert.ts';
import { isPushEndpoint } from '../sending/push-hosts.ts';
import { choosePush } from './choose-push.ts';
import {
  browserCookie,
  browserSeconds,
  subscriptionForm,
  zoneOf,
  type GivenSubscription,
} from './browser.ts';
import { browserToken } from './browsers.ts';
import { keepBrowser, type Subscription } from './keep-browser.ts';
import type { BrowserParts } from './parts.ts';
import { subscriptionsText as words } from './text.ts';

const form = z.object({
  /** Null where the browser has none. */
  subscription: subscriptionForm.nullable(),
  zone: z.string().max(80).catch(''),
  /** Whether whoever is signed in wants the own alerts in this browser. */
  adopt: z.boolean().catch(false),
  /** Whether its reader has just turned alerts on. */
  begin: z.boolean().catch(false),
  choices: z
    .array(z.object({ kind: z.enum(publicKinds), target: z.string().max(120), isOn: z.boolean() }))
    .max(60)
    .default([]),
});

/** What a browser learns when it tells how it is. */
export interface BrowserAnswer {
  /** Public key that it should be subscribed with. */
  readonly key: string;
  /** Whether it is with another, and should subscribe anew. */
  readonly isOld: boolean;
  /** Whether it shows the own alerts of whoever is signed in. */
  readonly isAdopted: boolean;
  readonly isKnown: boolean;
}

/**
 * `POST /alerts/browser`: a browser says how it is: that it subscribed, has another subscription or none any more, or that
 * somebody else is signed in. The service worker says it too, after its subscription was changed.
 * @throws AppError `alerts.bad-form`, `alerts.bad-endpoint`, `alerts.old-key`, `alerts.endpoint-taken`, `alerts.too-many`
 */
export async function answerBrowser(
  context: DomainContext,
  parts: Pick<BrowserParts, 'pushKey'>,
  request: Request,
): Promise<Answer> {
  const { database, config, site } = context;
  const given = form.safeParse(request.body);
  if (!given.success) throw new AppError('alerts.bad-form', words.badForm, { status: 422 });
  const { zone, adopt, begin, choices } = given.data;
  const key = await parts.pushKey();
  const subscription =
    given.data.subscription === null ? undefined : await checkSubscription(context, given.data.subscription);
  const news = {
    token: browserToken(config.origin, request),
    subscription,
    identity: request.identity,
    isAdopting: adopt,
    isBeginning: begin,
    label: deviceOf(request.headers['user-agent']),
    zone: zoneOf(zone, site.zone),
    language: languageOf(request, site.language),
  };
  const kept = await database.write(async (tx) => {
    const browser = await keepBrowser(tx, news);
    if (!browser) return undefined;
    await choosePush(tx, browser.id, choices);
    return browser;
  });
  const answer: BrowserAnswer = {
    key: key.public,
    isOld: subscription !== undefined && subscription.keyId !== key.id,
    isAdopted: kept?.readerId !== undefined,
    isKnown: kept !== undefined,
  };
  const token = kept?.token ?? (kept && news.token);
  const cookies =
    token === undefined
      ? []
      : [setCookie(config.origin, { name: browserCookie, value: token, seconds: browserSeconds })];
  return json(answer, { noStore: true, cookies });
}

async function checkSubscription(
  { database, config }: DomainContext,
  { endpoint, keys, key }: GivenSubscription,
): Promise<Subscription> {
  if (!isPushEndpoint(config, endpoint))
    throw new AppError('alerts.bad-endpoint', words.badEndpoint, { status: 422 });
  const known = await database.read
    .selectFrom('push_key')
    .select('id')
    .where('public', '=', key)
    .executeTakeFirst();
  if (!known) throw new AppError('alerts.old-key', words.oldKey, { status: 409 });
  return { endpoint, ...keys, keyId: known.id };
}

/** The first language that the browser asks for. */
function languageOf({ headers }: Request, otherwise: string): string {
  return (
    /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*/i.exec(headers['accept-language'] ?? '')?.[0].slice(0, 35) ?? otherwise
  );
}
