/**
 * An ES256 signature as authenticators send it is two whole numbers in DER, each as short as it can be (RFC 3279,
 * section 2.2.3). The library takes both for 32 bytes long, and would refuse one signature in 128; written with a
 * nought before each, they are.
 * @param signature base64url
 * @returns base64url; what is no such signature comes back as it is, to be refused
 */
export function evenSignature(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  const first = integerAt(bytes, 2);
  const second = first && integerAt(bytes, first.end);
  const isWhole = bytes[0] === 0x30 && bytes[1] === bytes.length - 2 && second?.end === bytes.length;
  if (!first || !second || !isWhole) return signature;
  const body = Buffer.concat([first, second].flatMap(({ number }) => [Buffer.from([2, 33, 0]), number]));
  return Buffer.concat([Buffer.from([0x30, body.length]), body]).toString('base64url');
}

/** A whole number of DER, in 32 bytes. */
function integerAt(bytes: Buffer, at: number): { number: Buffer; end: number } | undefined {
  const length = bytes[at + 1];
  if (bytes[at] !== 2 || length === undefined || length === 0 || length > 33) return undefined;
  const end = at + 2 + length;
  if (end > bytes.length) return undefined;
  let number = bytes.subarray(at + 2, end);
  if (number.length === 33) {
    if (number[0] !== 0) return undefined;
    number = number.subarray(1);
  }
  return { number: Buffer.concat([Buffer.alloc(32 - number.length), number]), end };
}
