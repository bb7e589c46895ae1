/**
 * An SMTP server in a process of its own, the witness of every suite here: what it took is in its log before its 250
 * leaves, so killing it, or whoever sends, changes nothing about what is counted.
 *
 * Started by receiver-process.ts with its options as JSON; it says its port over the IPC channel, and takes orders there.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, openSync, writeSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { seedRandom } from '../helpers/random.ts'
import type { Aim, ReceiverEvent, ReceiverOptions, Taken } from './receiver-types.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as ReceiverOptions
const random = seedRandom(options.seed ?? 1)
const log = openSync(options.log, 'a')
const greeted = new Set<string>()
let connections = 0
let target: (Aim & { left: number }) | undefined

const tell = (event: ReceiverEvent) => void process.send?.(event)
const happens = (share: number | undefined) => share !== undefined && random.below(1_000_000) < share * 1_000_000
/** The same for a recipient whenever it is asked, in whatever process. */
const isAmong = (share: number | undefined, recipient: string, what: string) =>
  share !== undefined &&
  createHash('sha256').update(`${what} ${recipient}`).digest().readUInt32BE() < share * 0xffff_ffff

/** Kills the sender when its time has come: exactly here, with nothing else in between. */
function strike(stage: Aim['stage']): void {
  if (target?.stage !== stage || --target.left > 0) return
  const { pid, delayUs } = target
  target = undefined
  const until = performance.now() + delayUs / 1000
  while (performance.now() < until);
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** Bytes of a socket up to a delimiter; undefined when it has ended. */
function readUntil(socket: Socket): (delimiter: string) => Promise<Buffer | undefined> {
  let held: Buffer = Buffer.alloc(0)
  let isOver = false
  let wake: () => void = () => undefined
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    wake()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isOver = true
    wake()
  })
  return async (delimiter) => {
    for (;;) {
      const end = held.indexOf(delimiter)
      if (end >= 0) {
        const found = held.subarray(0, end)
        held = held.subarray(end + delimiter.length)
        return found
      }
      if (isOver) return undefined
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
}

interface Session {
  readonly socket: Socket
  readonly number: number
  readonly read: (delimiter: string) => Promise<Buffer | undefined>
  recipients: string[]
  startedAt: number
}

function answerRcpt(session: Session, line: string): string {
  const recipient = /^RCPT TO:<(.*?)>/i.exec(line)?.[1] ?? ''
  if (isAmong(options.refuse, recipient, 'refuse')) return '550 5.1.1 nobody here'
  if (isAmong(options.greylist, recipient, 'greylist') && !greeted.has(recipient)) {
    greeted.add(recipient)
    return '451 4.7.1 greylisted, come again'
  }
  session.recipients.push(recipient)
  return '250 2.1.5 recipient ok'
}

/** @returns Whether the session goes on. */
async function takeMessage(session: Session): Promise<boolean> {
  const { socket, number, read, recipients, startedAt } = session
  if (recipients.length === 0) return socket.write('503 5.5.1 no recipients\r\n') || true
  socket.write('354 go ahead\r\n')
  strike('354')
  if (happens(options.dropBefore)) {
    socket.destroy()
    return false
  }
  const message = await read('\r\n.\r\n')
  if (message === undefined) return false
  const text = message.toString('latin1')
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  const taken: Taken = {
    to: recipients,
    id: /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? '',
    sha: createHash('sha256').update(body).digest('hex'),
    connection: number,
    startedAt,
    at: Date.now(),
    ...(options.keep === true ? { raw: message.toString('base64') } : {}),
  }
  writeSync(log, `${JSON.stringify(taken)}\n`)
  strike('dot')
  if (happens(options.dropAfter)) {
    socket.destroy()
    return false
  }
  if (options.delayMs !== undefined) await sleep(options.delayMs)
  socket.write('250 2.0.0 taken\r\n')
  strike('reply')
  return true
}

async function serve(socket: Socket): Promise<void> {
  const session: Session = { socket, number: ++connections, read: readUntil(socket), recipients: [], startedAt: 0 }
  socket.setNoDelay(true)
  tell({ kind: 'connected' })
  socket.write('220 receiver ESMTP\r\n')
  for (;;) {
    const line = (await session.read('\r\n'))?.toString('utf8')
    if (line === undefined) return
    const command = line.slice(0, 4).toUpperCase()
    if (command === 'QUIT') return void socket.end('221 2.0.0 bye\r\n')
    if (command === 'DATA') {
      if (!(await takeMessage(session))) return
      session.recipients = []
    } else if (command === 'EHLO') {
      socket.write(
        `250-receiver\r\n${(options.extensions ?? ['PIPELINING']).map((name) => `250-${name}\r\n`).join('')}250 OK\r\n`,
      )
    } else if (command === 'MAIL') {
      if (happens(options.busy)) return void socket.end('421 4.3.2 closing for a moment\r\n')
      Object.assign(session, { recipients: [], startedAt: Date.now() })
      socket.write('250 2.1.0 sender ok\r\n')
    } else if (command === 'RCPT') socket.write(`${answerRcpt(session, line)}\r\n`)
    else socket.write('250 2.0.0 ok\r\n')
  }
}

const server = createServer((socket) => {
  serve(socket).catch((error: unknown) => appendFileSync(`${options.log}.errors`, `${String(error)}\n`))
})
server.listen(options.port ?? 0, '127.0.0.1', () =>
  tell({ kind: 'ready', port: (server.address() as AddressInfo).port }),
)
process.on(
  'message',
  ({ aim }: { aim: Aim | null }) => (target = aim === null ? undefined : { ...aim, left: aim.after }),
)
// A test that is gone leaves no server behind.
process.on('disconnect', () => process.exit())
