import { html, type Html } from './html.ts';

/** Icons are drawn on a grid of 20, in lines of the text's own colour; the words beside them say what they mean. */
const frame = (paths: Html): Html =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  search: frame(html`<circle cx="8.5" cy="8.5" r="5.5" /><path d="m12.8 12.8 4.2 4.2" />`),
  reader: frame(
    html`<circle cx="10" cy="6.6" r="3.4" /><path d="M3.6 17c.6-3.300 3.200-5 6.400-5s5.800 1.700 6.400 5" />`,
  ),
  share: frame(html`<path d="M10 12.5V2.8M6.4 6 10 2.6 13.6 6M4 10.500v6.700h12v-6.7" />`),
  link: frame(
    html`<path d="M8.3 11.700a3.5 3.5 0 0 0 5 0l2.7-2.700a3.5 3.5 0 0 0-5-5l-1 1M11.7 8.300a3.5 3.5 0 0 0-5 0L4 11a3.5 3.5 0 0 0 5 5l1-1" />`,
  ),
  mail: frame(html`<path d="M2.5 5h15v10.500h-15zM2.8 5.4 10 11l7.2-5.6" />`),
  print: frame(html`<path d="M5.5 7.500V3h9v4.500M5.5 14H3V7.500h14V14h-2.500M5.5 11.500h9V17h-9z" />`),
  next: frame(html`<path class="flips" d="m7.5 4 6 6-6 6" />`),
  previous: frame(html`<path class="flips" d="m12.5 4-6 6 6 6" />`),
  play: frame(html`<path class="flips" d="M6 3.800v12.400L16.2 10z" />`),
  feed: frame(
    html`<path d="M4 10a6 6 0 0 1 6 6M4 4.500A11.5 11.5 0 0 1 15.5 16" /><circle cx="4.9" cy="15.1" r=".9" />`,
  ),
  bell: frame(
    html`<path d="M5 13.500V9a5 5 0 0 1 10 0v4.500l1.500 1.500h-13zM8.200 17.200a2 2 0 0 0 3.600 0" />`,
  ),
};
