import type { Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { followsPage } from './follows-page.ts';
import { readerPage } from './reader-page.ts';

/** Pages about readers. Who follows whom depends on who asks, and is never kept. */
export function readerPageRoutes(context: DomainContext): Route[] {
  const follows = (side: 'followers' | 'following'): Route => ({
    method: 'GET',
    path: `/readers/:handle/${side}`,
    name: `reader-${side}`,
    who: 'anyone',
    proof: 'none',
    handle: (request: Request) => followsPage(context, side, request),
  });
  return [
    {
      method: 'GET',
      path: '/readers/:handle',
      name: 'reader',
      who: 'anyone',
      proof: 'none',
      stored: true,
      handle: (request) => readerPage(context, request),
    },
    follows('followers'),
    follows('following'),
  ];
}
