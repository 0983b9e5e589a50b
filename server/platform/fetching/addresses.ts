import { BlockList, isIP } from 'node:net';

/** What is not the public internet, as IANA's registries of special addresses have it, and one cloud's metadata address. */
const closedV4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32';
/** Within 2000::/3, which alone is public: protocol assignments and Teredo, documentation, 6to4 (it carries any v4 address). */
const closedV6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';

const closed = listOf(closedV4, 'ipv4');
const closedInV6 = listOf(closedV6, 'ipv6');
/** Loopback, private, link-local, mapped, NAT64, unique local, multicast: everything outside 2000::/3. */
const openV6 = listOf('2000::/3', 'ipv6');

/** Whether an address belongs to the public internet. What is no address at all does not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return openV6.check(address, 'ipv6') && !closedInV6.check(address, 'ipv6');
}

function listOf(subnets: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const subnet of subnets.split(' ')) {
    const [address = '', bits = ''] = subnet.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
