import type { Site } from './site.ts';
import { siteText as words } from './text.ts';
import { sayable, xml, xmlDocument } from './xml.ts';

/** First words of addresses that are of no use in a search: made for one who asks, or steps of something. */
const privatePaths = 'search desk api sign-in sign-out welcome account comments following inbox report'.split(
  ' ',
);

/**
 * What crawlers may do (RFC 9309): everything but what makes a page for each question, or is not for readers. The
 * patterns end with the word, as `/search` alone would also bar a section named search-and-rescue.
 */
export function robotsTxt(site: Site): string {
  const barred = privatePaths.flatMap((word) => [`/${word}$`, `/${word}?`, `/${word}/`]);
  return [
    'User-agent: *',
    ...barred.map((pattern) => `Disallow: ${pattern}`),
    'Allow: /',
    '',
    `Sitemap: ${site.origin}/sitemap.xml`,
    `Sitemap: ${site.origin}/news-sitemap.xml`,
    '',
  ].join('\n');
}

/** Who stands behind the paper (https://journallist.net, trust.txt), as far as the settings know it. */
export function trustTxt(site: Site): string {
  return [
    `# ${line(site.name)}`,
    `# ${line(words.published(site.publisher))}`,
    `disclosure=${site.origin}/about`,
    `contact=${site.contactMail ? mailto(site.contactMail) : `${site.origin}/about`}`,
    '',
  ].join('\n');
}

/**
 * Whom to tell of a hole in the site's security (RFC 9116).
 * @param expires milliseconds UTC
 */
export function securityTxt(site: Site, mail: string, expires: number): string {
  return [
    `Contact: ${mailto(mail)}`,
    `Expires: ${new Date(expires).toISOString().replace('.000', '')}`,
    `Preferred-Languages: ${site.language}`,
    `Canonical: ${site.origin}/.well-known/security.txt`,
    '',
  ].join('\n');
}

/** For those who keep the paper on their home screen (W3C Web Application Manifest). */
export function webManifest(site: Site, colours: { readonly paper: string }): Record<string, unknown> {
  const icon = (src: string, sizes: string, type: string, purpose: string) => ({ src, sizes, type, purpose });
  return {
    id: '/',
    name: sayable(site.name),
    short_name: sayable(site.name),
    description: sayable(site.tagline),
    lang: site.language,
    dir: 'auto',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: colours.paper,
    theme_color: colours.paper,
    categories: ['news'],
    icons: [
      icon('/favicon.svg', 'any', 'image/svg+xml', 'any'),
      icon('/icon-192.png', '192x192', 'image/png', 'any'),
      icon('/icon-512.png', '512x512', 'image/png', 'any'),
      icon('/icon-512.png', '512x512', 'image/png', 'maskable'),
    ],
  };
}

/** For browsers that search the paper from their address bar (OpenSearch 1.1, Draft 6). */
export function openSearch(site: Site): string {
  return xmlDocument(xml`
    <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
      <ShortName>${cut(site.name, 16)}</ShortName>
      <LongName>${cut(site.name, 48)}</LongName>
      <Description>${cut(words.searchOf(site.name), 1024)}</Description>
      <Url type="text/html" method="get" template="${`${site.origin}/search?q={searchTerms}`}"/>
      <Url type="application/opensearchdescription+xml" rel="self" template="${`${site.origin}/opensearch.xml`}"/>
      <Image width="192" height="192" type="image/png">${site.origin}/icon-192.png</Image>
      <Language>${site.language}</Language>
      <InputEncoding>UTF-8</InputEncoding>
      <OutputEncoding>UTF-8</OutputEncoding>
    </OpenSearchDescription>
  `);
}

/** RFC 6068: what stands before the @ may hold letters that mean something in an address. */
function mailto(mail: string): string {
  const at = mail.lastIndexOf('@');
  return `mailto:${encodeURIComponent(mail.slice(0, at))}${mail.slice(at)}`;
}

/** One line of a file in which each line says something of its own. */
function line(text: string): string {
  return sayable(text)
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .trim();
}

/** The beginning of a text, in whole letters as people see them. */
function cut(text: string, most: number): string {
  let out = '';
  for (const { segment } of new Intl.Segmenter().segment(line(text))) {
    if (out.length + segment.length > most) break;
    out += segment;
  }
  return out.trimEnd();
}
