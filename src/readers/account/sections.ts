import type { Identity, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';

/** A part of the account page, with its heading; undefined where there is nothing to show. */
export type AccountSection = (
  context: DomainContext,
  request: Request,
  identity: Identity,
) => Promise<Html | undefined> | Html | undefined;

/** Further parts, in their order: other rooms put theirs in here. */
export const accountSections: readonly AccountSection[] = [];

/** @param part.id by which its address leads there, as in /account#devices */
export function sectionPart(part: {
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}): Html {
  return html`<section class="account-section" aria-labelledby="${part.id}"><h2 id="${part.id}">${part.heading}</h2>${part.body}</section>`;
}
