import assert from 'node:assert/strict';

type Fields = Record<string, unknown>;
const address = /^https?:\/\/[\x21-\x7e]+$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What https://www.jsonfeed.org/version/1.1/ asks of a feed. */
export function assertJsonFeed(feed: Fields): void {
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
  assert.ok(typeof feed.title === 'string' && feed.title !== '');
  for (const name of ['home_page_url', 'feed_url', 'icon']) assert.match(feed[name] as string, address);
  assertOnly(feed, 'version title home_page_url feed_url description icon language items');
  const ids = new Set<unknown>();
  for (const item of feed.items as Fields[]) {
    assertOnly(
      item,
      'id url title content_html summary image date_published date_modified authors tags language attachments',
    );
    assert.ok(typeof item.id === 'string' && item.id !== '');
    assert.ok(!ids.has(item.id), `twice ${item.id}`);
    ids.add(item.id);
    assert.equal(typeof item.content_html, 'string');
    assert.match(item.url as string, address);
    assert.match(item.date_published as string, instant);
    if (item.date_modified !== undefined) assert.match(item.date_modified as string, instant);
    if (item.image !== undefined) assert.match(item.image as string, address);
    for (const author of (item.authors ?? []) as Fields[]) {
      assert.ok(author.name !== undefined || author.url !== undefined);
      assertOnly(author, 'name url avatar');
    }
    for (const tag of (item.tags ?? []) as unknown[]) assert.equal(typeof tag, 'string');
    for (const attachment of (item.attachments ?? []) as Fields[]) {
      assert.match(attachment.url as string, address);
      assert.match(attachment.mime_type as string, /^[a-z]+\/[a-z0-9.+-]+$/);
      assertOnly(attachment, 'url mime_type title size_in_bytes duration_in_seconds');
    }
  }
}

function assertOnly(fields: Fields, names: string): void {
  const known = names.split(' ');
  for (const [name, value] of Object.entries(fields)) {
    assert.ok(known.includes(name), `no such field: ${name}`);
    assert.notEqual(value, null, name);
  }
}
