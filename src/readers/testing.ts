import type { Database } from '../platform/database/database.ts';
import { cookieName } from '../platform/http/cookies.ts';
import { createReader } from './create-reader.ts';
import type { Reader, Role } from './reader.ts';
import { findReader } from './readers.ts';
import { beginSession } from './sessions/begin-session.ts';
import { sessionCookie } from './sessions/session.ts';

export interface SignedInReader {
  readonly reader: Reader;
  /** The value of a Cookie header. */
  readonly cookie: string;
  /** Headers of a form that this reader sends from a page of ours. */
  readonly headers: Readonly<Record<string, string>>;
}

let count = 0;

/** A reader with a name and a handle who is signed in. @param options.origin of the site */
export async function signedInReader(
  database: Database,
  options: {
    readonly origin?: string;
    readonly handle?: string;
    readonly name?: string;
    readonly email?: string;
    readonly roles?: readonly Role[];
  } = {},
): Promise<SignedInReader> {
  count += 1;
  const handle = options.handle ?? `reader${count}`;
  const { id, token } = await database.write(async (tx) => {
    const { id } = await createReader(tx, { email: options.email ?? `${handle}@readers.example` });
    await tx.db
      .updateTable('reader')
      .set({
        handle,
        handle_look: handle,
        name: options.name ?? `Reader ${count}`,
        roles: JSON.stringify(options.roles ?? []),
        guidelines_at: tx.now,
      })
      .where('id', '=', id)
      .execute();
    await tx.db
      .insertInto('reader_handle')
      .values({ handle, reader_id: id, since: tx.now, until: null })
      .execute();
    const { token } = await beginSession(tx, { reader: id, method: 'code', device: 'A test' });
    return { id, token };
  });
  const reader = (await findReader(database.read, id))!;
  const cookie = `${cookieName(options.origin ?? 'https://paper.example', sessionCookie)}=${token}`;
  return { reader, cookie, headers: { cookie, 'sec-fetch-site': 'same-origin' } };
}
