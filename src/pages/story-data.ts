import { renditionHref, socialHref, socialSize } from '../platform/media/sources.ts';
import { html, jsonScript, type Html } from '../site/html.ts';
import type { Site } from '../site/site.ts';
import { isoOf } from '../stories/index.ts';
import { describe, type PublicStory, type StoryView } from './story-view.ts';

/** What search engines and other people's pages are told of a story: NewsArticle (schema.org) and Open Graph. */
export function storyHead(view: StoryView, site: Site): Html {
  const { story, media, section, topics } = view;
  const description = describe(story);
  const lead = story.lead && media.get(story.lead.media);
  const social = lead && `${site.origin}${socialHref(lead, story.lead?.focal)}`;
  const authors = story.byline.flatMap(({ author }) => (author ? `${site.origin}/authors/${author}` : []));
  return html`<meta property="og:type" content="article"><meta property="og:site_name" content="${site.name}"><meta property="og:title" content="${story.headline}">${description && html`<meta property="og:description" content="${description}">`}<meta property="og:url" content="${`${site.origin}${story.path}`}"><meta property="og:locale" content="${story.language.replace('-', '_')}"><meta property="article:published_time" content="${isoOf(story.published)}">${story.updated && html`<meta property="article:modified_time" content="${isoOf(story.updated)}">`}${section && html`<meta property="article:section" content="${section.name}">`}${topics.map(({ name }) => html`<meta property="article:tag" content="${name}">`)}${authors.map((author) => html`<meta property="article:author" content="${author}">`)}${social ? html`<meta property="og:image" content="${social}"><meta property="og:image:width" content="${socialSize.width}"><meta property="og:image:height" content="${socialSize.height}"><meta property="og:image:alt" content="${story.lead?.alt}"><meta name="twitter:card" content="summary_large_image">` : html`<meta name="twitter:card" content="summary">`}${jsonScript('application/ld+json', newsArticle(view, site, social))}`;
}

function newsArticle(view: StoryView, site: Site, social: string | undefined): Record<string, unknown> {
  const { story, section, topics, series, media } = view;
  const url = `${site.origin}${story.path}`;
  const lead = story.lead && media.get(story.lead.media);
  const widest = lead?.renditions.findLast(({ format }) => format === 'jpeg');
  const credit = story.lead?.credit ?? lead?.credit;
  const description = describe(story);
  return clean({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: story.headline,
    description,
    // As exactly as it is known: a day without an hour is a valid value (schema.org Date or DateTime).
    datePublished: isoOf(story.published),
    dateModified: isoOf(story.updated ?? story.published),
    author: authorsOf(story, site),
    publisher: {
      '@type': 'NewsMediaOrganization',
      name: site.publisher,
      url: site.origin,
      logo: { '@type': 'ImageObject', url: `${site.origin}/icon-512.png`, width: 512, height: 512 },
    },
    image: lead && [
      social,
      ...(widest
        ? [
            clean({
              '@type': 'ImageObject',
              url: `${site.origin}${renditionHref(lead.id, widest.width, 'jpeg')}`,
              width: widest.width,
              height: widest.height,
              creditText: credit,
              caption: story.lead?.alt || undefined,
            }),
          ]
        : []),
    ],
    articleSection: section?.name,
    keywords: topics.length > 0 ? topics.map(({ name }) => name) : undefined,
    inLanguage: story.language,
    wordCount: story.words,
    isAccessibleForFree: true,
    dateline: [story.dateline.place, story.dateline.agency].filter(Boolean).join(', ') || undefined,
    creditText: story.credit || undefined,
    isBasedOn: story.canonical,
    isPartOf: series && {
      '@type': 'CreativeWorkSeries',
      name: series.title,
      url: `${site.origin}/series/${series.slug}`,
    },
    correction:
      story.corrections.length > 0
        ? story.corrections.map(({ at, text }) => ({
            '@type': 'CorrectionComment',
            text,
            datePublished: isoOf(at),
          }))
        : undefined,
  });
}

function authorsOf(story: PublicStory, site: Site): Record<string, unknown>[] {
  if (story.byline.length > 0) {
    return story.byline.map(({ author, name, role }) =>
      clean({ '@type': 'Person', name, url: author && `${site.origin}/authors/${author}`, jobTitle: role }),
    );
  }
  return [{ '@type': 'Organization', name: story.credit || site.publisher }];
}

function clean(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
