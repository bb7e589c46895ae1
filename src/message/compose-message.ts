import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type MailComposer from 'nodemailer/lib/mail-composer'
import { type Address, type Mailbox, toLine } from '../base/index.ts'
import { fillSlots, type Rendered } from '../render/index.ts'
import type { Reader, TokenKey, TokenPurpose } from '../subscriber/index.ts'
import { encodeText, formatMailbox, namePlace } from './header-text.ts'
import {
  assertLines,
  buildFeedbackId,
  buildListId,
  buildUnsubscribeHeaders,
  domainOf,
  type HeaderField,
} from './list-headers.ts'
import { buildReaderLinks, buildSlotValues, type ReaderLinks } from './slot-values.ts'

/** The SMTP sender and recipient of one message. */
export interface Envelope {
  readonly from: Address
  readonly to: Address
}

/** The bytes for one recipient, ready for the wire. */
export interface Message {
  readonly envelope: Envelope
  /** CRLF line ends, no line over 998 octets. */
  readonly raw: Buffer
  /** With its angle brackets. */
  readonly messageId: string
  /** The reader's id, for the ledger and for logs. */
  readonly readerId: string
}

/** What all messages of one newsletter have in common. */
export interface ComposeOptions {
  readonly name: string
  readonly from: Mailbox
  readonly replyTo?: Mailbox
  /** Site of the newsletter without a final slash. */
  readonly url?: string
  readonly key: TokenKey
  /** `test`: the links change nothing. */
  readonly purpose: TokenPurpose
  /** Date header: of the first attempt. */
  readonly date: Date
  /** Bytes of an image of the issue, by its path; default: the file's. */
  readonly readImage?: (path: string) => Uint8Array
}

/**
 * The complete message as one reader gets it: text and HTML, local images inside, list headers, an unsubscribe
 * link of the reader's own. Equal input gives equal bytes.
 *
 * @throws AppError `message/unsubscribe-not-https`, `message/line-too-long`
 * @see RFC 5322, RFC 2046 §5.1.4, RFC 2387, RFC 2369, RFC 8058
 */
export async function composeMessage(rendered: Rendered, reader: Reader, options: ComposeOptions): Promise<Message> {
  const links = buildReaderLinks(reader, { ...options, unsubscribeMailbox: options.replyTo ?? options.from })
  const values = buildSlotValues(reader, links, rendered)
  const messageId = buildMessageId(rendered, reader, options)
  // Loaded with the first message: checking an issue needs none, and nodemailer takes as long to load as the parser.
  const { default: Composer } = await import('nodemailer/lib/mail-composer')
  const composer = new Composer({
    date: options.date,
    messageId,
    text: joinLines(fillSlots(rendered.text, values, 'text')),
    html: joinLines(fillSlots(rendered.html, values, 'html')),
    attachments: attachImages(rendered, options.readImage ?? readFileSync),
    textEncoding: 'quoted-printable',
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 16),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0])
  const subject = toLine(fillSlots(rendered.subject, values, 'header')) || options.name
  const fields = [...buildAddressHeaders(reader, subject, options), ...buildListHeaders(rendered, links, options)]
  // nodemailer leaves an encoded-word in a name or subject as it is, and a word of 2,000 letters unfolded: the fields
  // that hold anybody's text are written here. It adds Date, Message-ID and those of MIME.
  const head = fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('')
  const raw = Buffer.concat([Buffer.from(head), await composer.compile().build()])
  assertLines(raw)
  return { envelope: { from: options.from.address, to: reader.email }, raw, messageId, readerId: reader.id }
}

function buildAddressHeaders(reader: Reader, subject: string, { from, replyTo }: ComposeOptions): HeaderField[] {
  const to: Mailbox = { name: reader.name ?? '', address: reader.email }
  return [
    { name: 'From', value: formatMailbox(from) },
    ...(replyTo ? [{ name: 'Reply-To', value: formatMailbox(replyTo) }] : []),
    { name: 'To', value: formatMailbox(to) },
    { name: 'Subject', value: encodeText(subject) },
  ]
}

function buildListHeaders(rendered: Rendered, links: ReaderLinks, options: ComposeOptions): HeaderField[] {
  const archive = options.url ? [{ name: 'List-Archive', value: `<${options.url}/>` }] : []
  return [
    { name: 'List-Id', value: namePlace(options.name, buildListId(options)) },
    ...buildUnsubscribeHeaders(links.unsubscribePage, links.unsubscribeMail),
    ...archive,
    { name: 'Feedback-ID', value: buildFeedbackId(rendered.issueId, options) },
    { name: 'Precedence', value: 'bulk' },
  ]
}

// Only images sent inside the mail: with `url` set they are loaded from the archive.
function attachImages(rendered: Rendered, readImage: (path: string) => Uint8Array) {
  return rendered.images
    .filter((image) => image.cid !== undefined)
    .map(({ path, cid, filename, contentType }) => ({
      content: Buffer.from(readImage(path)),
      cid,
      // nodemailer writes other letters as an encoded-word between quotes, which RFC 2047 §5 forbids.
      filename: filename.replaceAll(/[^\w.-]+/g, '').replace(/^[-.]+/, ''),
      contentType,
      contentDisposition: 'inline',
    }))
}

// nodemailer lets a bare CR of a template through, which servers refuse or turn into a line end (SMTP smuggling).
function joinLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

// Unique per reader and stable per (issue, reader); a test is another message each time, or clients would hide it.
function buildMessageId(rendered: Rendered, reader: Reader, { from, purpose, date }: ComposeOptions): string {
  const parts = [rendered.issueId, reader.id, purpose, purpose === 'test' ? date.toISOString() : '']
  const digest = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
  return `<${digest}@${domainOf(from)}>`
}
