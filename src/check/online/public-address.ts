import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Everything of IPv4 that is not one machine of the public internet: IANA IPv4 Special-Purpose Address Registry. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/** What lies within 2000::/3 and is no public machine, or carries an IPv4 address in disguise (Teredo, 6to4). */
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [network, prefix] of SPECIAL_V4) special.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of SPECIAL_V6) special.addSubnet(network, prefix, 'ipv6')

/** All of global unicast; ::1, ::ffff:127.0.0.1, fc00::/7 and 64:ff9b::/96 lie outside. */
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an address is one machine of the public internet. Anything else, text that is no address included, is not.
 *
 * @see RFC 6890
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  return isIPv6(address) && unicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
}
