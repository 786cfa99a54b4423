import type { Notes } from './loose-blocks.ts';

const longest = 2048;

/**
 * Where a link leads, if that is a place a story may link to; what is left out is noted.
 * @param base address of the page that the text stood on
 */
export function linkOf(
  value: string | undefined,
  base: string | undefined,
  notes: Notes,
): string | undefined {
  const address = value?.trim();
  if (!address) return undefined;
  if (/^(mailto:|tel:|#)/i.test(address) && address.length <= longest) return address;
  const isWhole = /^https?:/i.test(address);
  if (!isWhole && !base && /^\/(?![/\\])/.test(address) && address.length <= longest) return address;
  const url = URL.parse(address, isWhole ? undefined : base);
  if (url && /^https?:$/.test(url.protocol) && url.href.length <= longest) return url.href;
  notes.add('link.dropped', address);
  return undefined;
}

/** The address of a file as a whole one, where the page it stood on is known. */
export function fileAddress(value: string, base: string | undefined): string {
  if (!base || value.startsWith('data:')) return value;
  return URL.parse(value, base)?.href ?? value;
}
