import { json } from '../../platform/http/answers.ts';
import type { Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { answerBrowser } from './answer-browser.ts';
import { answerSeen } from './answer-seen.ts';
import { changeBrowser } from './change-browser.ts';
import type { BrowserParts } from './parts.ts';
import { serviceWorkerRoute } from './service-worker-route.ts';

/** What a household or a mast may tell of alerts in a minute: thousands of phones can stand behind one address. */
const seenPerMinute = 1200;

/** What browsers tell of themselves, and what readers do with them. */
export function browserRoutes(context: DomainContext, parts: BrowserParts): Route[] {
  const write = (path: string, name: string, handle: Route['handle'], more: Partial<Route> = {}): Route => ({
    method: 'POST',
    path,
    name,
    who: 'anyone',
    proof: 'same-origin',
    bodyLimit: 16 * 1024,
    handle,
    ...more,
  });
  return [
    serviceWorkerRoute(parts.dist),
    {
      method: 'GET',
      path: '/alerts/key',
      name: 'push-key',
      who: 'anyone',
      proof: 'none',
      handle: async () => json({ key: (await parts.pushKey()).public }, { noStore: true }),
    },
    write('/alerts/browser', 'browser', (request) => answerBrowser(context, parts, request)),
    write('/alerts/browsers', 'change-browser', (request) => changeBrowser(context, parts, request)),
    write('/alerts/seen', 'alert-seen', (request) => answerSeen(parts, request), {
      perMinute: seenPerMinute,
      bodyLimit: 1024,
    }),
  ];
}
