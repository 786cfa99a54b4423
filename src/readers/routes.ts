import type { Route } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import type { ReadersOptions } from './options.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { signOutRoutes } from './sign-in/sign-out.ts';

/** Every address of the readers' own accounts. */
export function readersRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  return [...signInRoutes(context, options), ...signOutRoutes(context)];
}
