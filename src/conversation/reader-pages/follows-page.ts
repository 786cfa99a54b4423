import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { isFollowing, listFollows, maySeeList, type FollowSide } from '../follows/follow-lists.ts';
import { nextPart } from '../follows/list-pages.ts';
import { relationsOf } from '../follows/relations.ts';
import { followsText } from '../follows/text.ts';
import { findReaderPage, noReaderPage } from './find-reader-page.ts';
import { badgesPart, facePart, nameOf, namePart } from './name-part.ts';

const words = followsText.lists;
const onPage = 50;

/**
 * `/readers/{handle}/followers` and `/following`, for whom the owner shows it.
 * @throws AppError `page.not-found`, also where it may not be seen; `list.bad-cursor`
 */
export async function followsPage(
  context: DomainContext,
  side: FollowSide,
  request: Request,
): Promise<Answer> {
  const db = context.database.read;
  const found = await findReaderPage(db, request);
  if ('moved' in found) return found.moved;
  const { reader } = found;
  const id = request.identity?.id;
  const viewer = { id, isFollowing: await isFollowing(db, id, { kind: 'reader', target: reader.id }) };
  if (!maySeeList(reader, side, viewer)) throw noReaderPage();
  const before = request.query.get('before') ?? undefined;
  const relations = await relationsOf(db, id);
  const { items, next } = await listFollows(db, {
    owner: reader.id,
    side,
    relations,
    before,
    limit: onPage,
  });
  const path = `/readers/${reader.handle}/${side}`;
  const title = words[side](nameOf(reader));
  const list =
    items.length === 0
      ? html`<div class="empty"><p>${side === 'followers' ? words.noFollowers : words.noFollowing}</p></div>`
      : html`<ul class="named">${items.map(({ reader: card }) => html`<li>${facePart(card)}<span>${namePart(card)} <span class="meta">@${card.handle}</span>${badgesPart(card)}</span></li>`)}</ul>`;
  return context.frame(request, {
    title,
    canonical: before ? `${path}?before=${before}` : path,
    main: html`<div class="wrap list-page"><p class="crumbs"><a href="/readers/${reader.handle}">${nameOf(reader)}</a></p><h1>${title}</h1>${list}${nextPart(path, next)}</div>`,
    kind: 'reader-follows',
    robots: 'noindex',
    noStore: true,
  });
}
