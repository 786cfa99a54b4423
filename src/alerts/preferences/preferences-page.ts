import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { listSections } from '../../stories/index.ts';
import { personalKinds, type AlertOwner } from '../alert.ts';
import { alertBellPart } from '../asking/ask-part.ts';
import type { Browser } from '../subscriptions/browser.ts';
import { browsersOf } from '../subscriptions/browsers.ts';
import { browserButton, browsersPart, statePart } from './browsers-part.ts';
import { targetKinds, type AlertChoice } from './choice.ts';
import { choicesForm, heldPart, kindRow, thingRow } from './choices-part.ts';
import { choicesOf } from './choices.ts';
import { findThings } from './find-things.ts';
import { heldThings } from './held-things.ts';
import { ownersOf, type OwnerName } from './owners.ts';
import { settingOf } from './settings.ts';
import { preferencesText as words } from './text.ts';
import { newsCapPart, whenPart } from './when-part.ts';

/** Of each kind as many stand on the page itself. */
const onPage = 12;
const newsKinds = ['breaking', 'topic', 'author', 'story'] as const;

/** `/alerts`: all that somebody hears of, for the account and for the browser that asks. */
export async function preferencesPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, config } = context;
  const { reader, browser } = await ownersOf(database.read, config.origin, request);
  const here = await browserSection(context, browser, reader);
  const account = reader ? await accountSections(context, reader, browser) : signInPart();
  const find = (reader ?? browser) && (await findPart(context, request));
  return context.frame(request, {
    title: words.title,
    canonical: '/alerts',
    main: html`<div class="wrap account alerts"><h1>${words.title}</h1><p class="lede">${words.lede}</p>${here}${account}${find}</div>`,
    kind: 'alerts',
    islands: ['alert-bell', 'alert-state'],
    robots: 'noindex',
    noStore: true,
  });
}

function section(id: string, heading: string, ...parts: readonly (Html | undefined | false)[]): Html {
  return html`<section class="account-section" aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${parts}</section>`;
}

async function browserSection(
  context: DomainContext,
  browser: Browser | undefined,
  reader: AlertOwner | undefined,
): Promise<Html> {
  const { site, database, clock } = context;
  const { here } = words;
  const isOn = browser?.isSubscribed === true;
  const way = isOn
    ? html`<div class="actions">${browserButton('test', here.test)}${browserButton('remove', here.turnOff)}</div>`
    : alertBellPart('line', { language: site.language });
  if (!browser)
    return section('browser', here.title, statePart(browser), way, html`<p class="meta">${here.nothing}</p>`);
  const owner: AlertOwner = `browser:${browser.id}`;
  const isOwn = reader === `reader:${browser.readerId}`;
  const own =
    reader &&
    isOn &&
    html`<div class="own-alerts"><p>${isOwn ? here.own : here.notOwn}</p>${isOwn ? browserButton('disown', here.disown) : browserButton('adopt', here.adopt)}</div>`;
  const [choices, held, setting] = await Promise.all([
    choicesOf(database.read, owner),
    heldParts(context, 'browser', owner),
    settingOf(database.read, owner, browser.zone),
  ]);
  const news = html`<div data-flow>${choicesForm({ owner: 'browser', rows: [kindRow(owner, 'breaking', choices)], to: '/alerts#news' })}</div>`;
  const when = reader
    ? newsCapPart(setting)
    : whenPart({ owner: 'browser', setting, site, now: clock.now() });
  return html`${section('browser', here.title, statePart(browser), way, own)}${section('news', here.news, html`<p class="meta">${reader ? here.newsHelpReader : here.newsHelp}</p>`, news, ...held, reader && when)}${!reader && section('when', words.when.title, when)}`;
}

