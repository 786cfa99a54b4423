import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import type { BrowserParts } from '../subscriptions/parts.ts';
import { askPage } from './ask-page.ts';
import { helpPage } from './help-page.ts';

/** Turning notifications on. */
export function askingRoutes(context: DomainContext, parts: Pick<BrowserParts, 'pushKey'>): Route[] {
  const own = (path: string, name: string, handle: (request: Request) => Promise<Answer>): Route => ({
    method: 'GET',
    path,
    name,
    who: 'anyone',
    proof: 'none',
    handle,
  });
  return [
    own('/alerts/ask', 'ask-alerts', (request) => askPage(context, parts, request)),
    own('/alerts/help', 'alerts-help', (request) => helpPage(context, request)),
  ];
}
