import { page } from '../platform/http/answers.ts';
import type { Answer } from '../platform/http/route-table.ts';
import { html, type Html } from '../site/html.ts';
import { directionOf } from '../site/language.ts';
import { siteText } from '../site/text.ts';
import type { Context } from './context.ts';
import { endOfDay } from './frame.ts';
import { pagesText } from './text.ts';

const words = pagesText.texts;

export interface TextFrame {
  readonly title: string;
  readonly main: Html;
  /** Path of this page in the text-only edition. */
  readonly path: string;
  /** Path of the same page in the full edition. */
  readonly full?: string;
  readonly tags?: readonly string[];
  readonly status?: number;
  readonly expiresAt?: number;
}

/** A page of the text-only edition: no stylesheet, no script, no picture; the browser's own type. */
export function textFrame({ site, clock }: Context, frame: TextFrame): Answer {
  const canonical = `${site.origin}${frame.full ?? '/'}`;
  const markup = html`<!doctype html><html lang="${site.language}" dir="${directionOf(site.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${siteText.titleOf(frame.title, site.name)}</title><meta name="description" content="${`${frame.title}. ${words.lede}`}"><link rel="canonical" href="${canonical}"><link rel="icon" href="/favicon.svg" type="image/svg+xml"></head><body><header><p><a href="/text">${site.name}</a>: ${words.title} | <a href="/text/archive">${siteText.archive}</a> | <a href="/text/search">${siteText.search}</a>${frame.full && html` | <a href="${frame.full}">${words.full}</a>`}</p><hr></header><main>${frame.main}</main><footer><hr><p><a href="/text">${siteText.front}</a> | <a href="/about">${siteText.about}</a> | <a href="/corrections">${siteText.corrections}</a> | <a href="/privacy">${siteText.privacy}</a></p></footer></body></html>`;
  return page(markup, {
    status: frame.status ?? 200,
    ...(frame.tags ? { tags: ['site', ...frame.tags] } : { noStore: true }),
    expiresAt: Math.min(frame.expiresAt ?? Number.POSITIVE_INFINITY, endOfDay(clock.now(), site.zone)),
  });
}
