import type { Identity, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import type { Html } from '../../site/html.ts';
import { decisionsPart } from './decisions-part.ts';
import { passkeysPart } from '../passkeys/passkeys-part.ts';
import { privacySection } from '../privacy/privacy-part.ts';
import { loginsPart } from '../providers/logins-part.ts';

/** A part of the account page, with its heading; undefined where there is nothing to show. */
export type AccountSection = (
  context: DomainContext,
  request: Request,
  identity: Identity,
) => Promise<Html | undefined> | Html | undefined;

/** Further parts, in their order: other rooms put theirs in here. */
export const accountSections: readonly AccountSection[] = [
  passkeysPart,
  loginsPart,
  decisionsPart,
  privacySection,
];
