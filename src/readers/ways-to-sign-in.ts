import type { Request } from '../platform/http/route-table.ts';
import type { DomainContext } from '../site/context.ts';
import { html, type Html } from '../site/html.ts';
import { passkeyButton } from './passkeys/passkeys-part.ts';
import { waysPart } from './providers/choices-part.ts';
import { providersText } from './providers/text.ts';
import { waysOf, type Way } from './providers/ways.ts';

/** What stands below the field for the mail address: a passkey, the publisher's own login, providers. */
export function signInChoices(
  context: DomainContext,
  request: Pick<Request, 'query'>,
  ways: readonly Way[] = waysOf(context),
): Html {
  return html`<div class="ways" role="group" aria-label="${providersText.or}">${passkeyButton(request)}${waysPart(ways, request)}</div>`;
}
