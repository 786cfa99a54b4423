import assert from 'node:assert/strict';
import { createECDH, createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decrypt } from 'http_ece';
import webPush from 'web-push';
import { mostPushBytes } from '../push-message.ts';
import { deriveSeal, makeSeal, recordOf, sealBytes, sealedBytes, sealInto } from './encryption.ts';

/** RFC 8291, section 5 and appendix A. */
const example = {
  text: 'When I grow up, I want to be a watermelon',
  ours: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  theirs: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  ikm: 'S4lYMb_L0FxCeq0WhDx813KgSYqU26kOyzWUdsXYyrg',
  key: 'oIhVW04MRdy2XN9CiKLxTg',
  nonce: '4h_95klXJ5E_qnoN',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const bytes = (text: string) => Buffer.from(text, 'base64url');

function browser() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const auth = randomBytes(16);
  return {
    p256dh: ecdh.getPublicKey(),
    auth,
    read: (body: Buffer) => decrypt(body, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth }),
  };
}

function sealed(payload: string, { p256dh, auth }: { p256dh: Buffer; auth: Buffer }): Buffer {
  const seal = Buffer.alloc(sealBytes);
  makeSeal(p256dh, auth, seal);
  const record = recordOf(payload);
  const body = Buffer.alloc(sealedBytes(record));
  sealInto(seal, record, body, 0);
  return body;
}

describe('encryption of pushes', () => {
  it('comes to what RFC 8291 shows', () => {
    const ours = createECDH('prime256v1');
    ours.setPrivateKey(bytes(example.ours));
    const theirs = createECDH('prime256v1');
    theirs.setPrivateKey(bytes(example.theirs));
    const seal = Buffer.alloc(sealBytes);
    bytes(example.salt).copy(seal);
    ours.getPublicKey().copy(seal, 16);
    deriveSeal(ours.computeSecret(theirs.getPublicKey()), theirs.getPublicKey(), bytes(example.auth), seal);
    assert.equal(seal.subarray(81, 97).toString('base64url'), example.key);
    assert.equal(seal.subarray(97).toString('base64url'), example.nonce);
    const record = recordOf(example.text);
    const body = Buffer.alloc(sealedBytes(record));
    sealInto(seal, record, body, 0);
    assert.equal(body.toString('base64url'), example.body);
  });

  it('is read by another implementation, whatever the words', () => {
    const someone = browser();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        assert.equal(someone.read(sealed(text, someone)).toString(), text);
      }),
      { numRuns: 100 },
    );
  });

  it('says in as many bytes what another implementation says', () => {
    const { p256dh, auth } = browser();
    const theirs = webPush.encrypt(
      p256dh.toString('base64url'),
      auth.toString('base64url'),
      'words',
      'aes128gcm',
    );
    const ours = sealed('words', { p256dh, auth });
    assert.equal(ours.length, theirs.cipherText.length);
    assert.deepEqual(ours.subarray(16, 21), theirs.cipherText.subarray(16, 21));
  });

  it('fills 4,096 bytes with the longest message', () => {
    const someone = browser();
    const body = sealed('x'.repeat(mostPushBytes), someone);
    assert.equal(body.length, 4096);
    assert.equal(someone.read(body).length, mostPushBytes);
  });

  it('uses keys and salt once', () => {
    const someone = browser();
    const seen = new Set<string>();
    for (let index = 0; index < 50; index += 1) {
      const body = sealed('the same', someone);
      seen.add(body.subarray(0, 16).toString('hex'));
      seen.add(body.subarray(21, 86).toString('hex'));
      seen.add(createHash('sha256').update(body.subarray(86)).digest('hex'));
    }
    assert.equal(seen.size, 150);
  });

  it('takes no key that is not on the curve', () => {
    const { p256dh, auth } = browser();
    p256dh[20]! ^= 1;
    assert.throws(() => sealed('words', { p256dh, auth }));
  });
});
