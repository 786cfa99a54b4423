import type { Route } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { askingRoutes } from './asking/routes.ts';
import type { BrowserParts } from './subscriptions/parts.ts';
import { browserRoutes } from './subscriptions/routes.ts';

/** All that readers and their browsers see and do about alerts. */
export function alertsRoutes(context: DomainContext, parts: BrowserParts): Route[] {
  return [...browserRoutes(context, parts), ...askingRoutes(context, parts)];
}
