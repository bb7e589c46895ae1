import type { Mailbox } from '../base/index.ts'
import type { Rendered, SlotValues } from '../render/index.ts'
import { type Reader, signToken, type TokenKey, type TokenPurpose } from '../subscriber/index.ts'

/** What the links of one reader are made of. */
export interface LinkOptions {
  /** Site of the newsletter without a final slash; missing: readers unsubscribe by mail. */
  readonly url?: string
  /** Mailbox that takes unsubscribe requests. */
  readonly unsubscribeMailbox: Mailbox
  readonly key: TokenKey
  readonly purpose: TokenPurpose
}

/** The addresses that lead one reader out of the list, or to their preferences. */
export interface ReaderLinks {
  /** https page that accepts a one-click POST; missing without `url`. */
  readonly unsubscribePage?: string
  /** `mailto:` with the token in the subject. */
  readonly unsubscribeMail: string
  readonly preferencesUrl?: string
}

export function buildReaderLinks(reader: Reader, options: LinkOptions): ReaderLinks {
  const token = signToken(options.purpose, reader.id, options.key)
  const unsubscribeMail = `mailto:${encodeMailto(options.unsubscribeMailbox.address)}?subject=unsubscribe%20${token}`
  if (options.url === undefined) return { unsubscribeMail }
  return {
    unsubscribePage: `${options.url}/unsubscribe/${token}`,
    unsubscribeMail,
    preferencesUrl: `${options.url}/preferences/${token}`,
  }
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
  return encodeURIComponent(address).replaceAll('%40', '@').replaceAll('%2B', '+')
}
