import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { loadSample } from '../../src/cli/sample/load-sample.ts';
import { saveSection } from '../../src/stories/index.ts';
import { findBrowser, openBrowser } from './chromium.ts';
import { fillForum, type Forum } from './forum.ts';
import { addMedia, publishFull, word } from './full-story.ts';
import { freePort } from './postgres.ts';
import { copySampleMedia } from './sample-media.ts';
import { contentOf, openTestSite, paragraph, zone, type TestSite } from './site.ts';

/** Longer than any column of a phone. */
export const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** As long as papers are called when two have become one. */
const longName = 'The Greater Halmouth and Marram Coast Evening Intelligencer';

/** A whole newspaper with all that a page may have to show, and a page of each kind. */
export interface Newsroom {
  readonly site: TestSite;
  /** Address of a page of each kind. */
  readonly pages: Readonly<Record<PageKind, string>>;
  /** Readers, and what they say under stories. */
  readonly forum: Forum;
}

/** Value of the Cookie header with which a page is asked for; undefined for those of readers who are signed out. */
export function cookieFor({ forum }: Pick<Newsroom, 'forum'>, kind: string): string | undefined {
  return kind.endsWith(signedIn) ? forum.nadia.cookie : undefined;
}

/** Open a page of the newsroom as the reader whose page it is. Whoever was signed in before is so no longer. */
export async function visit(
  newsroom: Pick<Newsroom, 'forum' | 'pages'>,
  page: Page,
  kind: string,
): Promise<void> {
  const url = newsroom.pages[kind as PageKind];
  const context = page.context();
  await context.clearCookies();
  const cookie = cookieFor(newsroom, kind)?.split('=');
  if (cookie) {
    const { origin } = new URL(url);
    await context.addCookies([{ name: cookie[0]!, value: cookie[1]!, url: origin, httpOnly: true }]);
  }
  await page.goto(url);
}

export type PageKind =
  | (typeof samplePages)[number][0]
  | (typeof forumPages)[number]
  | 'story with every block'
  | 'story with very long words'
  | 'killed story'
  | 'front of an empty paper'
  | 'text story with every block';

/** How the name of a page ends that is asked for by somebody who is signed in. */
const signedIn = ', signed in';

const forumPages = [
  'story with a conversation',
  'story with a conversation, signed in',
  'story with a conversation from right to left',
  'story with 50 comments',
  'thread',
  'thread, signed in',
  'comment',
  'comment, signed in',
  'reply',
  'reply, signed in',
  'edit of a comment, signed in',
  'deletion of a comment, signed in',
  'following, signed in',
  'inbox, signed in',
  'reader',
  'reader, signed in',
  'followers of a reader',
  'account, signed in',
  'sign-in',
  'report of a comment',
  'report of a comment, signed in',
] as const;

const stories = {
  ferry: '/2026/11/24/night-ferry-saved-by-one-vote',
  pilot: '/2026/11/22/the-last-pilot-of-the-hal',
  arabic: '/2026/11/24/seamens-cafe-opens-again',
  old: '/2009/07/28/old-light-goes-dark-after-151-years',
};
const text = (path: string) => `/text${path}`;

const samplePages = [
  ['front', '/'],
  ['section', '/coast'],
  ['topic', '/topics/ferries'],
  ['author', '/authors/nell-arkley'],
  ['series', '/series/holding-the-sea'],
  ['index of topics', '/topics'],
  ['index of authors', '/authors'],
  ['index of series', '/series'],
  ['archive', '/archive'],
  ['archive of a year', '/2026'],
  ['archive of a month', '/2026/11'],
  ['archive of a day', '/2026/11/24'],
  ['archive of an empty day', '/2011/01/01'],
  ['search', '/search'],
  ['search with results', '/search?q=ferry'],
  ['search without results', '/search?q=qwertzuiop'],
  ['search with a wrong date', '/search?q=ferry&from=31.12.2020'],
  ['story', stories.ferry],
  ['long read', stories.pilot],
  ['story from right to left', stories.arabic],
  ['story of 2009', stories.old],
  ['corrections', '/corrections'],
  ['about', '/about'],
  ['privacy', '/privacy'],
  ['accessibility', '/accessibility'],
  ['guidelines', '/guidelines'],
  ['notice of illegal content', '/notices'],
  ['no page', '/2026/11/24/night-ferry'],
  ['text front', '/text'],
  ['text section', text('/coast')],
  ['text story from right to left', text(stories.arabic)],
  ['text archive', '/text/2026/11'],
  ['text search', '/text/search?q=ferry'],
  ['text no page', '/text/2026/11/24/night-ferry'],
] as const;

/**
 * Run tests in a browser on the newsroom, which they only read; left out, by name, where no browser is.
 * @param define is given a getter, as the browser opens only when the tests run
 */
