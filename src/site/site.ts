import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';

/** Addresses of the built files. */
export interface Assets {
  readonly stylesheet: string;
  readonly font: string;
  /** By name: `share` is share.island.ts. */
  readonly islands: Readonly<Record<string, string>>;
}

/** What every page says about the paper itself. */
export interface Site {
  readonly name: string;
  readonly tagline: string;
  /** Public address without a slash at the end. */
  readonly origin: string;
  readonly language: string;
  readonly zone: string;
  readonly publisher: string;
  readonly contactMail: string | undefined;
  readonly postalAddress: string | undefined;
  /** Path of the logo, when one is set. */
  readonly logoHref: string | undefined;
  /** Path of a stylesheet with the paper's own accent, when one is set. */
  readonly themeHref: string | undefined;
  readonly assets: Assets;
}

/**
 * @param dist folder of the built files
 * @throws AppError `assets.missing` when they were not built
 */
export function loadSite(config: Config, dist: string): Site {
  return {
    name: config.NAME,
    tagline: config.TAGLINE,
    origin: config.origin,
    language: config.LANGUAGE,
    zone: config.ZONE,
    publisher: config.PUBLISHER ?? config.NAME,
    contactMail: config.CONTACT_MAIL,
    postalAddress: config.POSTAL_ADDRESS,
    logoHref: config.LOGO && '/logo',
    themeHref:
      config.ACCENT &&
      `/theme.css?v=${createHash('sha256').update(themeCss(config.ACCENT)).digest('hex').slice(0, 8)}`,
    assets: readAssets(dist),
  };
}

/** The stylesheet of a paper's own accent. @param accent #rrggbb, as the settings check it */
export function themeCss(accent: string): string {
  // In the dark a colour made for white paper is too deep: it is lightened until it reads well.
  return `:root{--accent:${accent};--accent-wash:color-mix(in srgb,${accent} 10%,var(--paper))}
@media (prefers-color-scheme:dark){:root{--accent:color-mix(in oklab,${accent} 45%,#fff);--accent-wash:color-mix(in srgb,${accent} 30%,var(--paper))}}
`;
}

function readAssets(dist: string): Assets {
  try {
    return (JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as { assets: Assets }).assets;
  } catch (cause) {
    throw new AppError('assets.missing', 'The pages were not built. Run: npm run build', {
      status: 500,
      cause,
    });
  }
}
