import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Transaction } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { text } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { findReader } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { xml, xmlDocument, type Xml } from '../../site/xml.ts';
import { fromInstant, isoOf } from '../../stories/index.ts';
import { entryPath } from '../entries/entry-part.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { loadFollowing, type FollowingNews } from './following-page.ts';
import { isThere } from './policy.ts';
import { followsText as words } from './text.ts';

const mostItems = 50;

/** Give an account a new secret address for its feed; the one before leads nowhere at once. @returns the secret */
export async function renewFeed(tx: Transaction, reader: string): Promise<string> {
  const values = { secret: randomBytes(24).toString('base64url'), since: tx.now };
  await tx.db
    .insertInto('following_feed')
    .values({ reader_id: reader, ...values })
    .onConflict((conflict) => conflict.column('reader_id').doUpdateSet(values))
    .execute();
  return values.secret;
}

export async function endFeed(tx: Transaction, reader: string): Promise<void> {
  await tx.db.deleteFrom('following_feed').where('reader_id', '=', reader).execute();
}

export async function findFeedSecret(db: Kysely<Tables>, reader: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('following_feed')
    .select('secret')
    .where('reader_id', '=', reader)
    .executeTakeFirst();
  return row?.secret;
}

export function feedPathOf(secret: string): string {
  return `/following/feed/${secret}.xml`;
}

/**
 * `/following/feed/{secret}.xml`: the Following page as Atom (RFC 4287), for whoever has the address.
 * @throws AppError `page.not-found`
 */
export async function answerFeed(context: DomainContext, request: Request): Promise<Answer> {
  const { database, site } = context;
  const secret = /^([\w-]{32})\.xml$/.exec(request.params.file!)?.[1];
  const row =
    secret === undefined
      ? undefined
      : await database.read
          .selectFrom('following_feed')
          .select(['reader_id', 'since'])
          .where('secret', '=', secret)
          .executeTakeFirst();
  const reader = row && (await findReader(database.read, row.reader_id));
  if (!reader || !isThere(reader)) throw new AppError('page.not-found', words.notFound, { status: 404 });
  const { news } = await loadFollowing(context, { reader: reader.id, limit: mostItems });
  const updated = isoOf(fromInstant(news[0]?.at ?? row.since, 'UTC'));
  const document = xmlDocument(xml`
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${site.language}">
      <title>${words.feed.title(site.name)}</title>
      <id>${`urn:uuid:${reader.id}`}</id>
      <updated>${updated}</updated>
      <link rel="self" type="application/atom+xml" href="${`${site.origin}${feedPathOf(secret!)}`}"/>
      <link rel="alternate" type="text/html" href="${`${site.origin}/following`}"/>
      <author><name>${site.publisher}</name></author>
      <generator>Freesheet</generator>
      ${news.map((each) => newsXml(each, site.origin))}
    </feed>
  `);
  return text(document, {
    type: 'application/atom+xml; charset=utf-8',
    noStore: true,
    headers: { 'x-robots-tag': 'noindex' },
  });
}

function newsXml(news: FollowingNews, origin: string): Xml {
  const at = isoOf(fromInstant(news.at, 'UTC'));
  if (news.kind === 'story') {
    const { card } = news;
    const names = card.byline.length > 0 ? card.byline.map(({ name }) => name) : [card.credit];
    return xml`
      <entry>
        <title>${card.headline}</title>
        <id>${`${origin}/s/${card.code}`}</id>
        <link rel="alternate" type="text/html" href="${address(origin, card.path)}"/>
        <published>${at}</published>
        <updated>${at}</updated>
        ${names.filter(Boolean).map((name) => xml`<author><name>${name}</name></author>`)}
        <summary>${card.standfirst}</summary>
      </entry>
    `;
  }
  const { entry } = news;
  const name = nameOf(entry.author, entry.originAuthor);
  const other = entry.parent?.isSeen ? nameOf(entry.parent.author, entry.parent.originAuthor) : undefined;
  const { headline } = entry.story;
  return xml`
    <entry>
      <title>${other === undefined ? words.feed.comment(name, headline) : words.feed.reply(name, other, headline)}</title>
      <id>${`urn:uuid:${entry.id}`}</id>
      <link rel="alternate" type="text/html" href="${address(origin, entryPath(entry))}"/>
      <published>${at}</published>
      <updated>${at}</updated>
      <author><name>${name}</name></author>
      <content type="html">${entry.html}</content>
    </entry>
  `;
}

function address(origin: string, path: string): string {
  return `${origin}${encodeURI(path.toWellFormed())}`;
}
