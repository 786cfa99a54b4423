import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import type { Answer, Request } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { html, type Html } from '../site/html.ts';
import { loadRulebook } from './settings/rulebook.ts';
import { moderationText } from './text.ts';

const words = moderationText.guidelines;

/** `/guidelines` */
export async function guidelinesPage(context: DomainContext, request: Request): Promise<Answer> {
  return context.frame(request, {
    title: words.title,
    description: words.lede,
    canonical: '/guidelines',
    main: html`<div class="wrap list-page"><h1>${words.title}</h1><p class="lede">${words.lede}</p><div class="prose">${await guidelinesPart(context.database.read)}</div></div>`,
    kind: 'about',
    tags: ['guidelines'],
  });
}

/**
 * The forum's guidelines as the paper wrote them, else those of the house.
 * @param level of their headings
 */
export async function guidelinesPart(db: Kysely<Tables>, level: 2 | 3 = 2): Promise<Html> {
  const { settings } = await loadRulebook(db);
  const text = settings.guidelines || words.body;
  const blocks = text.split(/\n\s*\n/).flatMap((block) => {
    const plain = block.trim();
    if (plain === '') return [];
    return plain.startsWith('#')
      ? [headingPart(plain.replace(/^#+\s*/, ''), level)]
      : [html`<p>${linkedPart(plain)}</p>`];
  });
  return html`${blocks}`;
}

function headingPart(text: string, level: 2 | 3): Html {
  return level === 2 ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`;
}

/** A link is `[words](address)`. */
function linkedPart(text: string): Html[] {
  return text.split(/(\[[^\][]{1,300}\]\([^()\s]{1,1000}\))/).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    return link ? html`<a href="${link[2]!}">${link[1]!}</a>` : html`${part}`;
  });
}
