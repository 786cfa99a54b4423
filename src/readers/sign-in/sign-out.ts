import { redirect } from '../../platform/http/answers.ts';
import { setCookie } from '../../platform/http/cookies.ts';
import type { Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { said } from '../account/said.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { sessionCookie } from '../sessions/session.ts';
import { setSignInCookie } from './pending.ts';
import { returnPath } from './return-path.ts';

/** Signing out of this browser, or of all. What is on the device for this account alone is forgotten with it. */
export function signOutRoutes({ database, config }: DomainContext): Route[] {
  const { origin } = config;
  return [
    {
      method: 'POST',
      path: '/sign-out',
      name: 'sign-out',
      // Whoever is signed out already is answered alike: the press was about that.
      who: 'anyone',
      proof: 'same-origin',
      async handle({ identity, body }) {
        const { to, scope } = (body ?? {}) as { to?: unknown; scope?: unknown };
        if (identity) {
          const only = scope === 'all' ? {} : { only: identity.session.id };
          await database.write((tx) => endSessions(tx, identity.id, only));
        }
        return redirect(returnPath(origin, to ?? '/'), 303, {
          noStore: true,
          cookies: [
            setCookie(origin, { name: sessionCookie, value: '', seconds: 0 }),
            setSignInCookie(origin, undefined),
            said(origin, 'signed-out'),
          ],
        });
      },
    },
  ];
}
