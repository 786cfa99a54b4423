import type { Request, Route } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { accountRoutes } from './account/routes.ts';
import { emailRoutes } from './email/routes.ts';
import type { ReadersOptions } from './options.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { providerRoutes } from './providers/routes.ts';
import { profileRoutes } from './profile/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { signOutRoutes } from './sign-in/sign-out.ts';
import { ssoRoutes } from './sso/routes.ts';
import { signInChoices } from './ways-to-sign-in.ts';

/** Every address of the readers' own accounts. */
export function readersRoutes(context: DomainContext, given: ReadersOptions): Route[] {
  const options = { choices: (request: Request) => signInChoices(context, request), ...given };
  return [
    ...signInRoutes(context, options),
    ...signOutRoutes(context),
    ...profileRoutes(context, options),
    ...accountRoutes(context, options),
    ...passkeyRoutes(context, options),
    ...providerRoutes(context, options),
    ...ssoRoutes(context, options),
    ...emailRoutes(context),
    ...privacyRoutes(context),
  ];
}
