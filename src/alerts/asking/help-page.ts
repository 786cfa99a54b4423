import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { deviceOf } from '../../readers/index.ts';
import { guideOf } from './guide-of.ts';
import { guides, helpText as words, type Guide } from './help-text.ts';

/** `/alerts/help`: how to allow notifications again in the browser that asks, or in the one of `?browser=`. */
export function helpPage(context: DomainContext, request: Request): Promise<Answer> {
  const own = guideOf(request.headers);
  const asked = guides.find((guide) => guide === request.query.get('browser'));
  const guide = asked ?? own.guide;
  const texts = words.guide(new URL(context.site.origin).host);
  const { name, note, steps } = texts[guide];
  const others = guides
    .filter((each) => each !== guide)
    .map(
      (each: Guide) =>
        html`<li><a class="text-link" href="${`/alerts/help?browser=${each}`}">${texts[each].name}</a></li>`,
    );
  const yours = asked === undefined || asked === own.guide;
  const device = yours && html`<p class="meta">${words.yours(deviceOf(request.headers['user-agent']))}</p>`;
  const hint = yours && html`<h2>${words.system}</h2><p>${words.systems[own.system]}</p>`;
  return context.frame(request, {
    title: words.title,
    canonical: '/alerts/help',
    main: html`<div class="wrap list-page alert-help"><h1>${words.title}</h1><p class="lede">${words.lede}</p><section><h2>${name}</h2>${device}${note && html`<p>${note}</p>`}<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol><p>${words.afterwards}</p><p class="actions"><a class="pill main" href="/alerts/ask">${words.toAsk}</a><a class="pill" href="/alerts">${words.toAlerts}</a></p>${hint}</section><section><h2>${words.others}</h2><ul>${others}</ul></section></div>`,
    kind: 'alerts',
    robots: 'noindex',
    noStore: true,
  });
}
