import { isIPv4 } from 'node:net'

/** Name under which an address has its PTR records. @see RFC 1035 §3.5, RFC 3596 §2.5 */
export function toReverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`
  return `${expand(address).split('').reverse().join('.')}.ip6.arpa`
}

/** Thirty-two hexadecimal digits. */
function expand(address: string): string {
  // The last four octets may be written as an IPv4 address.
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = '', tail] = text.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const middle = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...middle, ...after].map((group) => group.padStart(4, '0')).join('')
}
