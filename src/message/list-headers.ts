import { createHash } from 'node:crypto'
import { AppError, type Mailbox, slugify } from '../base/index.ts'
import { unsubscribeNotHttps } from './errors.ts'

/** One header field; `value` is folded where it must be, ASCII only. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** A URI cannot be folded, and RFC 5321 §4.5.3.1.6 allows a line 998 octets. */
const MAX_URL_OCTETS = 900

/**
 * Header fields that let a mail client unsubscribe without opening a page.
 *
 * @param url - https address holding the signed token, which accepts POST; missing: by mail alone.
 * @param mailto - `mailto:` address with the token in its subject.
 * @returns `List-Unsubscribe`, with both addresses in one field, and with `url` `List-Unsubscribe-Post`.
 * @throws AppError `message/unsubscribe-not-https`
 * @see RFC 2369 §3.2, RFC 8058 §3.1
 */
export function buildUnsubscribeHeaders(url: string | undefined, mailto: string): HeaderField[] {
  if (url === undefined) return [{ name: 'List-Unsubscribe', value: `<${mailto}>` }]
  // Plain http on this machine is for rehearsals: no provider would ever post there.
  if (
    !/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])[\x21-\x7e]+$/.test(url) ||
    /[#<>]/.test(url) ||
    url.length > MAX_URL_OCTETS
  ) {
    throw new AppError(unsubscribeNotHttps.code, unsubscribeNotHttps.message(url.slice(0, 100)), {
      kind: 'usage',
      hint: unsubscribeNotHttps.hint(),
    })
  }
  return [
    { name: 'List-Unsubscribe', value: `<${url}>,\r\n <${mailto}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ]
}

/** What names the list to mail programs. */
export interface ListIdentity {
  readonly name: string
  readonly from: Mailbox
}

/** `llm-papers-weekly.news.example.com`: stable as long as the newsletter keeps its name and domain (RFC 2919 §3). */
export function buildListId({ name, from }: ListIdentity): string {
  const slug = slugify(name)
  const ascii = slug.replaceAll(/[^a-z0-9-]/g, '').replaceAll(/^-+|-+$|-(?=-)/g, '') || 'newsletter'
  // What was left out may be all that tells two newsletters of one domain apart.
  const label = /^[a-z0-9-]*$/.test(slug)
    ? ascii
    : `${ascii.slice(0, 48)}-${createHash('sha256').update(slug).digest('hex').slice(0, 8)}`
  return `${label}.${domainOf(from)}`
}

/**
 * `issue:list:newsletter:sender`, no part of it about one reader.
 *
 * @see Gmail feedback loop, support.google.com/mail/answer/6254652: the sender id has 5 to 15 characters
 */
export function buildFeedbackId(issueId: string, identity: ListIdentity): string {
  const clean = (text: string, length: number) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .slice(0, length)
  const domain = domainOf(identity.from)
  return [clean(issueId, 60), clean(buildListId(identity), 60), 'newsletter', clean(domain, 15).padEnd(5, '0')].join(
    ':',
  )
}

/** Domain of a mailbox, in A-labels. */
export function domainOf(mailbox: Mailbox): string {
  return mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1)
}
