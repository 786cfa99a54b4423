import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import { buttonForm } from '../../readers/index.ts';
import { formatDateTime, fromInstant } from '../../stories/index.ts';
import type { Browser } from '../subscriptions/browser.ts';
import { preferencesText } from './text.ts';

const words = preferencesText.here;

/** One button beside a browser, which leads to a page that says what was done. */
export function browserButton(
  act: 'test' | 'remove' | 'adopt' | 'disown',
  label: string,
  browser?: { readonly id: string; readonly spoken: string },
): Html {
  return buttonForm({
    action: '/alerts/browsers',
    label,
    ...(browser && { spoken: browser.spoken }),
    fields: { act, ...(browser && { id: browser.id }) },
    isInline: false,
  });
}

/** Whether this browser may show alerts and does; the island `alert-state` keeps it true while the page is open. */
export function statePart(browser: Browser | undefined): Html {
  const { says } = words;
  const help = (text: string, link: string) =>
    html`${text} <a class="text-link" href="/alerts/help">${link}</a>`;
  const lines = {
    unasked: says.unasked,
    denied: help(says.denied, says.deniedHelp),
    ready: says.ready,
    on: says.on,
    unsupported: help(says.unsupported, says.unsupportedHelp),
  };
  const said = Object.entries(lines).map(([key, text]) => html`<p hidden data-say="${key}">${text}</p>`);
  return html`<alert-state${attributes({ 'data-known': browser?.isSubscribed })}><p role="status" data-said>${browser?.isSubscribed ? words.on : words.off}</p>${said}</alert-state><noscript><p class="meta">${words.noScripts}</p></noscript>`;
}

/** The browsers in which a reader's own alerts ring. */
export function browsersPart(
  { site }: Pick<DomainContext, 'site'>,
  browsers: readonly Browser[],
  here: string | undefined,
): Html {
  const { browsers: list } = preferencesText;
  if (browsers.length === 0) return html`<p class="meta">${list.none}</p>`;
  const rows = browsers.map(({ id, label, isSubscribed, deliveredAt }) => {
    const delivered =
      deliveredAt === undefined
        ? list.neverDelivered
        : list.delivered(formatDateTime(fromInstant(deliveredAt, site.zone), site.language));
    const test = isSubscribed && browserButton('test', list.test, { id, spoken: list.testOf(label) });
    const remove = browserButton('remove', list.remove, { id, spoken: list.removeOf(label) });
    return html`<li><div><b>${label}</b>${id === here && html` <span class="meta">${list.here}</span>`}<p class="meta">${isSubscribed ? delivered : list.off}</p></div><div class="actions">${test}${remove}</div></li>`;
  });
  return html`<ul class="devices">${rows}</ul>`;
}
