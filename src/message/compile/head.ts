import { AppError, isAsciiAddress, toLine } from '../../base/index.ts'
import { fillSlots, type Rendered, type SlotValues } from '../../render/index.ts'
import type { Reader } from '../../subscriber/index.ts'
import { lineTooLong } from '../errors.ts'
import { encodeText, formatMailbox, namePlace } from '../header-text.ts'
import { buildFeedbackId, buildListId, buildUnsubscribeHeaders, type HeaderField } from '../list-headers.ts'
import type { MessageOptions } from '../message.ts'
import type { ReaderLinks } from '../slot-values.ts'

/** What of a head belongs to one message. */
export interface HeadValues {
  readonly reader: Reader
  readonly links: ReaderLinks
  readonly values: SlotValues
  readonly messageId: string
  readonly date: Date
}

/**
 * The header fields of an issue's messages, those that are the same for all folded once.
 *
 * @param mime - the fields that describe the body, with their line ends.
 * @returns gives one message's head with the empty line after it, or throws AppError `message/unsubscribe-not-https`,
 * `message/line-too-long`.
 */
export function compileHead(rendered: Rendered, options: MessageOptions, mime: string): (values: HeadValues) => string {
  const { name, from, replyTo, url } = options
  for (const mailbox of [from, replyTo])
    if (mailbox && !isAsciiAddress(mailbox.address)) throw new TypeError('a sender has an address in ASCII')
  const top = write([
    { name: 'From', value: formatMailbox(from) },
    ...(replyTo ? [{ name: 'Reply-To', value: formatMailbox(replyTo) }] : []),
  ])
  const list = write([{ name: 'List-Id', value: namePlace(name, buildListId(options)) }])
  const tail = write([
    ...(url ? [{ name: 'List-Archive', value: `<${url}/>` }] : []),
    { name: 'Feedback-ID', value: buildFeedbackId(rendered.issueId, options) },
    { name: 'Precedence', value: 'bulk' },
  ])
  const writeSubject = compileSubject(rendered, name)
  return ({ reader, links, values, messageId, date }) => {
    const to = formatMailbox({ name: reader.name ?? '', address: reader.email })
    const unsubscribe = write(buildUnsubscribeHeaders(links.unsubscribePage, links.unsubscribeMail))
    const head = `${top}To: ${to}\r\n${writeSubject(values)}${list}${unsubscribe}${tail}Message-ID: ${messageId}\r\nDate: ${formatDate(date)}\r\n${mime}\r\n`
    assertHead(head)
    return head
  }
}

function compileSubject({ subject }: Rendered, name: string): (values: SlotValues) => string {
  const writeField = (values: SlotValues) =>
    `Subject: ${encodeText(toLine(fillSlots(subject, values, 'header')) || name)}\r\n`
  if (subject.some((segment) => typeof segment !== 'string')) return writeField
  const field = writeField({})
  return () => field
}

function write(fields: readonly HeaderField[]): string {
  let out = ''
  for (const { name, value } of fields) out += `${name}: ${value}\r\n`
  return out
}

/** RFC 5322 §3.3. */
function formatDate(date: Date): string {
  return `${date.toUTCString().slice(0, -3)}+0000`
}

/** RFC 5321 §4.5.3.1.6: 1,000 octets with CRLF. */
const MAX_LINE_OCTETS = 998
/** UTF-8 takes no more for a UTF-16 code unit. */
const MAX_UNIT_OCTETS = 3

/**
 * Proves of a head what the body has by the way it is made: lines end with CRLF, hold neither alone, do not begin with
 * a dot and are no longer than SMTP allows.
 *
 * @throws AppError `message/line-too-long`; TypeError for what no value should be able to do.
 */
export function assertHead(head: string): void {
  let start = 0
  while (start < head.length) {
    const end = head.indexOf('\n', start) - 1
    if (end < start || head.indexOf('\r', start) !== end || head[start] === '.') {
      throw new TypeError('a header field broke its line')
    }
    if ((end - start) * MAX_UNIT_OCTETS > MAX_LINE_OCTETS) assertLength(Buffer.byteLength(head.slice(start, end)))
    start = end + 2
  }
}

function assertLength(octets: number): void {
  if (octets > MAX_LINE_OCTETS) throw new AppError(lineTooLong.code, lineTooLong.message(octets), { kind: 'usage' })
}
