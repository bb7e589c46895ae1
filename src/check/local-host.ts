const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|test|localdomain|home\.arpa|lan)$/

/**
 * Why nobody else can reach a host; undefined for one that is public.
 *
 * @param host - as `URL` writes it: lower case, IPv4 in four decimal numbers, IPv6 in brackets.
 * @see RFC 6761, RFC 6762, RFC 1918, RFC 4193
 */
export function describeLocalHost(host: string): string | undefined {
  const name = host.replace(/\.$/, '')
  if (/^\[|^[\d.]+$/.test(name)) return isLocalAddress(name) ? 'is an address of a local network' : undefined
  if (LOCAL_NAME.test(name)) return 'is a name for one machine or a local network'
  return name.includes('.') ? undefined : 'has no dot, so it is a name in a local network'
}

function isLocalAddress(host: string): boolean {
  const mapped = /^\[::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host)
  if (mapped) return isLocalV4([mapped[1], mapped[2]].flatMap((part) => splitWord(Number.parseInt(part ?? '', 16))))
  if (host.startsWith('[')) return /^\[(?:::1?\]|f[cd]|fe[89a-f])/.test(host)
  return isLocalV4(host.split('.').map(Number))
}

function splitWord(word: number): number[] {
  return [word >> 8, word & 0xff]
}

function isLocalV4([a = 0, b = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127) return true
  if (a === 100) return b >= 64 && b <= 127
  if (a === 172) return b >= 16 && b <= 31
  return (a === 192 && b === 168) || (a === 169 && b === 254)
}
