import type { Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { answerChoices, answerWhen } from './answers.ts';
import { allPage, onePage } from './one-page.ts';
import { preferencesPage } from './preferences-page.ts';

/** What one hears of, how and when: for an account, and for a browser without one. */
export function preferenceRoutes(context: DomainContext): Route[] {
  const own = (path: string, name: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    name,
    who: 'anyone',
    proof: 'none',
    handle,
  });
  const write = (path: string, name: string, handle: Route['handle']): Route => ({
    ...own(path, name, handle),
    method: 'POST',
    proof: 'same-origin',
    bodyLimit: 32 * 1024,
  });
  return [
    own('/alerts', 'alerts', (request) => preferencesPage(context, request)),
    own('/alerts/one', 'alert-choice', (request) => onePage(context, request)),
    own('/alerts/all', 'alert-choices', (request) => allPage(context, request)),
    write('/alerts/choices', 'choose-alerts', (request) => answerChoices(context, request)),
    write('/alerts/when', 'alert-times', (request) => answerWhen(context, request)),
  ];
}
