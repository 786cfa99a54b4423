import { html, raw, type Html } from '../../site/html.ts';
import { directionOf } from '../../site/language.ts';
import type { Site } from '../../site/site.ts';
import { momentWords } from '../time-words.ts';
import { privacyText } from './text.ts';

const words = privacyText.data.file;

/** A picture within the page, of letters that need no escaping. */
const picturePattern = /^data:image\/webp;base64,[A-Za-z0-9+/=]+$/;

type Paper = Pick<Site, 'name' | 'language' | 'zone'>;

/** The same as the JSON of a download, as a page that is read without the site: a file of its own. */
export function exportPage(paper: Paper, data: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(data).filter(([, value]) => typeof value === 'object' && value !== null);
  const madeAt = momentWords(paper, Number(data.madeAt));
  return html`<!doctype html>
<html lang="${paper.language}" dir="${directionOf(paper.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title(paper.name)}</title><style>
:root{color-scheme:light dark}
body{max-width:44em;margin:2rem auto;padding-inline:1rem;font:1rem/1.5 Georgia,serif}
dt{font-weight:bold;margin-block-start:.5rem}dd{margin-inline-start:1.25rem;white-space:pre-wrap;overflow-wrap:anywhere}
li{margin-block:.75rem;border-block-start:1px solid #8888;padding-block-start:.5rem}
</style></head><body><h1>${words.title(paper.name)}</h1><p>${words.made(madeAt)}</p>${parts.map(([name, value]) => html`<h2>${label(name)}</h2>${valuePart(name, value, paper)}`)}</body></html>
`.toString();
}

function valuePart(name: string, value: unknown, paper: Paper): Html {
  if (value === null || value === undefined || value === '') return html`${words.nothing}`;
  if (Array.isArray(value))
    return value.length === 0
      ? html`${words.nothing}`
      : html`<ol>${value.map((each) => html`<li>${valuePart(name, each, paper)}</li>`)}</ol>`;
  if (typeof value === 'object')
    return html`<dl>${Object.entries(value).map(([key, each]) => html`<dt>${label(key)}</dt><dd>${valuePart(key, each, paper)}</dd>`)}</dl>`;
  if (typeof value === 'boolean') return html`${value ? words.yes : words.no}`;
  if (typeof value === 'number' && /(?:^at|At)$/.test(name)) return html`${momentWords(paper, value)}`;
  const text = String(value);
  return picturePattern.test(text) ? raw(`<img alt="" src="${text}">`) : html`${text}`;
}

/** `lastSeenAt` is read as 'Last seen'. */
function label(key: string): string {
  const spaced = key
    .replace(/At$/, '')
    .replace(/[-_]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}
