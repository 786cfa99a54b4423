import { html, type Html } from './html.ts';
import { icons } from './icons.ts';
import { directionOf } from './language.ts';
import type { Site } from './site.ts';
import { siteText as words } from './text.ts';

export interface Shell {
  readonly site: Site;
  /** Sections, in their order. */
  readonly navigation: readonly { slug: string; name: string }[];
  readonly title: string;
  readonly description?: string;
  /** Path on this site, or an address elsewhere. */
  readonly canonical: string;
  /** Today, as words for the masthead. */
  readonly date: string;
  /** More for the head: Open Graph, structured data. */
  readonly head?: Html;
  readonly main: Html;
  /** Slug of the section that the page belongs to, or `front`. */
  readonly current?: string;
  /** Name of the kind of page, for the stylesheet. */
  readonly kind: string;
  readonly islands?: readonly string[];
  /** Path of this page's own feed. */
  readonly feed?: string;
  /** For search engines; a search page is not to be indexed. */
  readonly robots?: string;
  /** The reader saves data: no font of our own. */
  readonly saveData?: boolean;
  /** Path of this page in the text-only edition. */
  readonly textPath?: string;
  /** Beside the search: who is signed in, or the way to sign in. */
  readonly tools?: Html;
}

/** A whole page: head, masthead, sections, the page's own part, and the foot. */
export function shell(page: Shell): Html {
  const { site } = page;
  const canonical = page.canonical.startsWith('/') ? `${site.origin}${page.canonical}` : page.canonical;
  const isFront = page.kind === 'front';
  const feed = page.feed ?? '/feed.xml';
  const islands = (page.islands ?? []).map(
    (name) => html`<script type="module" src="${site.assets.islands[name]!}"></script>`,
  );
  return html`<!doctype html>
<html lang="${site.language}" dir="${directionOf(site.language)}" class="${page.saveData ? 'save-data' : 'full'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.titleOf(page.title, site.name)}</title>${page.description && html`<meta name="description" content="${page.description}">`}<link rel="canonical" href="${canonical}">${!page.saveData && html`<link rel="preload" href="${site.assets.font}" as="font" type="font/woff2" crossorigin>`}<link rel="stylesheet" href="${site.assets.stylesheet}">${site.themeHref && html`<link rel="stylesheet" href="${site.themeHref}">`}<meta name="theme-color" content="#fdfcfa" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#131518" media="(prefers-color-scheme: dark)"><meta name="color-scheme" content="light dark">${page.robots && html`<meta name="robots" content="${page.robots}">`}<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="apple-touch-icon" href="/icon-192.png"><link rel="manifest" href="/manifest.webmanifest"><link rel="alternate" type="application/rss+xml" title="${site.name}" href="${feed}"><link rel="alternate" type="application/feed+json" title="${site.name}" href="${feed.replace(/\.xml$/, '.json')}"><link rel="search" type="application/opensearchdescription+xml" title="${site.name}" href="/opensearch.xml">${page.head}${islands}</head>
<body class="page-${page.kind}"><a class="skip" href="#text">${words.skip}</a>
<header class="masthead"><div class="wrap"><p class="masthead-date">${page.date}<span>${site.tagline}</span></p>${isFront ? html`<h1 class="masthead-name">${nameplate(site)}</h1>` : html`<p class="masthead-name"><a href="/">${nameplate(site)}</a></p>`}<p class="masthead-tools"><a href="/search">${icons.search}<span>${words.search}</span></a>${page.tools}</p></div></header>
<nav class="sections" aria-label="${words.sections}"><ul class="wrap">${link('/', words.front, isFront)}${page.navigation.map(({ slug, name }) => link(`/${slug}`, name, page.current === slug))}${link('/archive', words.archive, page.kind === 'archive')}</ul></nav>
<main id="text" tabindex="-1">${page.main}</main>
${footer(page)}</body></html>`;
}

function nameplate(site: Site): Html {
  if (site.logoHref) return html`<img src="${site.logoHref}" alt="${site.name}" height="44" />`;
  return html`${site.name}`;
}

function link(href: string, name: string, isCurrent: boolean): Html {
  return isCurrent
    ? html`<li><a href="${href}" aria-current="page">${name}</a></li>`
    : html`<li><a href="${href}">${name}</a></li>`;
}

function footer({ site, navigation, textPath, feed }: Shell): Html {
  const sections = navigation.map(({ slug, name }) => html`<li><a href="/${slug}">${name}</a></li>`);
  return html`<footer class="foot"><div class="wrap"><p class="foot-name"><a href="/">${site.name}</a></p>
<nav aria-label="${words.footer}">${sections.length > 0 && html`<ul>${sections}</ul>`}<ul><li><a href="/archive">${words.archive}</a></li><li><a href="/topics">${words.topics}</a></li><li><a href="/authors">${words.authors}</a></li><li><a href="/search">${words.search}</a></li><li><a href="${textPath ?? '/text'}">${words.textEdition}</a></li><li><a href="${feed ?? '/feed.xml'}">${words.feeds}</a></li></ul><ul><li><a href="/about">${words.about}</a></li><li><a href="/corrections">${words.corrections}</a></li><li><a href="/accessibility">${words.accessibility}</a></li><li><a href="/privacy">${words.privacy}</a></li><li><a href="/guidelines">${words.guidelines}</a></li><li><a href="/notices">${words.illegal}</a></li></ul></nav>
<p class="foot-note">${words.published(site.publisher)}</p></div></footer>`;
}
