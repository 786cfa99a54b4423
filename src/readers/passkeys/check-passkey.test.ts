import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
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
import { encode, spki, TestAuthenticator, type Saying } from './testing.ts';

const site = passkeySite('https://paper.example');
const challenge = 'c'.repeat(43);
const reader = '019ab000-0000-7000-8000-000000000001';
const device = new TestAuthenticator(site.origin);
const older = new TestAuthenticator(site.origin, 'RS256');
device.userHandle = encode(reader);
older.userHandle = encode(reader);

const answer = (saying: Saying = {}) => device.get(challenge, { counter: 7, ...saying });
const registration = (saying: Saying = {}, more: object = {}) =>
  device.create(challenge, { counter: 7, ...saying }, more);

function passkeyOf(more: Partial<Passkey> = {}): Passkey {
  return {
    id: '1',
    readerId: reader,
    credentialId: device.credentialId,
    publicKey: spki(device.pair),
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

const isWrong = (error: AppError) => error.code === 'passkey.wrong';
const expected = { ...site, challenge };

describe('the answer of a passkey', () => {
  it('is taken when it was signed for this challenge on this site', async () => {
    assert.equal(await checkAuthentication(answer(), passkeyOf(), expected), 7);
    const { credentialId } = older;
    const passkey = passkeyOf({ credentialId, publicKey: spki(older.pair), algorithm: 'RS256' });
    assert.equal(await checkAuthentication(older.get(challenge, { counter: 7 }), passkey, expected), 7);
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
    const other = new TestAuthenticator(site.origin);
    const refused: [Authentication, Passkey][] = [
      [answer(), passkeyOf({ publicKey: spki(other.pair) })],
      [answer(), passkeyOf({ publicKey: spki(older.pair) })],
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
      credentialId: device.credentialId,
      publicKey: spki(device.pair),
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
      [{}, { publicKey: spki(older.pair) }],
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
      const even = Buffer.from(
        evenSignature(encode(sign('sha256', words, device.pair.privateKey))),
        'base64url',
      );
      assert.equal(even.length, 72);
      const raw = Buffer.concat([even.subarray(5, 37), even.subarray(40)]);
      assert.ok(verify('sha256', words, { key: device.pair.publicKey, dsaEncoding: 'ieee-p1363' }, raw));
    }
    for (const none of ['', 'AA', encode(Buffer.from([0x30, 2, 2, 0])), encode(Buffer.alloc(80, 2))])
      assert.equal(evenSignature(none), none);
  });
});
