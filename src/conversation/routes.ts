import type { Route } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { followRoutes } from './follows/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { readerPageRoutes } from './reader-pages/routes.ts';
import { threadRoutes } from './threads/routes.ts';

/** All that readers see and do in the conversation. */
export function conversationRoutes(context: DomainContext): Route[] {
  return [
    ...threadRoutes(context),
    ...followRoutes(context),
    ...noticeRoutes(context),
    ...readerPageRoutes(context),
  ];
}
