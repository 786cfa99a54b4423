import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Passkey } from './passkey.ts';
import { evenSignature } from './signature.ts';
import { passkeysText as words } from './text.ts';

/** Base64url of something that is never large. */
const encoded = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most);

const registration = z.object({
  id: encoded(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: encoded(4000),
    authenticatorData: encoded(8000),
    publicKey: encoded(2000),
    publicKeyAlgorithm: z.literal([-7, -257]),
    transports: z.array(z.string().max(30)).max(10).catch([]),
  }),
});

const authentication = z.object({
  id: encoded(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: encoded(4000),
    authenticatorData: encoded(8000),
    signature: encoded(2000),
    userHandle: encoded(200).nullish(),
  }),
});

export type Registration = z.output<typeof registration>;
export type Authentication = z.output<typeof authentication>;

/** Where passkeys belong to: they work on no other host. */
export interface Site {
  /** Of the site, as browsers write it. */
  readonly origin: string;
  /** The relying party's id (Web Authentication Level 3, section 5.1.2): the host. */
  readonly host: string;
}

export function passkeySite(origin: string): Site {
  return { origin, host: new URL(origin).hostname };
}

/** What a browser sends in the field `credential`. @throws AppError `passkey.wrong` */
export function readRegistration(given: unknown): Registration {
  return read(registration, given, words.account.wrong);
}

/** What a browser sends in the field `credential`. @throws AppError `passkey.wrong` */
export function readAuthentication(given: unknown): Authentication {
  return read(authentication, given, words.refused);
}

const clientData = z.object({ challenge: encoded(200), crossOrigin: z.boolean().optional() });

/** The challenge that was signed, not checked yet. @throws AppError `passkey.wrong` */
export function challengeOf({ response }: Registration | Authentication): string {
  try {
    const data = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')) as unknown;
    const { challenge, crossOrigin } = clientData.parse(data);
    if (crossOrigin) throw new Error('It was made in a frame of another site.');
    return challenge;
  } catch (cause) {
    throw wrong(words.refused, cause);
  }
}

/**
 * Check a new passkey: that it was made on this site, for this challenge, by a person whom the device knows. Which
 * factory made the device is not asked.
 * @throws AppError `passkey.wrong`
 */
export async function checkRegistration(
  given: Registration,
  expected: Site & { readonly challenge: string },
): Promise<Omit<Passkey, 'id' | 'readerId' | 'createdAt' | 'usedAt'>> {
  try {
    const { server } = await import('@passwordless-id/webauthn');
    const json = {
      ...given,
      rawId: given.id,
      user: { name: '' },
      clientExtensionResults: {},
      response: { ...given.response, attestationObject: '', transports: [] },
    };
    const made = await server.verifyRegistration(json, {
      challenge: expected.challenge,
      origin: expected.origin,
      domain: expected.host,
      userVerified: true,
    });
    if (attestedId(given.response.authenticatorData) !== given.id)
      throw new Error('The key is called otherwise than the device calls it.');
    requireUsableKey(given.response.publicKey, given.response.publicKeyAlgorithm);
    return {
      credentialId: given.id,
      publicKey: given.response.publicKey,
      algorithm: given.response.publicKeyAlgorithm === -7 ? 'ES256' : 'RS256',
      transports: given.response.transports,
      counter: made.authenticator.counter,
      isSynced: made.synced,
      name: /unknown/i.test(made.authenticator.name) ? '' : made.authenticator.name,
    };
  } catch (cause) {
    throw wrong(words.account.wrong, cause);
  }
}

/**
 * Check that a passkey signed this challenge on this site, for a person whom the device knows.
 * @returns what the device has counted to
 * @throws AppError `passkey.wrong`
 */
export async function checkAuthentication(
  given: Authentication,
  passkey: Passkey,
  expected: Site & { readonly challenge: string },
): Promise<number> {
  try {
    const { userHandle } = given.response;
    if (userHandle && Buffer.from(userHandle, 'base64url').toString('utf8') !== passkey.readerId)
      throw new Error('The device takes the key for that of another reader.');
    const { server } = await import('@passwordless-id/webauthn');
    const { signature } = given.response;
    const json = {
      id: given.id,
      rawId: given.id,
      type: given.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: given.response.clientDataJSON,
        authenticatorData: given.response.authenticatorData,
        signature: passkey.algorithm === 'ES256' ? evenSignature(signature) : signature,
      },
    };
    const key = {
      id: passkey.credentialId,
      publicKey: passkey.publicKey,
      algorithm: passkey.algorithm,
      transports: [],
    };
    const used = await server.verifyAuthentication(json, key, {
      challenge: expected.challenge,
      origin: expected.origin,
      domain: expected.host,
      userVerified: true,
      counter: passkey.counter,
    });
    return used.counter;
  } catch (cause) {
    throw wrong(words.refused, cause);
  }
}

/** The id within authenticator data (Web Authentication Level 3, section 6.1): after 37 bytes and the 16 of the model. */
function attestedId(authenticatorData: string): string {
  const bytes = Buffer.from(authenticatorData, 'base64url');
  const hasKey = bytes.length > 55 && (bytes[32]! & 0x40) !== 0;
  if (!hasKey) throw new Error('There is no key in it.');
  return bytes.subarray(55, 55 + bytes.readUInt16BE(53)).toString('base64url');
}

/** A key that the next sign-in could not use is told of now. */
function requireUsableKey(publicKey: string, algorithm: number): void {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const isUsable =
    algorithm === -7
      ? namedCurve === 'prime256v1'
      : key.asymmetricKeyType === 'rsa' && modulusLength >= 2048 && modulusLength <= 4096;
  if (!isUsable) throw new Error('The key is not of the kind that it says.');
}

function read<T>(schema: z.ZodType<T>, given: unknown, message: string): T {
  try {
    return schema.parse(JSON.parse(String(given)));
  } catch (cause) {
    throw wrong(message, cause);
  }
}

function wrong(message: string, cause: unknown): AppError {
  return new AppError('passkey.wrong', message, { status: 400, cause });
}
