import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { createIntake } from './intake.ts'

/** Where in a session a server answers; `body`: when the first bytes of a message have come, before its end. */
export type Stage = 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot' | 'rset'

/**
 * What it does there. Text: a reply, lines joined with `\n`, sent with CRLF. `drop`: closes the connection, `reset`:
 * with a TCP reset, `hang`: never answers. `hangUp`: closes after it. `afterMs`: thinks for so long first. `bytes`: sent
 * as they are; then it closes the connection, unless there are none.
 */
export type Behaviour =
  | string
  | { readonly end: 'drop' | 'reset' | 'hang' }
  | { readonly reply: string; readonly hangUp: true }
  | { readonly reply: string; readonly afterMs: number }
  | { readonly bytes: string }

export const drop: Behaviour = { end: 'drop' }
export const reset: Behaviour = { end: 'reset' }
export const hang: Behaviour = { end: 'hang' }
/** Says nothing there, and goes on. */
export const quiet: Behaviour = { bytes: '' }

/** Behaviours in order; the last one repeats. A stage left out answers as a willing server does. */
export type SmtpScript = Readonly<Partial<Record<Stage, Behaviour | readonly Behaviour[]>>> & {
  /** Extensions in the reply to EHLO: `PIPELINING`, `AUTH PLAIN LOGIN`. */
  readonly extensions?: readonly string[]
  /** Further connections at the same time are greeted with 421 and closed. */
  readonly mostConnections?: number
  /** In PEM: STARTTLS is answered with a handshake. Without it, with 502. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly fromFirstByte?: boolean }
  /** Ends of lines in replies; default: CRLF. */
  readonly lineEnd?: string
  /** Replies go out in pieces of so many bytes. */
  readonly pieceBytes?: number
  /** Reads one chunk and then nothing for so long, over and over. */
  readonly restMs?: number
}

/** A server that follows a script, and what it saw. */
export interface ScriptedServer {
  readonly port: number
  /** Every line of every session but those of messages, in order of arrival. */
  readonly commands: readonly string[]
  /** Bytes of each message as they came over the wire, with doubled dots, without the final dot's line. */
  readonly messages: readonly Buffer[]
  /** Those of them that it said yes to. */
  readonly taken: readonly Buffer[]
  /** Connections so far. */
  readonly connections: () => number
  /** Connections that are open. */
  readonly open: () => number
}

const WILLING: Readonly<Record<Exclude<Stage, 'ehlo' | 'body'>, string>> = {
  greeting: '220 script ESMTP',
  starttls: '220 2.0.0 go ahead',
  auth: '235 2.7.0 welcome',
  mail: '250 2.1.0 sender ok',
  rcpt: '250 2.1.5 recipient ok',
  data: '354 go ahead',
  dot: '250 2.0.0 taken as 4711',
  rset: '250 2.0.0 reset',
}

/** What is none of these is a step of a login. */
const STAGES: Readonly<Record<string, Stage>> = {
  EHLO: 'ehlo',
  HELO: 'ehlo',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  RSET: 'rset',
}

