import { createCipheriv, createECDH, hkdfSync, randomFillSync } from 'node:crypto';

/** Bytes of what a message is sealed with: salt, our public key, content key, nonce; in this order. */
export const sealBytes = 16 + 65 + 16 + 12;
const at = { publicKey: 16, key: 81, nonce: 97 } as const;
/** What stands before the sealed record: salt, record size, length of the key's name, our public key (RFC 8188, section 2.1). */
const headerBytes = 86;
const recordSize = 4096;
const tagBytes = 16;
/** Ends the last record (RFC 8188, section 2). */
const lastRecord = 2;

/** Bytes that a message takes, once it is sealed. @param record as `recordOf` makes it */
export function sealedBytes(record: Buffer): number {
  return headerBytes + record.length + tagBytes;
}

/** What is sealed of a message: the same for all who get it. */
export function recordOf(payload: string): Buffer {
  const record = Buffer.alloc(Buffer.byteLength(payload) + 1);
  record.write(payload);
  record[record.length - 1] = lastRecord;
  return record;
}

const info = {
  key: Buffer.from('Content-Encoding: aes128gcm\0', 'latin1'),
  nonce: Buffer.from('Content-Encoding: nonce\0', 'latin1'),
  secret: Buffer.from('WebPush: info\0', 'latin1'),
};
/** `WebPush: info`, then both public keys. */
const secretInfo = Buffer.alloc(info.secret.length + 130);
info.secret.copy(secretInfo);
/** One object for all: its keys are made anew for each message. Making the object anew takes as long as a fifth of it. */
const own = createECDH('prime256v1');

/**
 * Make what one message to one subscription is sealed with (RFC 8291, sections 3.3 and 3.4): a key pair and a salt of its
 * own. It must be used once.
 * @param p256dh the subscription's public key, 65 bytes
 * @param auth its secret, 16 bytes
 * @param into `sealBytes` from `start` on are written
 * @throws Error for a key that is not on the curve
 */
export function makeSeal(p256dh: Uint8Array, auth: Uint8Array, into: Buffer, start = 0): void {
  own.generateKeys();
  randomFillSync(into, start, at.publicKey);
  own.getPublicKey().copy(into, start + at.publicKey);
  const shared = own.computeSecret(p256dh);
  deriveSeal(shared, p256dh, auth, into, start);
}

/** What follows from the shared secret; salt and public key stand in `into` already. Apart, for the RFC's own example. */
export function deriveSeal(
  shared: Uint8Array,
  p256dh: Uint8Array,
  auth: Uint8Array,
  into: Buffer,
  start = 0,
): void {
  secretInfo.set(p256dh, info.secret.length);
  into.copy(secretInfo, info.secret.length + 65, start + at.publicKey, start + at.key);
  const salt = into.subarray(start, start + at.publicKey);
  const secret = new Uint8Array(hkdfSync('sha256', shared, auth, secretInfo, 32));
  into.set(new Uint8Array(hkdfSync('sha256', secret, salt, info.key, 16)), start + at.key);
  into.set(new Uint8Array(hkdfSync('sha256', secret, salt, info.nonce, 12)), start + at.nonce);
}

/**
 * Seal a message (RFC 8188). @param seal as `makeSeal` made it, for this one message
 * @param into `sealedBytes` from `start` on are written
 */
export function sealInto(seal: Buffer, record: Buffer, into: Buffer, start: number): void {
  seal.copy(into, start, 0, at.publicKey);
  into.writeUInt32BE(recordSize, start + 16);
  into[start + 20] = 65;
  seal.copy(into, start + 21, at.publicKey, at.key);
  const cipher = createCipheriv(
    'aes-128-gcm',
    seal.subarray(at.key, at.nonce),
    seal.subarray(at.nonce, sealBytes),
  );
  const end = start + headerBytes;
  into.set(cipher.update(record), end);
  cipher.final();
  into.set(cipher.getAuthTag(), end + record.length);
}
