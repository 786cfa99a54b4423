import { passkeyData } from '../passkeys/passkeys.ts';
import { loginData } from '../providers/logins.ts';
import { accountData } from './account-data.ts';
import type { ReaderData } from './reader-data.ts';

/** What the rooms of readers hold. */
export const ownData: readonly ReaderData[] = [accountData, passkeyData, loginData];
