import type { Feed } from './feed.ts';
import type { FeedItem } from './feed-item.ts';
import { rfc3339 } from './full-times.ts';

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ */
export function jsonFeedOf(feed: Feed): Record<string, unknown> {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.json,
    description: feed.description,
    icon: feed.icon,
    language: feed.language,
    // No authors of the feed: agencies' stories without a name would become theirs.
    items: feed.items.map(itemJson),
  };
}

function itemJson(item: FeedItem): Record<string, unknown> {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    content_html: item.html,
    summary: item.summary || undefined,
    image: item.picture?.url,
    date_published: rfc3339(item.published),
    date_modified: item.updated && rfc3339(item.updated),
    authors: item.authors.length > 0 ? item.authors : undefined,
    tags: item.categories.length > 0 ? item.categories : undefined,
    language: item.language,
    attachments:
      item.sounds.length > 0
        ? item.sounds.map(({ url, type, title, bytes, seconds }) => ({
            url,
            mime_type: type,
            title: title || undefined,
            size_in_bytes: bytes,
            duration_in_seconds: seconds,
          }))
        : undefined,
  };
}
