import { hash } from 'node:crypto'
import type { Rendered } from '../render/index.ts'
import type { Reader } from '../subscriber/index.ts'
import { compileBody } from './compile/body.ts'
import { type Buffers, createBuffers, type Lent } from './compile/buffers.ts'
import { compileHead } from './compile/head.ts'
import { type CompiledBody, encodeValues } from './compile/segments.ts'
import { domainOf } from './list-headers.ts'
import type { Envelope, Message, MessageOptions } from './message.ts'
import { buildReaderLinks, buildSlotValues } from './slot-values.ts'
import { buildBounceAddress } from './verp.ts'

/** An issue ready to be filled for one reader after the other. */
export interface MessageTemplate {
  /**
   * One reader's complete message, in one buffer; its memory serves another message once it is recycled. Equal input
   * gives equal bytes.
   *
   * @param date - Date header: of the first attempt.
   * @throws AppError `message/unsubscribe-not-https`, `message/line-too-long`
   */
  fill(reader: Reader, date: Date): Message
}

/**
 * Encodes everything that all messages of an issue share: text and HTML, images, list headers. What differs from
 * reader to reader stands on lines of its own between these bytes, so that a message is made by copying.
 *
 * @throws AppError `message/line-too-long`, or what reading an image throws.
 * @see RFC 5322, RFC 2045, RFC 2369, RFC 8058
 */
export function compileMessage(rendered: Rendered, options: MessageOptions): MessageTemplate {
  const { from, replyTo, unsubscribeMailbox = replyTo ?? from } = options
  const body = compileBody(rendered, options.readImage)
  const writeHead = compileHead(rendered, options, body.head)
  const linkOptions = { ...options, unsubscribeMailbox }
  const domain = domainOf(from)
  const buffers = createBuffers()
  return {
    fill: (reader, date) => {
      // It stands in links of the head: what it is made of is what keeps a field from ending there.
      if (!/^[\w-]+$/.test(reader.id)) throw new TypeError('a reader has an id that tokens cannot hold')
      const links = buildReaderLinks(reader, linkOptions)
      const values = buildSlotValues(reader, links, rendered)
      const messageId = `<${digestId(rendered, reader, options, date)}@${domain}>`
      const head = writeHead({ reader, links, values, messageId, date })
      const { bytes: raw, giveBack: recycle } = join(head, body, encodeValues(body.slots, values), buffers)
      return {
        envelope: buildEnvelope(rendered, reader, options),
        raw,
        messageId,
        readerId: reader.id,
        isWireReady: true,
        recycle,
      }
    },
  }
}

function buildEnvelope({ issueId }: Rendered, { id, email }: Reader, options: MessageOptions): Envelope {
  const { from, bouncesDomain, purpose, key } = options
  if (bouncesDomain === undefined) return { from: from.address, to: email }
  return { from: buildBounceAddress({ issueId, readerId: id, purpose }, bouncesDomain, key), to: email }
}

// Unique per reader and stable per (issue, reader); a test is another message each time, or clients would hide it.
function digestId({ issueId }: Rendered, reader: Reader, { purpose }: MessageOptions, date: Date): string {
  const when = purpose === 'test' ? date.toISOString() : ''
  return hash('sha256', `${issueId}\n${reader.id}\n${purpose}\n${when}`).slice(0, 32)
}

/** @param values - ASCII, one for each slot. */
function join(
  head: string,
  { fixed, fixedBytes, places }: CompiledBody,
  values: readonly string[],
  buffers: Buffers,
): Lent {
  const headBytes = Buffer.byteLength(head)
  let length = headBytes + fixedBytes
  for (const place of places) length += values[place]?.length ?? 0
  const lent = buffers.take(length)
  const raw = lent.bytes
  let at = raw.write(head, 0)
  let place = 0
  for (const bytes of fixed) {
    raw.set(bytes, at)
    at += bytes.length
    at += raw.write(values[places[place++] ?? -1] ?? '', at, 'latin1')
  }
  return lent
}
