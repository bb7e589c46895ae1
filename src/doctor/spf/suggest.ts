import { type DnsRecord, makeTxt } from '../dns/record.ts'
import { isSpf } from './parse.ts'
import { findRelay } from './relays.ts'

/** The terms that let a server mail: the include of its relay, or its own name. */
export function nameSender(host: string | undefined): string {
  if (host === undefined) return 'include:YOUR-SMTP-SERVICE'
  const relay = findRelay(host)
  return relay ? `include:${relay.include}` : `a:${host}`
}

/**
 * One record made of those there are and a term more, without terms twice; the strictest end of them all.
 *
 * @param published - records of SPF; none: a new one.
 * @param term - missing: nothing is added.
 */
export function suggestSpf(domain: string, published: readonly string[], term?: string): DnsRecord {
  const terms = published.filter(isSpf).flatMap((text) => text.split(/ +/).slice(1).filter(Boolean))
  const isEnd = (text: string) => /^[-+~?]?all$/i.test(text)
  const end = ['-all', '~all', '?all'].find((wanted) => terms.some((text) => text.toLowerCase() === wanted)) ?? '~all'
  const redirect = terms.find((text) => /^redirect=/i.test(text))
  // A redirect does not count beside `all`; what it leads to does as an include (RFC 7208 §6.1).
  const moved = redirect ? [`include:${redirect.slice('redirect='.length)}`] : []
  const kept = terms.filter((text) => !isEnd(text) && text !== redirect)
  return makeTxt(domain, ['v=spf1', ...new Set([...(term ? [term] : []), ...kept, ...moved]), end].join(' '))
}