/** Starts a server on a free loopback port; it is gone when the test ends. */
export async function startScript(script: SmtpScript): Promise<ScriptedServer> {
  const commands: string[] = []
  const messages: Buffer[] = []
  const taken: Buffer[] = []
  const sockets = new Set<Socket>()
  const used: Partial<Record<Stage, number>> = {}
  let connections = 0
  const next = (stage: Stage): Behaviour | undefined => {
    if (stage === 'body' && script.body === undefined) return undefined
    const own =
      script[stage] ??
      (stage === 'ehlo' || stage === 'body'
        ? ['250-script', ...(script.extensions ?? []), '250 OK'].map(continueLine).join('\n')
        : WILLING[stage])
    const list = Array.isArray(own) ? (own as readonly Behaviour[]) : [own as Behaviour]
    const at = used[stage] ?? 0
    used[stage] = at + 1
    return list[Math.min(at, list.length - 1)] ?? drop
  }
  const server = createServer((socket) => {
    connections++
    // Replies to commands that came together are not held back for 40 ms.
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    const { mostConnections = Infinity, tls } = script
    if (sockets.size > mostConnections) return socket.end('421 4.3.2 too many connections\r\n')
    const session = { next, commands, messages, taken, script }
    serve(tls?.fromFirstByte ? secure(socket, tls) : socket, session)
    return true
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { port, commands, messages, taken, connections: () => connections, open: () => sockets.size }
}

function secure(socket: Socket, { key, cert }: NonNullable<SmtpScript['tls']>): TLSSocket {
  const secured = new TLSSocket(socket, { isServer: true, key, cert })
  secured.on('error', () => undefined)
  return secured
}

function continueLine(line: string, index: number, all: readonly string[]): string {
  return /^\d{3}/.test(line) ? line : `250${index === all.length - 1 ? ' ' : '-'}${line}`
}

interface Session {
  readonly next: (stage: Stage) => Behaviour | undefined
  readonly commands: string[]
  readonly messages: Buffer[]
  readonly taken: Buffer[]
  readonly script: SmtpScript
}

function serve(socket: Socket, session: Session, isGreeted = false): void {
  const { next, commands, messages, taken, script } = session
  const { tls, lineEnd = '\r\n', pieceBytes = Infinity, restMs } = script
  const intake = createIntake()
  let inData = false
  let isDeaf = false
  let recipients = 0
  const act = (stage: Stage): string => {
    const behaviour = next(stage)
    if (behaviour === undefined || behaviour === quiet) return ''
    if (typeof behaviour === 'object' && !('reply' in behaviour)) {
      isDeaf = true
      if ('bytes' in behaviour) socket.end(behaviour.bytes)
      else if (behaviour.end === 'drop') socket.destroy()
      else if (behaviour.end === 'reset') socket.resetAndDestroy()
      return ''
    }
    const reply = typeof behaviour === 'string' ? behaviour : behaviour.reply
    const bytes = `${reply.replaceAll(/(?<!\r)\n/g, lineEnd)}${lineEnd}`
    if (typeof behaviour === 'string')
      for (let at = 0; at < bytes.length; at += pieceBytes) socket.write(bytes.slice(at, at + pieceBytes))
    else if ('afterMs' in behaviour) setTimeout(() => socket.writable && socket.write(bytes), behaviour.afterMs)
    else {
      isDeaf = true
      socket.end(bytes)
    }
    return reply
  }
  const startTls = () => {
    if (!tls) return socket.write('502 5.5.1 no TLS here\r\n')
    if (!act('starttls').startsWith('220') || isDeaf) return false
    isDeaf = true
    socket.removeAllListeners('data')
    serve(secure(socket, tls), session, true)
    return true
  }
  const obey = (line: string) => {
    commands.push(line)
    const command = line.slice(0, 4).toUpperCase()
    if (command === 'QUIT') return socket.end('221 bye\r\n')
    if (command === 'STAR') return startTls()
    if (command === 'DATA' && recipients === 0) return socket.write('503 5.5.1 no recipients\r\n')
    const reply = act(STAGES[command] ?? 'auth')
    if (command === 'MAIL' || command === 'RSET') recipients = 0
    if (command === 'RCPT' && reply.startsWith('2')) recipients++
    inData = command === 'DATA' && reply.startsWith('354')
    return true
  }
  socket.on('data', (chunk: Buffer) => {
    if (restMs !== undefined) {
      socket.pause()
      setTimeout(() => socket.resume(), restMs)
    }
    intake.push(chunk)
    let isBodySeen = false
    while (!isDeaf) {
      if (inData && intake.size() > 0 && !isBodySeen) {
        isBodySeen = true
        act('body')
        if (isDeaf) return
      }
      // An empty message is the dot alone.
      const dot = intake.startsWith('.\r\n') && inData ? '.\r\n' : '\r\n.\r\n'
      const line = intake.take(inData ? dot : '\r\n')
      if (line === undefined) return
      if (inData) {
        const message = Buffer.concat([line, Buffer.from('\r\n')])
        messages.push(message)
        inData = false
        if (act('dot').startsWith('2')) taken.push(message)
      } else obey(line.toString())
    }
  })
  if (!isGreeted) act('greeting')
}
