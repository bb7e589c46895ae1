import { isAscii } from 'node:buffer'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isAsciiAddress } from '../../base/index.ts'
import type { Message } from '../../message/index.ts'
import { type Attempt, readFailure, readReply } from '../attempt.ts'
import type { SmtpServer } from '../smtp-url.ts'
import type { Handover } from '../transport.ts'
import { connect, describeEnd, describeSilence, type Offers, readOffers, type Timeouts } from './connect.ts'
import { type Handed, handOver } from './hand-over.ts'
import { createWatch, type Watch } from './watch.ts'

/** One connection, logged in. It carries one message at a time. */
export interface Session {
  /** Messages tried so far. */
  readonly used: () => number
  /** Whether the server asked for the last message: then the caller has to know what became of it. */
  readonly wasAsked: () => boolean
  /** False once it can carry no further message. */
  readonly isOpen: () => boolean
  /** @throws what `beforeFinalDot` threw, and nothing else. */
  send(message: Message, handover?: Handover): Promise<Attempt>
  /** Says good-bye; resolves when the connection is gone. */
  quit(): Promise<void>
  destroy(): void
}

/** How long a good-bye may take; a deaf server would keep the process for ever. */
const QUIT_MS = 500
const LF = 0x0a
/** Commands that go out for one message before it is asked for: each may take its time. */
const COMMANDS = 3
/** No command is answered with more; blank lines without end count here only. */
const MAX_ANSWER_BYTES = 1_048_576

/**
 * Connects, secures and logs in.
 *
 * @param signal - cuts it short.
 * @throws what nodemailer reports; see `readFailure`.
 */
export async function openSession(server: SmtpServer, timeouts: Timeouts, signal: AbortSignal): Promise<Session> {
  return createSession(await connect(server, timeouts, signal), timeouts)
}

/** A connection with what is waited for on it. */
interface Line {
  readonly connection: SMTPConnection
  readonly timeouts: Timeouts
  readonly offers: Offers
  readonly watch: Watch
  /** Ends the command that is under way. */
  fail: ((error: Error) => void) | undefined
  isAsked: boolean
  /** Of the command that is under way: received so far, and when its answers must be here. */
  bytes: number
  endsAtMs: number
}

function createSession(connection: SMTPConnection, timeouts: Timeouts): Session {
  const watch = createWatch((ms) => {
    line.fail?.(describeSilence(ms))
    connection.close()
  })
  const waiting = { fail: undefined, isAsked: false, bytes: 0, endsAtMs: 0 }
  const line: Line = { connection, timeouts, offers: readOffers(connection), watch, ...waiting }
  const hear = (chunk: Buffer) => noteProgress(line, chunk)
  if (connection._socket) connection._socket.on('data', hear)
  connection.once('end', () => {
    watch.stop()
    // nodemailer forgets a command when it finds the socket closed; its own callback knows more and comes right after.
    setImmediate(() => line.fail?.(describeEnd()))
  })
  let used = 0
  return {
    used: () => used,
    wasAsked: () => line.isAsked,
    isOpen: () => !connection.destroyed,
    send: async (message, handover) => {
      line.isAsked = false
      const refusal = refuseUnfit(message, line.offers)
      if (refusal) return refusal
      used++
      const attempt = await transmit(line, message, handover)
      if (attempt.kind === 'unknown' || attempt.kind === 'server') connection.close()
      else if (attempt.kind !== 'accepted') await reset(line)
      return attempt
    },
    quit: async () => await quit(connection),
    destroy: () => connection.close(),
  }
}

/**
 * What the server cannot carry, found before anything of it goes over the wire. A sender that needs what is not offered
 * is everybody's problem; a reader who does is theirs alone (RFC 6531 §3.2, §3.6; RFC 6152 §3).
 */
function refuseUnfit({ envelope, raw }: Message, offers: Offers): Attempt | undefined {
  if (!offers.smtpUtf8 && !isAsciiAddress(envelope.from)) {
    const text = 'The server does not offer SMTPUTF8, which the sender’s address needs'
    return { kind: 'server', fault: 'sender', enhancedCode: '5.6.7', text }
  }
  if (!offers.smtpUtf8 && !isAsciiAddress(envelope.to)) {
    const text = 'The server does not offer SMTPUTF8, which this reader’s address needs'
    return { kind: 'permanent', enhancedCode: '5.6.7', text }
  }
  if (!offers.eightBitMime && !isAscii(raw)) {
    const text = 'The server does not offer 8BITMIME, which the bytes of this message need'
    return { kind: 'permanent', enhancedCode: '5.6.3', text }
  }
  return undefined
}

