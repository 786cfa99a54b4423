import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 networks that are not the public internet (IANA special-purpose registry, RFC 6890 and what came after). */
const inner4 = networks('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // A public number at which one large cloud answers its guests alone with their secrets.
  '168.63.129.16/32',
]);
/** Global unicast; all other IPv6 space is local, multicast, or means nothing yet (RFC 4291, section 2.4). */
const global6 = networks('ipv6', ['2000::/3']);
/** Parts of it that are not the public internet: protocol assignments with Teredo, and documentation. */
const inner6 = networks('ipv6', ['2001::/23', '2001:db8::/32', '3fff::/20']);
/** Forms in which an IPv6 address carries an IPv4 one, and the group at which that begins. */
const carriers: readonly (readonly [BlockList, number])[] = [
  [networks('ipv6', ['::ffff:0:0/96']), 6],
  [networks('ipv6', ['64:ff9b::/96']), 6],
  [networks('ipv6', ['2002::/16']), 1],
];

/**
 * Whether an address stands in the public internet: not loopback, private, link-local, shared, multicast,
 * unspecified, reserved, nor one of these inside an IPv6 form (mapped, NAT64, 6to4).
 * @param address canonical or not, without brackets; anything that is no address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !inner4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  for (const [carrier, at] of carriers) {
    if (carrier.check(address, 'ipv6')) return isPublicAddress(carriedAddress(address, at));
  }
  return global6.check(address, 'ipv6') && !inner6.check(address, 'ipv6');
}

/** Whether a host as a URL spells it (with brackets for IPv6) is this machine itself. */
export function isLoopbackHost(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return (
    plain === 'localhost' ||
    plain.endsWith('.localhost') ||
    plain === '::1' ||
    (isIPv4(plain) && plain.startsWith('127.'))
  );
}

function carriedAddress(address: string, at: number): string {
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(at, at + 2);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The eight groups of an IPv6 address; the URL parser writes every spelling the one canonical way. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = parse(head);
  const after = parse(tail ?? '');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function networks(family: 'ipv4' | 'ipv6', list: readonly string[]): BlockList {
  const block = new BlockList();
  for (const network of list) {
    const [address, prefix] = network.split('/');
    block.addSubnet(address!, Number(prefix), family);
  }
  return block;
}