async function accountSections(
  context: DomainContext,
  owner: AlertOwner,
  browser: Browser | undefined,
): Promise<Html> {
  const { database, site, clock } = context;
  const reader = owner.slice('reader:'.length);
  const [choices, sections, held, setting, browsers] = await Promise.all([
    choicesOf(database.read, owner),
    sectionsPart(context, owner),
    heldParts(context, 'reader', owner),
    settingOf(database.read, owner, browser?.zone ?? site.zone),
    browsersOf(database.read, reader),
  ]);
  const kinds = (names: readonly Parameters<typeof kindRow>[1][], to: string) =>
    html`<div data-flow>${choicesForm({ owner: 'reader', rows: names.map((kind) => kindRow(owner, kind, choices)), to })}</div>`;
  const { account } = words;
  return html`${section('about', account.about, kinds(personalKinds, '/alerts#about'))}${section('follow', account.news, kinds(newsKinds, '/alerts#follow'), sections)}${held.length > 0 && section('single', account.single, html`<p class="meta">${account.singleHelp}</p>`, ...held)}${section('when', words.when.title, whenPart({ owner: 'reader', setting, site, now: clock.now() }))}${section('browsers', words.browsers.title, browsersPart(context, browsers, browser?.id))}`;
}

/** All sections of the paper: nobody follows them elsewhere. */
async function sectionsPart({ database }: DomainContext, owner: AlertOwner): Promise<Html | undefined> {
  const [sections, choices] = await Promise.all([
    listSections(database.read),
    choicesOf(database.read, owner, { kind: 'section' }),
  ]);
  if (sections.length === 0) return undefined;
  const chosen = new Map(choices.map(({ target, channel }: AlertChoice) => [target, channel]));
  const rows = sections.slice(0, 60).map(({ slug, name }) =>
    thingRow(owner, {
      kind: 'section',
      target: slug,
      name,
      path: `/${slug}`,
      chosen: chosen.get(slug),
      isFollowed: false,
    }),
  );
  return heldPart({ owner: 'reader', kind: 'section', rows, to: '/alerts#follow' });
}

/** What was chosen or is followed, kind by kind. */
async function heldParts(context: DomainContext, name: OwnerName, owner: AlertOwner): Promise<Html[]> {
  const kinds = targetKinds.filter((kind) => (name === 'reader' ? kind !== 'section' : kind !== 'reader'));
  const parts = await Promise.all(
    kinds.map(async (kind) => {
      const { items, next } = await heldThings(context.database.read, owner, { kind, limit: onPage });
      if (items.length === 0) return [];
      const more = next === undefined ? undefined : `/alerts/all?of=${name}&kind=${kind}`;
      const to = name === 'reader' ? '/alerts#single' : '/alerts#news';
      return [heldPart({ owner: name, kind, rows: items.map((held) => thingRow(owner, held)), to, more })];
    }),
  );
  return parts.flat();
}

function signInPart(): Html {
  const { account } = words;
  return section(
    'account',
    account.title,
    html`<p>${account.signInHelp}</p><p><a class="pill" href="/sign-in?to=/alerts" rel="nofollow">${account.signIn}</a></p>`,
  );
}

async function findPart({ database, config }: DomainContext, { query }: Request): Promise<Html> {
  const { find } = words;
  const given = query.get('find')?.trim().slice(0, 200) ?? '';
  const found = given === '' ? [] : await findThings(database.read, given, config.origin);
  const list =
    found.length > 0
      ? html`<ul class="named">${found.map(({ kind, target, name, path }) => html`<li><a href="${path}" dir="auto">${name}</a><span class="meta">${words.targets[kind]}</span><a class="pill" href="${onePath({ kind, target }, '/alerts')}" aria-label="${words.how(name)}">${find.add}</a></li>`)}</ul>`
      : given !== '' && html`<p role="status">${find.nothing(given)}</p>`;
  return section(
    'add',
    find.title,
    html`<form class="fields" action="/alerts#add" method="get"><div class="field"><label for="find">${find.label}</label><input id="find" name="find" type="search" value="${given}"${attributes({ maxlength: 200, autocomplete: 'off' })}></div><button class="pill" type="submit">${find.button}</button></form>${list}`,
  );
}

/** Where one chooses how to hear of one thing. @param to path to come back to */
export function onePath({ kind, target }: { kind: string; target: string }, to: string): string {
  return `/alerts/one?${new URLSearchParams({ kind, target, to }).toString()}`;
}
