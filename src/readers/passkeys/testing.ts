import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What an authenticator is made to say; all as it should be when left out. */
export interface Saying {
  readonly type?: string;
  readonly origin?: string;
  readonly challenge?: string;
  readonly host?: string;
  /** Present 1, verified 4, with a key 64. */
  readonly flags?: number;
  readonly counter?: number;
  /** Id of the key within the data. */
  readonly attested?: string;
}

export const encode = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

export function spki({ publicKey }: { readonly publicKey: KeyObject }): string {
  return encode(publicKey.export({ type: 'spki', format: 'der' }));
}

/** A device with one key for one site, in software, that says what it is told to and signs it rightly. */
export class TestAuthenticator {
  readonly pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  readonly credentialId = encode(randomBytes(16));
  readonly origin: string;
  /** Whose key it is; as the site told it when the key was made. */
  userHandle = '';
  counter = 0;

  constructor(origin: string, kind: 'ES256' | 'RS256' = 'ES256') {
    this.origin = origin;
    this.pair =
      kind === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
  }

  /** A new key, as the island sends it. @param more instead of what the response holds */
  create(challenge: string, saying: Saying = {}, more: object = {}) {
    const attested = { flags: 0x45, attested: this.credentialId, ...saying };
    return {
      id: this.credentialId,
      type: 'public-key' as const,
      response: {
        clientDataJSON: encode(this.#client('webauthn.create', challenge, saying)),
        authenticatorData: encode(this.#data(attested)),
        publicKey: spki(this.pair),
        publicKeyAlgorithm: this.pair.publicKey.asymmetricKeyType === 'ec' ? (-7 as const) : (-257 as const),
        transports: ['internal'],
        ...more,
      },
    };
  }

  /** The answer to a sign-in, as the island sends it. */
  get(challenge: string, saying: Saying = {}) {
    const data = this.#data(saying);
    const client = this.#client('webauthn.get', challenge, saying);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return {
      id: this.credentialId,
      type: 'public-key' as const,
      response: {
        clientDataJSON: encode(client),
        authenticatorData: encode(data),
        signature: encode(sign('sha256', signed, this.pair.privateKey)),
        userHandle: this.userHandle,
      },
    };
  }

  /** Web Authentication Level 3, section 6.1. */
  #data({ host = new URL(this.origin).hostname, flags = 5, counter, attested }: Saying): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? (this.counter += 1));
    const id = Buffer.from(attested ?? '', 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const key = attested === undefined ? [] : [Buffer.alloc(16), length, id, Buffer.from([0xa0])];
    return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([flags]), count, ...key]);
  }

  #client(type: string, challenge: string, saying: Saying): string {
    return JSON.stringify({
      type: saying.type ?? type,
      challenge: saying.challenge ?? challenge,
      origin: saying.origin ?? this.origin,
    });
  }
}
