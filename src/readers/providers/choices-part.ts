import type { Request } from '../../platform/http/route-table.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm } from '../account/form.ts';
import type { Way } from './ways.ts';
import { providersText as words } from './text.ts';

/** A button for each further way to sign in. @param ways in their order */
export function waysPart(ways: readonly Way[], request: Pick<Request, 'query'>): Html | undefined {
  if (ways.length === 0) return undefined;
  const to = request.query.get('to');
  const buttons = ways.map(({ id, name }) =>
    buttonForm({
      action: `/sign-in/with/${id}`,
      label: words.goOn(name),
      fields: to === null ? {} : { to },
      // It leads to another site.
      isInline: false,
    }),
  );
  return html`${buttons}`;
}