async function transmit(line: Line, message: Message, handover?: Handover): Promise<Attempt> {
  const { envelope, raw, isWireReady } = message
  const { connection, timeouts, watch } = line
  let isDotWritten = false
  let refusal: { readonly reason: unknown } | undefined
  let handed: Handed | undefined
  let attempt: Attempt
  try {
    const reply = await ask<string>(line, (done) => {
      handed = handOver(raw, isWireReady, {
        beforeFinalDot: async () => {
          line.isAsked = true
          watch.allow(timeouts.verdictMs)
          await handover?.beforeFinalDot()
        },
        onDot: () => {
          isDotWritten = true
          watch.allow(timeouts.verdictMs)
        },
        onRefused: (reason) => {
          refusal = { reason }
          connection.close()
        },
      })
      handover?.onDepart?.()
      connection.send(toEnvelope(envelope, raw), handed.source, (error, info) => done(error, info?.response))
    })
    attempt = isDotWritten ? readReply(reply) : { kind: 'unknown', text: 'The server took the message before its end.' }
  } catch (error) {
    attempt = readFailure(error, isDotWritten, [envelope.from, envelope.to])
  }
  // A verdict in the middle of the message: whatever came next would be taken for its rest.
  if (line.isAsked && !isDotWritten) connection.close()
  if (refusal) throw refusal.reason
  // A server can say yes before it has read everything. What was refused or cut may be tried once more as it is.
  const isLeft = connection._socket && connection._socket.writableLength === 0 && handed?.isRead()
  if (attempt.kind === 'accepted' && isLeft) message.recycle?.()
  return attempt
}

function toEnvelope({ from, to }: Message['envelope'], raw: Buffer): Parameters<SMTPConnection['send']>[0] {
  // A message to an address in UTF-8 has it in its header, which makes the bytes 8-bit (RFC 6531 §3.6).
  return { from, to: [to], size: raw.length, ...(isAscii(raw) ? {} : { use8BitMime: true }) }
}

/** Each answer gives the server time for the next one; a single line that trickles in does not. */
function noteProgress(line: Line, chunk: Buffer): void {
  const { connection, watch, timeouts, endsAtMs } = line
  line.bytes += chunk.length
  if (line.bytes > MAX_ANSWER_BYTES) {
    line.fail?.(Object.assign(new Error('The server does not stop talking'), { code: 'EPROTOCOL', command: 'CONN' }))
    connection.close()
  } else if (line.fail && !line.isAsked && chunk.includes(LF)) {
    watch.allow(Math.min(timeouts.answerMs, endsAtMs - performance.now()))
  }
}

/** Ends what the server may think is still going on, so that the next message starts clean. */
async function reset(line: Line): Promise<void> {
  if (line.connection.destroyed) return
  try {
    await ask(line, (done) => line.connection.reset(done))
  } catch {
    line.connection.close()
  }
}

async function quit(connection: SMTPConnection): Promise<void> {
  if (connection.destroyed) return
  const timer = setTimeout(() => connection.close(), QUIT_MS)
  await new Promise<void>((resolve) => {
    connection.once('end', resolve)
    connection.quit()
  })
  clearTimeout(timer)
}

type Done<Answer> = (error: Error | null, answer?: Answer) => void

/** Waits for the end of a command, at most `answerMs` or what is allowed meanwhile. */
async function ask<Answer>(line: Line, start: (done: Done<Answer>) => void): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const done: Done<Answer> = (error, answer) => {
      line.watch.rest()
      line.fail = undefined
      if (error) reject(error)
      else resolve(answer as Answer)
    }
    line.fail = done
    line.bytes = 0
    line.endsAtMs = performance.now() + COMMANDS * line.timeouts.answerMs
    line.watch.allow(line.timeouts.answerMs)
    start(done)
  })
}
