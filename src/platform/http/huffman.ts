/** Bits of each byte's code (RFC 7541, appendix B); the codes follow from them, as those of one length count upwards. */
const lengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
  8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
  13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
  28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
  22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
  22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
  25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
];
const longest = 30;
const endOfString = 256;

/** By length in bits: the first code of it, and the bytes that have one, in the order of their codes. */
const table: readonly { readonly first: number; readonly bytes: readonly number[] }[] = makeTable();

/**
 * The bytes that were put into Huffman's code for headers (RFC 7541, section 5.2).
 * @returns undefined for what is no such code
 */
export function decodeHuffman(coded: Uint8Array): Buffer | undefined {
  const out: number[] = [];
  let code = 0;
  let bits = 0;
  for (const byte of coded) {
    for (let shift = 7; shift >= 0; shift -= 1) {
      code = (code << 1) | ((byte >> shift) & 1);
      bits += 1;
      if (bits > longest) return undefined;
      const { first, bytes } = table[bits]!;
      const found = bytes[code - first];
      if (code < first || found === undefined) continue;
      if (found === endOfString) return undefined;
      out.push(found);
      code = 0;
      bits = 0;
    }
  }
  // What is left over is the beginning of the code for the end: ones, and fewer than a byte of them.
  const isPadded = bits < 8 && code === (1 << bits) - 1;
  return isPadded ? Buffer.from(out) : undefined;
}

function makeTable() {
  const all = [...lengths, longest];
  const rows: { first: number; bytes: number[] }[] = [];
  let code = 0;
  for (let bits = 0; bits <= longest; bits += 1) {
    code <<= 1;
    const bytes = all.flatMap((length, byte) => (length === bits ? [byte] : []));
    rows.push({ first: code, bytes });
    code += bytes.length;
  }
  return rows;
}
