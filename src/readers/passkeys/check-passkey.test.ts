import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import type { AppError } from '../../platform/errors.ts';
import {
  challengeOf,
  checkAuthentication,
  checkRegistration,
  passkeySite,
  readAuthentication,
  readRegistration,
  type Authentication,
} from './check-passkey.ts';
import { passkeyName, type Passkey } from './passkey.ts';
import { evenSignature } from './signature.ts';

const site = passkeySite('https://paper.example');
const challenge = 'c'.repeat(43);
const reader = '019ab000-0000-7000-8000-000000000001';
const credentialId = Buffer.from('a credential').toString('base64url');
const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rs256 = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url');
const spki = (pair: { publicKey: KeyObject }) =>
  encode(pair.publicKey.export({ type: 'spki', format: 'der' }));

interface Made {
  readonly type?: string;
  readonly origin?: string;
  readonly challenge?: string;
  readonly host?: string;
  /** Present 1, verified 4, with a key 64. */
  readonly flags?: number;
  readonly counter?: number;
  readonly attested?: string;
}

/** What an authenticator says (Web Authentication Level 3, section 6.1). */
function dataOf({ host = 'paper.example', flags = 5, counter = 7, attested }: Made): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  const id = Buffer.from(attested ?? '', 'base64url');
  const length = Buffer.from([id.length >> 8, id.length & 255]);
  const key = attested === undefined ? [] : [Buffer.alloc(16), length, id, Buffer.from([0xa0])];
  return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([flags]), count, ...key]);
}

function clientOf(made: Made, type: string): Buffer {
  const said = {
    type: made.type ?? type,
    challenge: made.challenge ?? challenge,
    origin: made.origin ?? site.origin,
  };
  return Buffer.from(JSON.stringify(said));
}

/** An answer to a sign-in, rightly signed, whatever it says. */
function answer(made: Made = {}, pair: { privateKey: KeyObject } = es256): Authentication {
  const data = dataOf(made);
  const client = clientOf(made, 'webauthn.get');
  const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
  return {
    id: credentialId,
    type: 'public-key',
    response: {
      clientDataJSON: encode(client),
      authenticatorData: encode(data),
      signature: encode(sign('sha256', signed, pair.privateKey)),
      userHandle: encode(reader),
    },
  };
}

function passkeyOf(more: Partial<Passkey> = {}): Passkey {
  return {
    id: '1',
    readerId: reader,
    credentialId,
    publicKey: spki(es256),
    algorithm: 'ES256',
    transports: [],
    counter: 6,
    isSynced: false,
    name: 'Phone',
    createdAt: 0,
    usedAt: undefined,
    ...more,
  };
}

function registration(made: Made = {}, more: object = {}) {
  return {
    id: credentialId,
    type: 'public-key' as const,
    response: {
      clientDataJSON: encode(clientOf(made, 'webauthn.create')),
      authenticatorData: encode(dataOf({ flags: 0x45, attested: credentialId, ...made })),
      publicKey: spki(es256),
      publicKeyAlgorithm: -7 as const,
      transports: ['internal'],
      ...more,
    },
  };
}

const isWrong = (error: AppError) => error.code === 'passkey.wrong';
const expected = { ...site, challenge };

