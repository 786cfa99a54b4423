import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { returnPath } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { icons } from '../../site/icons.ts';
import type { AlertOwner } from '../alert.ts';
import { alertBellPart } from '../asking/ask-part.ts';
import { isFollowed, isPublicKind, targetKinds, type AlertThing, type TargetKind } from './choice.ts';
import { choicesForm, heldPart, thingRow } from './choices-part.ts';
import { choicesOf } from './choices.ts';
import { heldThings } from './held-things.ts';
import { nameThings, type NamedThing } from './named-things.ts';
import { ownerNamed, ownersOf, type OwnerName } from './owners.ts';
import { onePath } from './preferences-page.ts';
import { preferencesText as words } from './text.ts';

const asked = z.object({ kind: z.enum(targetKinds), target: z.string().min(1).max(120) });
const listed = z.object({
  kind: z.enum(targetKinds),
  of: z.enum(['reader', 'browser']).catch('reader'),
  after: z.string().max(120).optional(),
});
const onListPage = 50;

/** The way to choose how one hears of something, the same for everyone. @param to path to come back to */
export function alertLinkPart(thing: AlertThing & { readonly name: string; readonly to: string }): Html {
  return html`<a class="pill alert-link" href="${onePath(thing, thing.to)}" rel="nofollow" aria-label="${words.one.linkFor(thing.name)}">${icons.bell}<span>${words.one.link}</span></a>`;
}

/** `/alerts/one?kind=topic&target=harbour`: how one hears of one thing. @throws AppError `alert.not-found` */
export async function onePage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, config, site } = context;
  const db = database.read;
  const given = asked.safeParse(Object.fromEntries(request.query));
  const [thing] = given.success ? await nameThings(db, [given.data]) : [];
  if (!thing) throw new AppError('alert.not-found', words.errors.notFound, { status: 404 });
  const { reader, browser } = await ownersOf(db, config.origin, request);
  const to = returnPath(config.origin, request.query.get('to') ?? thing.path);
  const own = onePath(thing, to);
  const account = reader && (await choicePart(context, { name: 'reader', owner: reader, thing, to: own }));
  const here =
    isPublicKind(thing.kind) && browser
      ? await choicePart(context, { name: 'browser', owner: `browser:${browser.id}`, thing, to: own })
      : undefined;
  const invite = isPublicKind(thing.kind) && !browser?.isSubscribed;
  const signIn =
    !reader &&
    html`<p class="meta">${words.account.signInHelp} <a class="text-link" href="/sign-in?to=${encodeURIComponent(own)}" rel="nofollow">${words.account.signIn}</a></p>`;
  const feed =
    (thing.kind === 'topic' || thing.kind === 'author' || thing.kind === 'section') &&
    html`<p class="meta">${words.one.feed} <a class="text-link" href="${`${thing.path}/feed.xml`}">${site.name}: ${thing.name}</a></p>`;
  return context.frame(request, {
    title: words.one.title(thing.name),
    canonical: '/alerts',
    main: html`<div class="wrap account alerts"><h1 dir="auto">${thing.name}</h1><p class="lede">${words.one.kinds[thing.kind]}</p>${account}${here}${invite && alertBellPart('line', { language: site.language })}${signIn}${feed}<p class="buttons"><a class="text-link" href="${to}">${words.back}</a> <a class="text-link" href="/alerts">${words.toAlerts}</a></p></div>`,
    kind: 'alerts',
    islands: ['alert-bell'],
    robots: 'noindex',
    noStore: true,
  });
}

async function choicePart(
  { database }: DomainContext,
  part: {
    readonly name: OwnerName;
    readonly owner: AlertOwner;
    readonly thing: NamedThing;
    readonly to: string;
  },
): Promise<Html> {
  const { name, owner, thing, to } = part;
  const choices = await choicesOf(database.read, owner, { kind: thing.kind });
  const chosen = choices.find(({ target }) => target === thing.target)?.channel;
  const follow =
    name === 'reader' && isFollowed(thing.kind)
      ? await database.read
          .selectFrom('follow')
          .select('since')
          .where('reader_id', '=', owner.slice('reader:'.length))
          .where('kind', '=', thing.kind)
          .where('target', '=', thing.target)
          .executeTakeFirst()
      : undefined;
  const row = thingRow(owner, { ...thing, chosen, isFollowed: follow !== undefined });
  const heading = name === 'reader' ? words.one.account : words.one.browser;
  return html`<section class="account-section"><h2>${heading}</h2><div data-flow>${choicesForm({ owner: name, rows: [{ ...row, path: undefined }], to })}</div></section>`;
}

/** `/alerts/all?kind=topic`: all of one kind that was chosen or is followed. */
export async function allPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, config } = context;
  const given = listed.safeParse(Object.fromEntries(request.query));
  if (!given.success) throw new AppError('alert.not-found', words.errors.notFound, { status: 404 });
  const { kind, of, after } = given.data;
  const owner = ownerNamed(await ownersOf(database.read, config.origin, request), of);
  const { items, next } = await heldThings(database.read, owner, { kind, after, limit: onListPage });
  const path = listPath({ of, kind, after });
  const rows = items.map((held) => thingRow(owner, held));
  const title = words.allTitle(words.targets[kind]);
  const list =
    rows.length > 0 ? heldPart({ owner: of, kind, rows, to: path }) : html`<p>${words.nothingChosen}</p>`;
  const more =
    next !== undefined &&
    html`<nav class="pager"${attributes({ 'aria-label': words.more })}><span></span><a class="pill" rel="next" href="${listPath({ of, kind, after: next })}">${words.more}</a></nav>`;
  return context.frame(request, {
    title,
    canonical: '/alerts',
    main: html`<div class="wrap account alerts"><h1>${title}</h1>${list}${more}<p><a class="text-link" href="/alerts">${words.toAlerts}</a></p></div>`,
    kind: 'alerts',
    robots: 'noindex',
    noStore: true,
  });
}

function listPath(list: {
  readonly of: OwnerName;
  readonly kind: TargetKind;
  readonly after: string | undefined;
}): string {
  const { of, kind, after } = list;
  return `/alerts/all?${new URLSearchParams({ of, kind, ...(after !== undefined && { after }) }).toString()}`;
}
