import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import type { BrowserParts } from '../subscriptions/parts.ts';
import { askPart, loadAsk } from './ask-part.ts';
import { askingText as words } from './text.ts';

/** `/alerts/ask?story=CODE`: what pressing a bell shows; a page of its own without scripts. */
export async function askPage(
  context: DomainContext,
  parts: Pick<BrowserParts, 'pushKey'>,
  request: Request,
): Promise<Answer> {
  const view = await loadAsk(context, parts, request);
  return context.frame(request, {
    title: words.title,
    canonical: '/alerts/ask',
    main: html`<div class="wrap list-page"><h1>${words.bell}</h1>${askPart(view, context.site)}</div>`,
    kind: 'alerts',
    islands: ['ask-alerts'],
    robots: 'noindex',
    noStore: true,
  });
}
