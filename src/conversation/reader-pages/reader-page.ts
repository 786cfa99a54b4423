import type { Answer, Request } from '../../platform/http/route-table.ts';
import { nameTag, type Reader } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, jsonScript, type Html } from '../../site/html.ts';
import { formatDate, fromInstant } from '../../stories/index.ts';
import { loadEntries, type Entry } from '../entries/entries.ts';
import { entryPart } from '../entries/entry-part.ts';
import type { Relations } from '../follows/follow.ts';
import { countFollows, maySeeList, mostCounted, type FollowSide } from '../follows/follow-lists.ts';
import { followPart } from '../follows/follow-part.ts';
import { relationPart } from '../follows/relation-part.ts';
import { relationsOf } from '../follows/relations.ts';
import { followsText } from '../follows/text.ts';
import { findReaderPage } from './find-reader-page.ts';
import { badgesPart, facePart, nameOf } from './name-part.ts';
import { listReaderComments, sumReader, type ReaderSums } from './reader-comments.ts';
import { readerPagesText as words } from './text.ts';

const onPage = 20;

/** Who looks at a reader's page. */
interface Viewer {
  readonly id: string | undefined;
  readonly relations: Relations;
}

/** `/readers/{handle}`: what a reader has written, and what the reader lets be known. */
export async function readerPage(context: DomainContext, request: Request): Promise<Answer> {
  const { database, site } = context;
  const db = database.read;
  const found = await findReaderPage(db, request);
  if ('moved' in found) return found.moved;
  const { reader } = found;
  const path = `/readers/${reader.handle}`;
  const before = request.query.get('before') ?? undefined;
  const viewer: Viewer = {
    id: request.identity?.id,
    relations: await relationsOf(db, request.identity?.id),
  };
  const isOwn = viewer.id === reader.id;
  const [sums, counts, comments] = await Promise.all([
    sumReader(db, reader.id),
    countFollows(db, reader.id),
    listComments(context, reader, viewer, before),
  ]);
  const options = { site, now: context.clock.now(), heading: 3, hasAuthor: false } as const;
  const entries = comments.entries.map((entry) => html`<li>${entryPart(entry, options)}</li>`);
  const list = html`<section aria-labelledby="comments"><h2 class="heading" id="comments">${words.comments}</h2>${comments.note && html`<p class="note">${comments.note}</p>`}${entries.length > 0 && html`<ol class="entries">${entries}</ol>`}</section>`;
  const pager =
    (comments.next || before) &&
    html`<nav class="pager" aria-label="${words.older}">${before ? html`<a class="pill" href="${path}">${words.newest}</a>` : html`<span></span>`}${comments.next && html`<a class="pill" rel="next" href="${`${path}?before=${comments.next}`}">${words.older}</a>`}</nav>`;
  const name = nameOf(reader);
  const shown = isOwn || reader.settings.showComments ? sums : { ...sums, comments: 0 };
  return context.frame(request, {
    title: `${name} (@${reader.handle})`,
    description: words.describe(name, site.name),
    canonical: before ? `${path}?before=${before}` : path,
    main: html`<div class="wrap list-page reader-page"><header class="person">${facePart(reader, undefined, 96)}<div><h1 dir="auto">${name}</h1><p class="meta">@${reader.handle}</p>${badgesOf(reader, sums)}</div>${reader.bio && html`<p class="lede" dir="auto">${reader.bio}</p>`}</header>${factsPart(context, reader, viewer, { sums: shown, counts })}${toolsPart(reader, viewer, path)}${list}${pager}</div>`,
    kind: 'reader',
    head: reader.settings.isIndexed ? profileHead(reader, shown, site.origin) : undefined,
    robots: reader.settings.isIndexed ? undefined : 'noindex',
    tags: [`reader:${reader.id}`, ...new Set(comments.entries.flatMap(tagsOf))],
  });
}

/** A headline goes with its story, and a comment with what is decided about it. */
function tagsOf({ story, parent }: Entry): string[] {
  const names = parent?.author ? [nameTag(parent.author.id)] : [];
  return [`story:${story.id}`, `thread:${story.id}`, ...names];
}

interface Comments {
  readonly entries: readonly Entry[];
  readonly next: string | undefined;
  readonly note: string | undefined;
}

