// The rate limit with 20 connections into a real SMTP server: node scripts/run.js bench/rate.ts [SECONDS]
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker, isMainThread, parentPort } from 'node:worker_threads'
import { parseAddress, parseMailbox, systemClock } from '../src/base/index.ts'
import { openDatabase } from '../src/db/index.ts'
import { freeze, holdRun, letGo, NO_LIMITS, RetrySection, sendRun } from '../src/delivery/index.ts'
import { type Handover, openSmtp } from '../src/transport/index.ts'

const CONNECTIONS = 20
const RATES = [50, 200, 1000]
const BODY = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.\r\n'.repeat(350)

/** Sends so many messages at a rate, and tells what the server saw. */
async function measure(perSecond: number, seconds: number, arrivals: () => Promise<number[]>, port: number) {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-rate-'))
  const db = await openDatabase({ url: 'sqlite:store.db', root, lockWaitMs: 5000 })
  const sender = parseMailbox('Bench <bench@news.example.com>')
  const recipient = parseAddress('reader@example.com')
  if (!sender || !recipient) throw new TypeError('no address')
  const readers = perSecond * seconds
  await db.runEach(
    `INSERT INTO subscribers (id, email, email_key, name, status, tags, fields, joined_at, created_at, updated_at)
      VALUES (?, ?, ?, '', 'active', '', '{}', 0, 0, 0)`,
    Array.from({ length: readers }, (_, key) => [`r${key}`, `r${key}@example.com`, `r${key}@example.com`]),
  )
  const rendered = { ...EMPTY, issueId: 'rate', hash: 'a'.repeat(64) }
  const run = await db.transaction(
    async (tx) =>
      await freeze(
        tx,
        {
          issueId: 'rate',
          slug: 'rate',
          file: 'issues/rate.md',
          segment: '',
          transport: 'smtp',
          approvedBy: 'flag',
          forced: [],
          at: new Date(),
          content: { rendered, sender: { name: 'Bench', from: sender }, readImage: () => Buffer.alloc(0) },
        },
        { sql: 'SELECT key FROM subscribers', values: [] },
      ),
  )
  const held = await holdRun(db, systemClock, run.issueId)
  const left: number[] = []
  const note = (handover?: Handover): Handover => ({
    onDepart: () => {
      left.push(performance.now())
      handover?.onDepart?.()
    },
    beforeFinalDot: async () => await handover?.beforeFinalDot(),
  })
  const transport = openSmtp({ url: `smtp://127.0.0.1:${port}`, connections: CONNECTIONS })
  const raw = Buffer.from(`From: bench@news.example.com\r\nSubject: Rate\r\n\r\n${BODY}`)
  const { end } = await sendRun({
    db,
    clock: systemClock,
    runKey: run.key,
    token: held.token,
    counts: held.run.counts,
    readers: {
      find: async () => await Promise.resolve({ id: 'r', email: recipient, tags: [], fields: {} }),
      suppress: async () => await Promise.resolve(),
    },
    transport: { ...transport, send: async (message, handover) => await transport.send(message, note(handover)) },
    compose: () => ({
      messageId: '<1@example.com>',
      readerId: 'r',
      envelope: { from: sender.address, to: recipient },
      raw,
    }),
    limits: { ...NO_LIMITS, perSecond },
    retry: RetrySection.parse({}),
    waitMs: 0,
    drainMs: 5000,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  })
  if (end.kind !== 'done') throw new Error(`the send ended: ${JSON.stringify(end)}`)
  await letGo(db, systemClock, held)
  await transport.close()
  await db.close()
  rmSync(root, { recursive: true, force: true })
  const times = await arrivals()
  if (times.length !== readers) throw new Error(`${times.length} of ${readers} arrived`)
  return { mostLeaving: describe(left, perSecond).most, ...describe(times, perSecond) }
}

const EMPTY = {
  template: 'digest',
  language: 'en',
  direction: 'ltr',
  subject: ['Rate'],
  preheader: [],
  html: ['<p>Rate</p>'],
  text: ['Rate'],
  images: [],
} as const

function describe(times: readonly number[], perSecond: number) {
  let most = 0
  let from = 0
  times.forEach((at, index) => {
    while ((times[from] ?? at) <= at - 1000) from++
    most = Math.max(most, index - from + 1)
  })
  const tookMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return { most, share: (times.length - 1) / (tookMs / 1000) / perSecond }
}

/** A server in a thread of its own that notes when each MAIL command arrives. */
async function serve(): Promise<void> {
  let times: number[] = []
  const server = createServer((socket) => answer(socket, () => void times.push(performance.now())))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  parentPort?.postMessage((server.address() as AddressInfo).port)
  parentPort?.on('message', () => {
    parentPort?.postMessage(times)
    times = []
  })
}

function answer(socket: Socket, onMail: () => void): void {
  let rest = ''
  let inData = false
  socket.setNoDelay(true).setEncoding('latin1')
  socket.on('error', () => undefined)
  socket.write('220 rate ESMTP\r\n')
  socket.on('data', (chunk: string) => {
    rest += chunk
    let replies = ''
    for (;;) {
      const end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) break
      const command = inData ? '.' : rest.slice(0, 4).toUpperCase()
      rest = rest.slice(end + (inData ? 5 : 2))
      inData = command === 'DATA'
      if (command === 'MAIL') onMail()
      if (command === 'EHLO') replies += '250-rate\r\n250 PIPELINING\r\n'
      else if (command === 'QUIT') replies += '221 bye\r\n'
      else replies += inData ? '354 go\r\n' : '250 ok\r\n'
    }
    if (replies !== '') socket.write(replies)
  })
}

async function main(): Promise<void> {
  const seconds = Number(process.argv[2] ?? 10)
  const server = new Worker(new URL('../scripts/run.js', import.meta.url), { argv: [import.meta.filename] })
  const [port] = (await once(server, 'message')) as [number]
  const arrivals = async () => {
    server.postMessage('times')
    const [times] = (await once(server, 'message')) as [number[]]
    return times
  }
  console.log(
    `Node ${process.version}; ${CONNECTIONS} connections, ${seconds} s at each limit; times of MAIL at the server.`,
  )
  console.log(
    '\n| limit per second | most written in any second | most seen by the server | share of the limit |\n|---|---|---|---|',
  )
  for (const perSecond of RATES) {
    const { mostLeaving, most, share } = await measure(perSecond, seconds, arrivals, port)
    console.log(`| ${perSecond} | ${mostLeaving} | ${most} | ${share.toFixed(3)} |`)
  }
  await server.terminate()
}

await (isMainThread ? main() : serve())
