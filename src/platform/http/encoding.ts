export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = /(?:^|,)\s*br\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i;
const zipped = /(?:^|,)\s*(?:x-)?gzip\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i;

/**
 * The best encoding of ours that an Accept-Encoding allows (RFC 9110, section 12.5.3); `q=0` refuses one. Weights
 * beyond that are not compared: whoever takes Brotli is better off with it.
 */
export function encodingOf(header: string | string[] | undefined): Encoding {
  if (typeof header !== 'string') return 'identity';
  if (brotli.test(header)) return 'br';
  return zipped.test(header) ? 'gzip' : 'identity';
}