describe('the answer of a passkey', () => {
  it('is taken when it was signed for this challenge on this site', async () => {
    assert.equal(await checkAuthentication(answer(), passkeyOf(), expected), 7);
    const older = passkeyOf({ publicKey: spki(rs256), algorithm: 'RS256' });
    assert.equal(await checkAuthentication(answer({}, rs256), older, expected), 7);
  });

  it('is refused for whatever it says otherwise, however well it is signed', async () => {
    for (const made of [
      { type: 'webauthn.create' },
      { origin: 'https://evil.example' },
      { origin: 'http://paper.example' },
      { origin: 'https://www.paper.example' },
      { challenge: 'd'.repeat(43) },
      { host: 'evil.example' },
      { flags: 4 },
      { flags: 1 },
      { counter: 6 },
      { counter: 0 },
    ])
      await assert.rejects(
        checkAuthentication(answer(made), passkeyOf(), expected),
        isWrong,
        JSON.stringify(made),
      );
  });

  it('is refused for another key, another reader, and another passkey', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const refused: [Authentication, Passkey][] = [
      [answer({}, other), passkeyOf()],
      [answer({}, rs256), passkeyOf()],
      [answer(), passkeyOf({ readerId: 'another' })],
      [answer(), passkeyOf({ credentialId: 'another' })],
    ];
    for (const [given, passkey] of refused)
      await assert.rejects(checkAuthentication(given, passkey, expected), isWrong);
  });

  it('need not count', async () => {
    assert.equal(await checkAuthentication(answer({ counter: 0 }), passkeyOf({ counter: 0 }), expected), 0);
  });

  it('is taken with numbers of every length in its signature', async () => {
    const lengths = new Set<string>();
    for (let made = 0; made < 3000 && lengths.size < 3; made += 1) {
      const given = answer();
      const bytes = Buffer.from(given.response.signature, 'base64url');
      const [r, s] = [bytes[3]!, bytes[5 + bytes[3]!]!];
      const kind = r < 32 ? 'short r' : s < 32 ? 'short s' : 'whole';
      if (lengths.has(kind)) continue;
      lengths.add(kind);
      assert.equal(await checkAuthentication(given, passkeyOf(), expected), 7, kind);
    }
    assert.equal(lengths.size, 3);
  });

  it('is refused where it comes from a frame, or cannot be read', () => {
    const given = answer();
    const framed = { ...given.response, clientDataJSON: encode('{"challenge":"c","crossOrigin":true}') };
    assert.throws(() => challengeOf({ ...given, response: framed }), isWrong);
    assert.equal(challengeOf(given), challenge);
    for (const wrong of [
      undefined,
      '',
      '[]',
      '{}',
      JSON.stringify({ ...given, id: 'no base64url!' }),
      JSON.stringify({ ...given, id: 'a'.repeat(5000) }),
      JSON.stringify({ ...given, response: { ...given.response, signature: 7 } }),
    ])
      assert.throws(() => readAuthentication(wrong), isWrong, wrong);
    assert.deepEqual(readAuthentication(JSON.stringify({ ...given, more: 1 })), given);
  });
});

describe('a new passkey', () => {
  it('is taken with its key', async () => {
    const made = await checkRegistration(readRegistration(JSON.stringify(registration())), expected);
    assert.deepEqual(made, {
      credentialId,
      publicKey: spki(es256),
      algorithm: 'ES256',
      transports: ['internal'],
      counter: 7,
      isSynced: false,
      name: '',
    });
  });

  it('is refused when it was made elsewhere, for something else, or by nobody', async () => {
    for (const [made, more] of [
      [{ type: 'webauthn.get' }],
      [{ origin: 'https://evil.example' }],
      [{ challenge: 'd'.repeat(43) }],
      [{ host: 'evil.example' }],
      [{ flags: 0x41 }],
      [{ flags: 0x05 }],
      [{ attested: encode('another') }],
      [{}, { publicKey: encode('no key') }],
      [{}, { publicKey: spki(rs256) }],
      [{}, { publicKeyAlgorithm: -257 }],
      [{}, { publicKey: spki(generateKeyPairSync('ec', { namedCurve: 'P-384' })) }],
      [
        {},
        { publicKey: spki(generateKeyPairSync('rsa', { modulusLength: 1024 })), publicKeyAlgorithm: -257 },
      ],
    ] as const)
      await assert.rejects(
        checkRegistration(registration(made, more), expected),
        isWrong,
        JSON.stringify([made, more]),
      );
  });

  it('has a name of letters that can be seen', () => {
    assert.equal(passkeyName('  My\tphone \u200b'), 'My phone');
    assert.equal(passkeyName('Ann’s 📱'), 'Ann’s 📱');
    for (const nothing of ['', '  ', '\u202e', 'x'.repeat(61), 7, undefined])
      assert.equal(passkeyName(nothing), undefined);
  });
});

describe('a signature in DER', () => {
  it('says the same when it is made even, and is left alone when it is none', () => {
    const words = Buffer.from('words');
    for (let made = 0; made < 300; made += 1) {
      const even = Buffer.from(evenSignature(encode(sign('sha256', words, es256.privateKey))), 'base64url');
      assert.equal(even.length, 72);
      const raw = Buffer.concat([even.subarray(5, 37), even.subarray(40)]);
      assert.ok(verify('sha256', words, { key: es256.publicKey, dsaEncoding: 'ieee-p1363' }, raw));
    }
    for (const none of ['', 'AA', encode(Buffer.from([0x30, 2, 2, 0])), encode(Buffer.alloc(80, 2))])
      assert.equal(evenSignature(none), none);
  });
});
