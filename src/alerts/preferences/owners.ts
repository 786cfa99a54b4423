import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import type { Request } from '../../platform/http/route-table.ts';
import type { AlertOwner } from '../alert.ts';
import type { Browser } from '../subscriptions/browser.ts';
import { findBrowser } from '../subscriptions/browsers.ts';
import { preferencesText } from './text.ts';

/** Whose choices a form changes. */
export type OwnerName = 'reader' | 'browser';

/** Whose choices somebody who asks can see and change: those of who is signed in, and those of the browser that asks. */
export interface Owners {
  readonly reader: AlertOwner | undefined;
  readonly browser: Browser | undefined;
}

export async function ownersOf(db: Kysely<Tables>, origin: string, request: Request): Promise<Owners> {
  const browser = await findBrowser(db, origin, request);
  return { reader: request.identity && `reader:${request.identity.id}`, browser };
}

/** @throws AppError `alert.no-owner` where nobody is signed in, or the browser has not asked for alerts */
export function ownerNamed({ reader, browser }: Owners, name: OwnerName): AlertOwner {
  const { noOwner, signedOut } = preferencesText.errors;
  if (name === 'reader') {
    if (reader) return reader;
    throw new AppError('alert.no-owner', signedOut, { status: 403 });
  }
  if (browser) return `browser:${browser.id}`;
  throw new AppError('alert.no-owner', noOwner, { status: 403 });
}
