import type { TestDatabase } from '../../platform/database/testing.ts';
import { PageStore } from '../../platform/http/page-store.ts';
import { startTestServer, testOrigin, type TestServer } from '../../platform/http/testing.ts';
import type { Site } from '../../site/site.ts';
import { createStory, publishStory, type Story, type StoryContentInput } from '../../stories/index.ts';
import { wireRoutes } from '../routes.ts';
import { mediaOf } from '../testing.ts';

export const testSite: Site = {
  name: 'The Harbour Ledger',
  tagline: 'News of the coast',
  origin: testOrigin,
  language: 'en',
  zone: 'Europe/London',
  publisher: 'Ledger Press & Sons',
  contactMail: 'desk@paper.example',
  postalAddress: undefined,
  logoHref: undefined,
  themeHref: undefined,
  assets: { stylesheet: '/assets/site.css', font: '/assets/font.woff2', islands: {} },
};

/** The wire's routes behind the real server, with a page store that hears of what changes. The caller closes it. */
export async function servePaper(
  { database, clock, dataDir }: TestDatabase,
  site = testSite,
): Promise<TestServer> {
  const store = new PageStore({ clock, bytes: 4_000_000 });
  database.onCommit((events) => {
    for (const { tags, urgent } of events) store.drop(tags ?? [], urgent);
  });
  const context = { database, clock, site, media: mediaOf({ dataDir }) };
  return { ...(await startTestServer(wireRoutes(context), { store, clock })), store, clock };
}

/** What a story needs to be published. */
export function contentOf(headline: string, more: Partial<StoryContentInput> = {}): StoryContentInput {
  return {
    headline,
    section: 'news',
    body: [{ type: 'paragraph', text: [{ text: `The words of ${headline}.` }] }],
    ...more,
  };
}

export async function publish(
  { database }: Pick<TestDatabase, 'database'>,
  headline: string,
  more: Partial<StoryContentInput> = {},
): Promise<Story> {
  const { id } = await database.write((tx) =>
    createStory(tx, { content: contentOf(headline, more), actor: 'test' }),
  );
  return database.write((tx) => publishStory(tx, { id, actor: 'test', zone: 'Europe/London' }));
}
