/** A record as it is to be published. */
export interface DnsRecord {
  readonly name: string
  readonly type: 'TXT' | 'MX' | 'PTR' | 'A' | 'CNAME'
  /** In one piece. */
  readonly value: string
  /** Of a TXT record that is longer: its strings, as a zone file has them (RFC 1035 §3.3.14). */
  readonly strings?: readonly string[]
}

/** RFC 1035 §3.3: a character string has at most so many octets. */
const MAX_STRING = 255

/** A TXT record, cut into strings where it must be. @param value - ASCII. */
export function makeTxt(name: string, value: string): DnsRecord {
  const strings = value.match(new RegExp(`.{1,${MAX_STRING}}`, 'gs')) ?? []
  return { name, type: 'TXT', value, ...(strings.length > 1 ? { strings } : {}) }
}

/** As a line of a zone file. */
export function toZoneLine({ name, type, value, strings }: DnsRecord): string {
  const quote = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
  const data = type === 'TXT' ? (strings ?? [value]).map(quote).join(' ') : value
  return `${name}. IN ${type} ${data}`
}