async function listComments(
  { database }: DomainContext,
  reader: Reader,
  { id, relations }: Viewer,
  before: string | undefined,
): Promise<Comments> {
  const none = { entries: [], next: undefined };
  const isOwn = id === reader.id;
  if (relations.blocked.has(reader.id)) return { ...none, note: words.blockedNote };
  if (relations.muted.has(reader.id)) return { ...none, note: words.mutedNote };
  if (!isOwn && !reader.settings.showComments) return { ...none, note: words.hidden };
  const db = database.read;
  const { items, next } = await listReaderComments(db, { author: reader.id, before, limit: onPage });
  const entries = await loadEntries(
    db,
    items.map((item) => item.id),
    relations,
  );
  const isEmpty = items.length === 0;
  const empty = isEmpty ? (before === undefined ? words.none : words.noOlder) : undefined;
  return {
    entries: items.flatMap((item) => entries.get(item.id) ?? []),
    next,
    note: isOwn && !reader.settings.showComments ? words.hiddenFromOthers : empty,
  };
}

function badgesOf(reader: Reader, { picks }: ReaderSums): Html | undefined {
  const badges = badgesPart(reader);
  if (badges.length === 0 && picks === 0) return undefined;
  return html`<p class="badges">${badges}${picks > 0 && html` <span class="badge">${words.picks(picks)}</span>`}</p>`;
}

function factsPart(
  { site }: DomainContext,
  reader: Reader,
  viewer: Viewer,
  { sums, counts }: { readonly sums: ReaderSums; readonly counts: Record<FollowSide, number> },
): Html {
  const isFollowing = viewer.relations.following.reader.has(reader.id);
  const mayShow = (side: FollowSide) => maySeeList(reader, side, { id: viewer.id, isFollowing });
  const isOwn = viewer.id === reader.id;
  const lists = followsText.lists;
  const facts = [
    words.since(formatDate(fromInstant(reader.createdAt, site.zone), 'en-GB')),
    sums.comments > 0 && words.countComments(sums.comments),
    sums.recommends > 0 && (isOwn || reader.settings.showRecommends) && words.recommended(sums.recommends),
    mayShow('followers') &&
      html`<a href="/readers/${reader.handle}/followers">${lists.countFollowers(counts.followers, mostCounted)}</a>`,
    mayShow('following') &&
      html`<a href="/readers/${reader.handle}/following">${lists.countFollowing(counts.following, mostCounted)}</a>`,
  ].filter((fact) => fact !== false);
  return html`<p class="meta dotted reader-facts" data-personal="reader-facts">${facts.map((fact) => html`<span>${fact}</span> `)}</p>`;
}

/** Follow, mute and block; on one's own page the way to change it. */
function toolsPart(reader: Reader, { id, relations }: Viewer, path: string): Html {
  const name = nameOf(reader);
  const report = html`<a class="quiet" rel="nofollow" href="/report?kind=profile&amp;id=${reader.id}">${words.report}</a>`;
  const inner =
    id === reader.id
      ? html`<a class="pill" href="/account">${words.edit}</a>`
      : html`${!relations.blocked.has(reader.id) && followPart({ kind: 'reader', target: reader.id, name, isFollowing: relations.following.reader.has(reader.id), to: path, isPersonal: false })}${id === undefined ? report : html`<details${attributes({ class: 'more' })}><summary class="pill">${words.more}</summary>${relationPart({ target: reader.id, name, relations, to: path })}${report}</details>`}`;
  return html`<div class="buttons" data-personal="reader-tools">${inner}</div>`;
}

/** What search engines are told of a reader who lets them (schema.org ProfilePage). */
function profileHead(reader: Reader, sums: ReaderSums, origin: string): Html {
  const url = `${origin}/readers/${reader.handle}`;
  return jsonScript('application/ld+json', {
    '@context': 'https://schema.org',
    '@type': 'ProfilePage',
    dateCreated: new Date(reader.createdAt).toISOString(),
    mainEntity: {
      '@type': 'Person',
      name: nameOf(reader),
      alternateName: `@${reader.handle}`,
      identifier: reader.handle,
      url,
      ...(reader.bio && { description: reader.bio }),
      agentInteractionStatistic: {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/CommentAction',
        userInteractionCount: sums.comments,
      },
    },
  });
}
