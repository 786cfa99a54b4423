import type { Route } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { decisionRoutes } from './decisions/decision-routes.ts';
import type { ModerationHandlers } from './decisions/decision.ts';
import { guidelinesPage } from './guidelines-page.ts';
import { noticeRoutes } from './notices/notice-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';

/** The reader's side of moderation. */
export function moderationRoutes(context: DomainContext, handlers: ModerationHandlers): Route[] {
  return [
    {
      method: 'GET',
      path: '/guidelines',
      name: 'guidelines',
      who: 'anyone',
      proof: 'none',
      stored: true,
      handle: (request) => guidelinesPage(context, request),
    },
    ...reportRoutes(context, handlers),
    ...noticeRoutes(context, handlers),
    ...decisionRoutes(context, handlers),
  ];
}