export function describeInBrowser(
  title: string,
  define: (get: () => Newsroom & { readonly browser: Browser }) => void,
): void {
  const skip = findBrowser() ? false : 'no browser';
  describe(`${title} in a browser`, { skip }, () => {
    let newsroom: OpenNewsroom | undefined;
    let browser: Browser | undefined;
    before(async () => {
      if (!skip) [newsroom, browser] = await Promise.all([openNewsroom(), openBrowser()]);
    });
    after(async () => {
      await browser?.close();
      await newsroom?.close();
    });
    define(() => ({ ...newsroom!, browser: browser! }));
  });
}

type OpenNewsroom = Newsroom & { close(): Promise<void> };

/** The newsroom, for tests that need no browser. The caller closes it. */
export async function openNewsroom(): Promise<OpenNewsroom> {
  const [site, empty] = await Promise.all([openOnPort(), openOnPort({ NAME: longName })]);
  await copySampleMedia(site.dataDir);
  const { database, media } = site.site;
  await loadSample({ database, media, clock: site.clock, config: { ZONE: zone } });
  await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
  const { story: full } = await publishFull(site, await addMedia(site));
  const long = await site.publish(
    contentOf(longWord, {
      kicker: longWord,
      standfirst: `The ${longWord} and the ${longWord}.`,
      byline: [{ author: longWord.toLowerCase(), name: longWord, role: longWord }],
      dateline: { place: longWord },
      topics: [longWord.toLowerCase()],
      body: [
        paragraph(longWord),
        { type: 'subheading', level: 2, text: [{ text: longWord }] },
        { type: 'pullquote', text: [{ text: longWord }], cite: longWord },
        {
          type: 'table',
          head: [[{ text: longWord }], [{ text: longWord }]],
          rows: [[[{ text: longWord }], []]],
        },
        { type: 'code', code: longWord.repeat(3) },
        { type: 'keyfacts', title: longWord, items: [[{ text: longWord }]] },
        { type: 'related', title: longWord, href: 'https://example.com/', kicker: longWord },
      ],
    }),
  );
  const killed = await site.publish(contentOf(word('killed')));
  await site.kill(killed.id);
  const at = (path: string) => `${site.origin}${encodeURI(path)}`;
  const forum = await fillForum(site, stories.arabic);
  return {
    site,
    forum,
    pages: {
      ...(Object.fromEntries(
        Object.entries(await forumPaths(site, forum)).map(([kind, path]) => [kind, at(path)]),
      ) as Newsroom['pages']),
      ...(Object.fromEntries(samplePages.map(([kind, path]) => [kind, at(path)])) as Newsroom['pages']),
      'story with every block': at(full.path),
      'story with very long words': at(long.path),
      'killed story': at(killed.path),
      'front of an empty paper': `${empty.origin}/`,
      'text story with every block': at(text(full.path)),
    },
    async close() {
      await Promise.all([site.close(), empty.close()]);
    },
  };
}

async function forumPaths(
  site: TestSite,
  { story, comments, busy }: Forum,
): Promise<Record<(typeof forumPages)[number], string>> {
  const comment = `${story.path}/comments/${comments.deep}`;
  const thread = `${story.path}/comments?sort=oldest`;
  const reply = `/comments/new?parent=${comments.answer}&quote=1`;
  const { id } = await site.database.read
    .selectFrom('comment')
    .select('id')
    .where('code', '=', comments.answer)
    .executeTakeFirstOrThrow();
  const report = `/report?kind=comment&id=${id}`;
  return {
    'story with a conversation': story.path,
    'story with a conversation, signed in': story.path,
    'story with a conversation from right to left': `${stories.arabic}/comments`,
    'story with 50 comments': busy,
    thread,
    'thread, signed in': thread,
    comment,
    'comment, signed in': comment,
    reply,
    'reply, signed in': reply,
    'edit of a comment, signed in': `/comments/${comments.recent}/edit`,
    'deletion of a comment, signed in': `/comments/${comments.recent}/delete`,
    'following, signed in': '/following',
    'inbox, signed in': '/inbox',
    reader: '/readers/runa',
    'reader, signed in': '/readers/runa',
    'followers of a reader': '/readers/nadia/followers',
    'account, signed in': '/account',
    'sign-in': '/sign-in',
    'report of a comment': report,
    'report of a comment, signed in': report,
  };
}

/** Its own address is the one that the browser asks, so that what is of the same origin is so in tests too. */
async function openOnPort(
  env: Readonly<Record<string, string>> = {},
): Promise<Awaited<ReturnType<typeof openTestSite>>> {
  const port = await freePort();
  return openTestSite('sqlite', {
    env: {
      PORT: String(port),
      ORIGIN: `http://127.0.0.1:${port}`,
      CONTACT_MAIL: 'desk@paper.example',
      ...env,
    },
  });
}
