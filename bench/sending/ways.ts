/** The ways of sending that are compared. Each sends so many messages over so many connections. */
import { createTransport } from 'nodemailer'
import type { App } from '../../src/app.ts'
import { type Address, keepHeapLean, parseAddress } from '../../src/base/index.ts'
import {
  type Content,
  createReaders,
  holdRun,
  letGo,
  NO_LIMITS,
  readContent,
  sendRun,
} from '../../src/delivery/index.ts'
import { buildReaderLinks, buildSlotValues } from '../../src/message/index.ts'
import { fillSlots } from '../../src/render/index.ts'
import type { Reader } from '../../src/subscriber/index.ts'
import { ISSUE_ID } from './newsletter.ts'
import type { WayName } from './job.ts'

export interface WayOptions {
  readonly app: App
  readonly content: Content
  readonly messages: number
  readonly connections: number
  readonly port: number
}

interface Way {
  /** Whether list and frozen run must be in the store before. */
  readonly needsRun: boolean
  send(options: WayOptions): Promise<void>
}

export const WAYS: Readonly<Record<WayName, Way>> = {
  letterpress: { needsRun: true, send: sendAll },
  bare: { needsRun: false, send: sendBare },
  'two-commits': { needsRun: true, send: sendWithTwoCommits },
  nodemailer: { needsRun: false, send: async (options) => await sendByNodemailer(options, {}) },
  'nodemailer-qp': {
    needsRun: false,
    send: async (options) => await sendByNodemailer(options, { textEncoding: 'quoted-printable' }),
  },
}

/** All that `letterpress send` does from a frozen run to a finished one. */
async function sendAll({ app, messages }: WayOptions): Promise<void> {
  const db = await app.openStore()
  const transport = await app.openTransport()
  const held = await holdRun(db, app.clock, ISSUE_ID)
  const content = await readContent(db, held.run.key)
  const endLean = keepHeapLean()
  const { end } = await sendRun({
    db,
    clock: app.clock,
    runKey: held.run.key,
    token: held.token,
    counts: held.run.counts,
    readers: createReaders(db, app.clock),
    transport,
    compose: app.composerFor(content),
    limits: NO_LIMITS,
    retry: app.config.retry,
    waitMs: 0,
    drainMs: 30_000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  })
  endLean()
  const { state, counts } = await letGo(db, app.clock, held)
  await transport.close()
  await db.close()
  if (state !== 'finished' || counts.accepted !== messages) throw new Error(`sent ${counts.accepted}: ${end.kind}`)
}

/** The same composer and transport without list and ledger. */
async function sendBare({ app, content, messages, connections }: WayOptions): Promise<void> {
  const transport = await app.openTransport()
  const compose = app.composerFor(content)
  await inParallel(connections, messages, async (number) => {
    const message = await compose(makeReader(number), new Date())
    const { kind, text } = await transport.send(message)
    if (kind !== 'accepted') throw new Error(text)
  })
  await transport.close()
}

const MOVE = 'UPDATE deliveries SET state = ?, attempts = attempts + ?, at = ? WHERE run_key = ? AND reader_key = ?'

/** The same, with a commit before the dot and one after the reply, each message for itself. */
async function sendWithTwoCommits({ app, content, messages, connections }: WayOptions): Promise<void> {
  const db = await app.openStore()
  const transport = await app.openTransport()
  const compose = app.composerFor(content)
  const move = async (state: number, tries: number, key: number) =>
    void (await db.transaction(async (tx) => await tx.run(MOVE, [state, tries, new Date(), 1, key])))
  await inParallel(connections, messages, async (number) => {
    const message = await compose(makeReader(number), new Date())
    const { kind, text } = await transport.send(message, { beforeFinalDot: async () => await move(1, 1, number) })
    if (kind !== 'accepted') throw new Error(text)
    await move(2, 0, number)
  })
  await transport.close()
  await db.close()
}

/** What a program without Letterpress would do: nodemailer's own pool, HTML and text filled for each reader. */
async function sendByNodemailer(
  { app, content: { rendered, sender }, messages, connections, port }: WayOptions,
  more: { readonly textEncoding?: 'quoted-printable' },
): Promise<void> {
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Infinity,
  })
  const key = { id: 'k1', secret: 'b'.repeat(43) }
  // Twice as many as connections: none ever waits for the next message.
  await inParallel(2 * connections, messages, async (number) => {
    const reader = makeReader(number)
    const options = { key, purpose: 'unsubscribe', unsubscribeMailbox: sender.from } as const
    const links = buildReaderLinks(reader, { ...options, ...(app.config.url ? { url: app.config.url } : {}) })
    const values = buildSlotValues(reader, links, rendered)
    await pool.sendMail({
      from: { name: sender.from.name ?? '', address: sender.from.address },
      to: { name: reader.name ?? '', address: reader.email },
      subject: fillSlots(rendered.subject, values, 'header'),
      html: fillSlots(rendered.html, values, 'html'),
      text: fillSlots(rendered.text, values, 'text'),
      list: { unsubscribe: { url: links.unsubscribePage ?? '' } },
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      disableFileAccess: true,
      disableUrlAccess: true,
      ...more,
    })
  })
  pool.close()
}

export function makeReader(number: number): Reader {
  const email: Address | undefined = parseAddress(`reader-${number}@d${number % 997}.example.net`)
  if (!email) throw new TypeError('no address')
  return { id: number.toString(16).padStart(24, '0'), email, name: `Łukasz ${number}`, tags: [], fields: {} }
}

async function inParallel(width: number, count: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 1
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next <= count) await work(next++)
    }),
  )
}
