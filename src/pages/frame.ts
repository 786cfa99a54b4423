import { page } from '../platform/http/answers.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import type { MediaLookup } from '../platform/media/item.ts';
import { countComments } from '../conversation/index.ts';
import type { Frame } from '../site/frame.ts';
import { html } from '../site/html.ts';
import { shell } from '../site/shell.ts';
import { saidPart } from '../readers/index.ts';
import { accountTools } from './account-tools.ts';
import {
  endOf,
  formatDate,
  fromInstant,
  listSections,
  startOfDay,
  storyMediaIds,
  type CardOptions,
  type StoryCard,
} from '../stories/index.ts';
import type { Context } from './context.ts';
import { pagesText } from './text.ts';

/** A page in the shell. It ends with the day, as the date stands at its top and today's stories show the hour. */
export async function framed(context: Context, request: Request, frame: Frame): Promise<Answer> {
  const { site, clock, database } = context;
  const now = clock.now();
  const sections = await listSections(database.read);
  const navigation = request.identity
    ? [...sections, { slug: 'following', name: pagesText.following }]
    : sections;
  const { tags, expiresAt, status, noStore, ...parts } = frame;
  const said = saidPart(site.origin, request);
  const markup = shell({
    ...parts,
    main: html`${said.part}${parts.main}`,
    site,
    navigation,
    date: formatDate(fromInstant(now, site.zone), site.language, { weekday: true }),
    saveData: request.saveData,
    tools: html`${await accountTools(context, request)}<site-account hidden data-failed="${pagesText.failed}"></site-account>`,
    islands: ['account', ...(frame.islands ?? [])],
  });
  return page(markup, {
    status: status ?? 200,
    noStore: noStore ?? tags === undefined,
    ...(said.cookies.length > 0 && { cookies: said.cookies }),
    ...(tags && { tags: ['site', ...tags] }),
    expiresAt: Math.min(expiresAt ?? Number.POSITIVE_INFINITY, endOfDay(now, site.zone)),
  });
}

/** First instant of the next day in a zone. */
export function endOfDay(now: number, zone: string): number {
  return endOf({ at: startOfDay(now, zone), zone, precision: 'day' });
}

/** The pictures of cards, in one query. */
export function mediaOfCards(context: Context, cards: readonly StoryCard[]): Promise<MediaLookup> {
  return context.media.byIds(context.database.read, cards.flatMap(storyMediaIds));
}

/** How many comments the stories of cards have, in one query. */
export function commentsOfCards(
  { database }: Context,
  cards: readonly StoryCard[],
): Promise<ReadonlyMap<string, number>> {
  return countComments(
    database.read,
    cards.map(({ id }) => id),
  );
}

/** What all cards of a page have in common. */
export function cardOptions(
  context: Context,
  request: Request,
  media: MediaLookup,
  comments?: ReadonlyMap<string, number>,
): Pick<CardOptions, 'media' | 'now' | 'language' | 'maxWidth' | 'comments'> {
  return {
    media,
    comments,
    now: context.clock.now(),
    language: context.site.language,
    maxWidth: request.saveData ? 480 : undefined,
  };
}

/** Tags for pictures whose smaller renditions may still be made. */
export function mediaTags(media: MediaLookup): string[] {
  return [...media.keys()].map((id) => `media:${id}`);
}
