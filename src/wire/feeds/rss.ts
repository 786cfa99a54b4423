import { fromInstant } from '../../stories/index.ts';
import { xml, xmlDocument, type Xml } from '../../site/xml.ts';
import type { Feed } from './feed.ts';
import type { FeedItem, FeedPicture } from './feed-item.ts';
import { rfc3339, rfc5322 } from './full-times.ts';

/** Minutes after which a reader may ask again. */
const ttl = 15;

/** RSS 2.0 (https://www.rssboard.org/rss-specification) with whole stories, and Media RSS for their pictures. */
export function rssOf(feed: Feed): string {
  const { contactMail, changedAt } = feed;
  return xmlDocument(xml`
    <rss version="2.0"
      xmlns:atom="http://www.w3.org/2005/Atom"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:media="http://search.yahoo.com/mrss/">
      <channel>
        <title>${feed.title}</title>
        <link>${feed.home}</link>
        <description>${feed.description}</description>
        <language>${feed.language}</language>
        <copyright>${feed.publisher}</copyright>
        ${contactMail && xml`<managingEditor>${contactMail} (${feed.publisher})</managingEditor>`}
        ${changedAt !== undefined && xml`<lastBuildDate>${rfc5322(fromInstant(changedAt, 'UTC'))}</lastBuildDate>`}
        <generator>Freesheet</generator>
        <ttl>${ttl}</ttl>
        <image><url>${feed.icon}</url><title>${feed.title}</title><link>${feed.home}</link></image>
        <atom:link rel="self" type="application/rss+xml" href="${feed.rss}"/>
        ${feed.items.map(itemXml)}
      </channel>
    </rss>
  `);
}

function itemXml(item: FeedItem): Xml {
  const [sound] = item.sounds;
  return xml`
    <item>
      <title>${item.title}</title>
      <link>${item.url}</link>
      <guid isPermaLink="true">${item.id}</guid>
      <pubDate>${rfc5322(item.published)}</pubDate>
      ${item.updated && xml`<atom:updated>${rfc3339(item.updated)}</atom:updated>`}
      ${item.authors.map(({ name }) => xml`<dc:creator>${name}</dc:creator>`)}
      <dc:language>${item.language}</dc:language>
      ${item.categories.map((name) => xml`<category>${name}</category>`)}
      ${item.summary && xml`<description>${item.summary}</description>`}
      <content:encoded>${item.html}</content:encoded>
      ${item.picture && pictureXml(item.picture)}
      ${sound && xml`<enclosure url="${sound.url}" length="${sound.bytes}" type="${sound.type}"/>`}
    </item>
  `;
}

function pictureXml(picture: FeedPicture): Xml {
  const { alt, caption, credit } = picture;
  return xml`
    <media:content url="${picture.url}" type="image/jpeg" medium="image" width="${picture.width}" height="${picture.height}" fileSize="${picture.bytes}">
      ${alt && xml`<media:title type="plain">${alt}</media:title>`}
      ${caption && xml`<media:description type="plain">${caption}</media:description>`}
      ${credit && xml`<media:credit>${credit}</media:credit>`}
    </media:content>
  `;
}
