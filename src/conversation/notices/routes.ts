import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { answerInbox, inboxCount, inboxPage, openNotice } from './inbox-page.ts';

/** The inbox. */
export function noticeRoutes(context: DomainContext): Route[] {
  const own = (path: string, name: string, handle: (request: Request) => Promise<Answer>): Route => ({
    method: 'GET',
    path,
    name,
    who: 'reader',
    proof: 'none',
    handle,
  });
  return [
    own('/inbox', 'inbox', (request) => inboxPage(context, request)),
    own('/inbox/count', 'inbox-count', (request) => inboxCount(context, request)),
    own('/inbox/:id', 'notice', (request) => openNotice(context, request)),
    {
      ...own('/inbox', 'mark-notices', (request) => answerInbox(context, request)),
      method: 'POST',
      proof: 'same-origin',
    },
  ];
}
