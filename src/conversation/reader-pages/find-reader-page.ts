import type { Kysely } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { findReaderByHandle, type Reader } from '../../readers/index.ts';
import { isThere } from '../follows/policy.ts';
import { readerPagesText as words } from './text.ts';

/** Nobody is here, or nobody whom this reader may see: the same answer for both. */
export function noReaderPage(): AppError {
  return new AppError('page.not-found', words.notFound, { status: 404 });
}

/**
 * Whose page an address names.
 * @returns the reader, or where a handle that was given up leads now
 * @throws AppError `page.not-found`, also of one who has left
 */
export async function findReaderPage(
  db: Kysely<Tables>,
  { params, url }: Request,
): Promise<{ readonly reader: Reader } | { readonly moved: Answer }> {
  const handle = params.handle!;
  const reader = await findReaderByHandle(db, handle);
  if (!reader || !isThere(reader)) throw noReaderPage();
  if (reader.handle === handle) return { reader };
  const rest = url.pathname.split('/').slice(3).join('/');
  const to = `/readers/${reader.handle}${rest && `/${rest}`}${url.search}`;
  return { moved: redirect(to, 301, { noStore: true }) };
}
