import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { json, text } from '../platform/http/answers.ts';
import type { Answer, Route } from '../platform/http/route-table.ts';
import { once } from '../platform/once.ts';
import { readLogo, type Logo } from './logo.ts';
import { houseAccent, housePaper, iconIco, iconPng, iconSvg, type PaperIcon } from './paper-icon.ts';
import { openSearch, robotsTxt, securityTxt, trustTxt, webManifest } from './plain-files.ts';
import { themeCss, type Site } from './site.ts';
import { siteText as words } from './text.ts';

/** What the site's own files are made from. */
export interface SiteFilesContext {
  readonly config: Pick<Config, 'ACCENT' | 'LOGO'>;
  readonly site: Site;
  readonly clock: Clock;
}

type Make = () => Promise<Answer> | Answer;

/**
 * What browsers and crawlers ask every site for: robots.txt, trust.txt, security.txt, manifest, search description,
 * icons, logo, and the stylesheet of the paper's own accent.
 */
export function siteFileRoutes(context: SiteFilesContext): Route[] {
  const { config, site } = context;
  const logo = once(async () => (config.LOGO === undefined ? undefined : readLogo(config.LOGO)));
  const icon = async (): Promise<PaperIcon> => ({
    name: site.name,
    language: site.language,
    accent: config.ACCENT ?? houseAccent,
    logo: await logo(),
  });
  const png = (size: number) => once(async () => picture(await iconPng(await icon(), size), 'image/png'));
  const trust: Make = () => kept(text(trustTxt(site)));
  return [
    route('/robots.txt', 'robots', () => kept(text(robotsTxt(site)))),
    route('/trust.txt', 'trust', trust),
    route('/.well-known/trust.txt', 'trust', trust),
    route('/.well-known/security.txt', 'security', () => securityAnswer(context)),
    route('/manifest.webmanifest', 'manifest', () =>
      kept(
        json(webManifest(site, { paper: housePaper }), { type: 'application/manifest+json; charset=utf-8' }),
      ),
    ),
    route('/opensearch.xml', 'opensearch', () =>
      kept(text(openSearch(site), { type: 'application/opensearchdescription+xml; charset=utf-8' })),
    ),
    route(
      '/favicon.svg',
      'icon',
      once(async () => kept(text(await iconSvg(await icon()), { type: 'image/svg+xml' }))),
    ),
    route(
      '/favicon.ico',
      'icon',
      once(async () => picture(await iconIco(await icon()), 'image/x-icon')),
    ),
    route('/icon-192.png', 'icon', png(192)),
    route('/icon-512.png', 'icon', png(512)),
    route('/logo', 'logo', async () => logoAnswer(await logo())),
    {
      method: 'GET',
      path: '/theme.css',
      name: 'theme',
      who: 'anyone',
      proof: 'none',
      handle: ({ url }) => themeAnswer(config.ACCENT, site.themeHref === `${url.pathname}${url.search}`),
    },
  ];
}

function route(path: string, name: string, handle: Make): Route {
  return { method: 'GET', path, name, who: 'anyone', proof: 'none', stored: true, handle: () => handle() };
}

/** Made from settings alone, which do not change while the site runs: the page store may keep it. */
function kept(answer: Answer): Answer {
  return { ...answer, tags: ['site'] };
}

function picture(body: Buffer, type: string): Answer {
  return kept({ status: 200, body, type });
}

function logoAnswer(logo: Logo | undefined): Answer {
  if (!logo) throw notFound();
  return picture(logo.body, logo.type);
}

/** @param isNamed whether the address says what is in it */
function themeAnswer(accent: string | undefined, isNamed: boolean): Answer {
  if (accent === undefined) throw notFound();
  return text(themeCss(accent), {
    type: 'text/css; charset=utf-8',
    ...(isNamed && { headers: { 'cache-control': 'public, max-age=31536000, immutable' } }),
  });
}

/** Half a year from the beginning of the month, so that a file that nobody looks after says so by its age. */
function securityAnswer({ site, clock }: SiteFilesContext): Answer {
  if (!site.contactMail) throw notFound();
  const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('UTC');
  const month = now.with({ day: 1 }).startOfDay();
  const expires = month.add({ months: 7 }).epochMilliseconds;
  return {
    ...kept(text(securityTxt(site, site.contactMail, expires))),
    expiresAt: month.add({ months: 1 }).epochMilliseconds,
  };
}

function notFound(): AppError {
  return new AppError('page.not-found', words.noFile, { status: 404 });
}
