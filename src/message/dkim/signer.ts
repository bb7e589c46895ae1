/**
 * DKIM signatures of our own making: no library names a field once more than the message has it, which is what keeps
 * others from adding a second one (RFC 6376 §8.15).
 *
 * Canonicalisation is relaxed/simple: servers on the way refold and recase heads, while a body of 7-bit lines within 76
 * columns is left as it is; so the body's hash is that of its bytes. No `l=`, which lets others add to a body. `t=` is the
 * message's own Date and both algorithms are deterministic: every attempt has the same bytes.
 */
import { createHash, hash, sign as signBytes } from 'node:crypto'
import { createBuffers } from '../compile/buffers.ts'
import { createFieldReader, relaxField } from './fields.ts'
import type { Message } from '../message.ts'
import type { DkimKey } from './key.ts'

/** Signs messages with every key it was made of. */
export interface Signer {
  readonly keys: readonly [DkimKey, ...DkimKey[]]
  /**
   * The message with a DKIM-Signature per key in front; recycling it recycles what it was made of. The RSA work is done off
   * the main thread.
   *
   * Rejects when a key cannot sign; never gives an unsigned message back.
   */
  sign<M extends Signable>(this: void, message: M): Promise<M>
}

/** What can be signed. */
type Signable = Pick<Message, 'raw' | 'recycle'>

const HEAD_END = '\r\n\r\n'
const LINE_LENGTH = 76

/**
 * @see RFC 6376, RFC 8301 (rsa-sha256), RFC 8463 (Ed25519), RFC 8058 §4 (fields that must be covered)
 */
export function createSigner(keys: Signer['keys']): Signer {
  const readFields = createFieldReader()
  const foldNames = keepLast(fold)
  const buffers = createBuffers()
  return {
    keys,
    sign: async (message) => {
      const { raw } = message
      const end = raw.indexOf(HEAD_END)
      if (end < 0) throw new TypeError('a message without a body cannot be signed')
      const { names, canonical, date } = readFields(raw.toString('latin1', 0, end))
      const bodyHash = hashBody(raw.subarray(end + HEAD_END.length))
      const time = date === undefined ? '' : ` t=${date};`
      const fields = await Promise.all(
        keys.map(async (key) => {
          const about = `v=1; a=${key.algorithm}; c=relaxed/simple; d=${key.domain};\r\n s=${key.selector};${time}`
          const field = `DKIM-Signature: ${about}\r\n bh=${bodyHash};\r\n h=${foldNames(names)};\r\n b=`
          const signature = await makeSignature(key, Buffer.from(`${canonical}${relaxField(field)}`, 'latin1'))
          return `${field}${foldSignature(signature)}\r\n`
        }),
      )
      const head = fields.join('')
      const { bytes, giveBack } = buffers.take(head.length + raw.length)
      raw.copy(bytes, bytes.write(head, 'latin1'))
      const recycle = () => {
        message.recycle?.()
        giveBack()
      }
      return { ...message, raw: bytes, recycle }
    },
  }
}

async function makeSignature({ algorithm, privateKey }: DkimKey, data: Buffer): Promise<string> {
  return await new Promise((resolve, reject) => {
    // With a callback the work is done in a thread of its own.
    const done = (error: Error | null, signature: Buffer) =>
      error ? reject(error) : resolve(signature.toString('base64'))
    if (algorithm === 'rsa-sha256') signBytes('sha256', data, privateKey, done)
    // RFC 8463 §3: what Ed25519 signs is the hash.
    else signBytes(null, hash('sha256', data, 'buffer'), privateKey, done)
  })
}

/** SHA-256 of a body in simple form, base64: empty lines at its end do not count (RFC 6376 §3.4.3). */
function hashBody(body: Buffer): string {
  let end = body.length
  while (end >= 2 && body[end - 1] === 0x0a && body[end - 2] === 0x0d) end -= 2
  const isEnded = body.length >= end + 2
  if (isEnded) return hash('sha256', body.subarray(0, end + 2), 'base64')
  return createHash('sha256').update(body).update('\r\n').digest('base64')
}

function fold(names: string): string {
  let out = ''
  let room = LINE_LENGTH - ' h='.length
  for (const [index, name] of names.split(':').entries()) {
    const needed = name.length + 1
    if (index > 0) out += ':'
    if (room < needed) {
      out += '\r\n '
      room = LINE_LENGTH - 1
    }
    out += name
    room -= needed
  }
  return out
}

function foldSignature(signature: string): string {
  const first = LINE_LENGTH - ' b='.length
  const rest = signature.slice(first).match(/.{1,75}/g) ?? []
  return [signature.slice(0, first), ...rest].join('\r\n ')
}

function keepLast(make: (text: string) => string): (text: string) => string {
  let last: { readonly text: string; readonly made: string } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) }
    return last.made
  }
}
