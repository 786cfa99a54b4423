import type { Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { icons } from '../../site/icons.ts';
import { within, writtenIn, type Written } from '../../site/language.ts';
import { findStoryByCode, isPublic } from '../../stories/index.ts';
import { AppError } from '../../platform/errors.ts';
import type { AlertThing } from '../preferences/choice.ts';
import { keyOf } from '../preferences/choice.ts';
import { choicesOf } from '../preferences/choices.ts';
import { nameThings } from '../preferences/named-things.ts';
import { usualCap } from '../preferences/setting.ts';
import { findBrowser } from '../subscriptions/browsers.ts';
import type { BrowserParts } from '../subscriptions/parts.ts';
import { alertsADay } from './how-often.ts';
import { askingText as words } from './text.ts';
import { listSections } from '../../stories/index.ts';

const mostTopics = 3;
const mostAuthors = 2;
const mostSections = 8;

/** Which form of the way to alerts stands somewhere: a line that says what it is for, or the bell alone. */
export type AlertPlace = 'line' | 'bell';

/**
 * The quiet way to alerts, the same for everyone: a link that opens what it leads to in place. A page that shows it loads the
 * island `alert-bell`.
 * @param story code of the story that it stands on
 * @param around how the words around it are written
 */
export function alertBellPart(
  place: AlertPlace,
  options: { readonly language: string; readonly story?: string; readonly around?: Written },
): Html {
  const { language, story, around } = options;
  const href = story === undefined ? '/alerts/ask' : `/alerts/ask?story=${story}`;
  const own = around ? within(writtenIn(language), around) : {};
  const said = place === 'line' ? words.invite : words.bell;
  return html`<alert-bell class="${`alert-${place}`}"${attributes({ ...own })} data-own="${place === 'line' ? words.own : words.bell}"><a${attributes({ class: place === 'bell' && 'pill' })} href="${href}" rel="nofollow">${icons.bell}<span>${said}</span></a></alert-bell>`;
}

/** What one is asked: what would come and how often, with what this browser has chosen already. */
export interface AskView {
  readonly things: readonly {
    readonly thing: AlertThing;
    readonly label: string;
    readonly aDay: number | undefined;
    readonly isOn: boolean;
  }[];
  readonly isSubscribed: boolean;
  readonly isSignedIn: boolean;
  readonly key: string;
  readonly example: { readonly title: string; readonly body: string };
  readonly back: string;
}

/** @throws AppError `story.not-found` */
export async function loadAsk(
  context: DomainContext,
  parts: Pick<BrowserParts, 'pushKey'>,
  request: Request,
): Promise<AskView> {
  const { database, config, clock } = context;
  const db = database.read;
  const code = request.query.get('story');
  const story = code === null ? undefined : await findStoryByCode(db, code.slice(0, 40));
  if (code !== null && !(story && isPublic(story)))
    throw new AppError('story.not-found', words.notFound, { status: 404 });
  const asked: AlertThing[] = story
    ? [
        ...(story.section ? [{ kind: 'section' as const, target: story.section }] : []),
        ...story.topics.slice(0, mostTopics).map((target) => ({ kind: 'topic' as const, target })),
        ...story.byline
          .flatMap(({ author }) => author ?? [])
          .slice(0, mostAuthors)
          .map((target) => ({ kind: 'author' as const, target })),
        { kind: 'story', target: story.id },
      ]
    : (await listSections(db))
        .slice(0, mostSections)
        .map(({ slug }) => ({ kind: 'section' as const, target: slug }));
  const browser = await findBrowser(db, config.origin, request);
  const [named, chosen, key] = await Promise.all([
    nameThings(db, asked),
    browser ? choicesOf(db, `browser:${browser.id}`) : [],
    parts.pushKey(),
  ]);
  const on = new Set(chosen.filter(({ channel }) => channel === 'push').map(keyOf));
  const labelled = [
    { thing: { kind: 'breaking', target: '' } as const, label: words.breaking },
    ...named.map(({ kind, target, name }) => ({
      thing: { kind, target },
      label: kind === 'reader' ? name : words.kinds[kind](name),
    })),
  ];
  const things = await Promise.all(
    labelled.map(async ({ thing, label }) => ({
      thing,
      label,
      aDay: await alertsADay(db, thing, clock.now()),
      // Whoever has not chosen yet begins with the news that everybody wants.
      isOn: browser?.isSubscribed ? on.has(keyOf(thing)) : on.has(keyOf(thing)) || thing.kind === 'breaking',
    })),
  );
  return {
    things,
    isSubscribed: browser?.isSubscribed === true,
    isSignedIn: request.identity !== undefined,
    key: key.public,
    example: story
      ? { title: story.headline, body: story.standfirst || words.exampleBody }
      : { title: words.exampleTitle, body: words.exampleBody },
    back: story?.path ?? '/',
  };
}

/** What pressing the bell shows; the island `ask-alerts` then asks the browser. @param heading of its title */
export function askPart(
  view: AskView,
  { name, language }: { readonly name: string; readonly language: string },
): Html {
  const boxes = view.things.map(
    ({ thing, label, aDay, isOn }) =>
      html`<label class="check"><input type="checkbox" name="choice" value="${keyOf(thing)}"${attributes({ checked: isOn })}><span>${label} <span class="meta">${words.often(aDay)}</span></span></label>`,
  );
  const adopt =
    view.isSignedIn &&
    html`<label class="check"><input type="checkbox" name="adopt" checked><span>${words.adopt}</span></label>`;
  const { says } = words;
  const help = (text: string, link: string) =>
    html`${text} <a class="text-link" href="/alerts/help">${link}</a>`;
  const said = {
    waiting: says.waiting,
    on: html`${says.on} <button class="quiet" type="button" data-test>${words.test}</button> <a class="text-link" href="/alerts">${words.ways}</a>`,
    saved: html`${says.saved} <a class="text-link" href="/alerts">${words.ways}</a>`,
    dismissed: says.dismissed,
    denied: help(says.denied, says.deniedHelp),
    unsupported: help(says.unsupported, says.unsupportedHelp),
    failed: says.failed,
    refused: help(says.refused, says.unsupportedHelp),
    tested: words.tested,
  };
  const lines = Object.entries(said).map(([key, text]) => html`<p hidden data-say="${key}">${text}</p>`);
  return html`<ask-alerts class="ask" data-key="${view.key}" data-back="${view.back}"${attributes({ 'data-on': view.isSubscribed })}><h2 tabindex="-1">${words.title}</h2><p class="meta">${words.lede}</p><form><fieldset><legend>${words.legend}</legend>${boxes}${adopt}</fieldset><p class="meta">${words.most(usualCap)}</p><figure class="ask-example"><figcaption class="meta">${words.example}</figcaption><div lang="${language}"><b>${view.example.title}</b><span>${view.example.body}</span><small>${name}</small></div></figure><div class="actions" data-do hidden><button class="pill main" type="submit">${view.isSubscribed ? words.save : words.turnOn}</button><button class="quiet" type="button" data-rest>${words.notNow}</button></div></form><div role="status" data-said></div>${lines}<noscript><p>${words.noScripts}</p></noscript><p class="meta"><a class="text-link" href="/alerts">${words.more}</a></p></ask-alerts>`;
}
