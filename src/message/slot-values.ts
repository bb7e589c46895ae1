import type { Mailbox } from '../base/index.ts'
import type { Rendered, SlotValues } from '../render/index.ts'
import { type Reader, signToken, type TokenKey, type TokenPurpose } from '../subscriber/index.ts'
import { buildUnsubscribeAddress } from './unsubscribe-address.ts'

/** What the links of one reader are made of. */
export interface LinkOptions {
  /** Site of the newsletter without a final slash; missing: readers unsubscribe by mail. */
  readonly url?: string
  /** Takes requests to unsubscribe, with the token in the subject. */
  readonly unsubscribeMailbox: Mailbox
  /** Takes them instead, with the token in the address. */
  readonly bouncesDomain?: string
  readonly key: TokenKey
  readonly purpose: TokenPurpose
}

/** The addresses that lead one reader out of the list, or to their preferences. */
export interface ReaderLinks {
  /** https page that accepts a one-click POST; missing without `url`. */
  readonly unsubscribePage?: string
  /** `mailto:` with the token in the address or in the subject. */
  readonly unsubscribeMail: string
  readonly preferencesUrl?: string
}

export function buildReaderLinks(reader: Reader, options: LinkOptions): ReaderLinks {
  const token = signToken(options.purpose, reader.id, options.key)
  const unsubscribeMail = buildMailto(reader, token, options)
  if (options.url === undefined) return { unsubscribeMail }
  return {
    unsubscribePage: `${options.url}/unsubscribe/${token}`,
    unsubscribeMail,
    preferencesUrl: `${options.url}/preferences/${token}`,
  }
}

// A subject in both: some mail programs ask before they send a mail without one.
function buildMailto({ id }: Reader, token: string, options: LinkOptions): string {
  const { bouncesDomain, unsubscribeMailbox, purpose, key } = options
  if (bouncesDomain === undefined)
    return `mailto:${encodeMailto(unsubscribeMailbox.address)}?subject=unsubscribe%20${token}`
  return `mailto:${buildUnsubscribeAddress(id, purpose, bouncesDomain, key)}?subject=unsubscribe`
}

/** One reader's value for every slot. */
export function buildSlotValues(reader: Reader, links: ReaderLinks, rendered: Rendered): SlotValues {
  const fields = Object.entries(reader.fields).map(([key, value]) => [`subscriber.fields.${key}`, value])
  return {
    ...Object.fromEntries(fields),
    'subscriber.name': reader.name,
    'subscriber.email': reader.email,
    'subscriber.language': reader.language ?? rendered.language,
    unsubscribeUrl: links.unsubscribePage ?? links.unsubscribeMail,
    preferencesUrl: links.preferencesUrl,
    webUrl: rendered.archiveUrl,
  }
}

// RFC 6068 §2: everything but the safe characters of an address is percent-encoded.
function encodeMailto(address: string): string {
  if (/^[\w.@-]+$/.test(address)) return address
  return encodeURIComponent(address).replaceAll('%40', '@').replaceAll('%2B', '+')
}
