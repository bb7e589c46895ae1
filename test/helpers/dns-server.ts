import { createSocket } from 'node:dgram'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import packet, { type Answer, type Packet, type Question } from 'dns-packet'
import { onTestFinished } from 'vitest'

/**
 * A zone as data: `news.example.com TXT` → what is published there. A text in several strings has `|` between them; a long one is cut by itself. Any
 * name that has a record, or has one below it, exists; every other one is NXDOMAIN. `truncated TXT …`: over UDP only that
 * there is more.
 */
export type Zone = Readonly<Record<string, readonly string[] | Trouble>>

/** Instead of records: an answer with that code, or none. */
export type Trouble = 'SERVFAIL' | 'REFUSED' | 'silence'

/** A server that runs. */
export interface DnsServer {
  /** `127.0.0.1:PORT` */
  readonly address: string
  /** Questions so far: `TXT news.example.com`; over TCP with `tcp ` in front. */
  readonly questions: readonly string[]
}

const CODES: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }
const TRUNCATED = 'truncated '
const MAX_UDP_BYTES = 512
/** RFC 1035 §4.1.1: an answer, from the one who knows. */
const FLAGS = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | packet.AUTHORITATIVE_ANSWER

/** Serves a zone on one free loopback port over UDP and TCP until the test ends. */
export async function startDns(zone: Zone): Promise<DnsServer> {
  const questions: string[] = []
  const udp = createSocket('udp4')
  const sockets = new Set<Socket>()
  const tcp = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let received = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      // Each message has its length in front (RFC 1035 §4.2.2); several may come at once.
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
        const end = 2 + received.readUInt16BE()
        const query = packet.decode(received.subarray(2, end))
        received = received.subarray(end)
        const reply = answer(zone, query, (question) => questions.push(`tcp ${question}`))
        if (reply) socket.write(packet.streamEncode(reply))
      }
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as AddressInfo
  udp.on('message', (bytes, { port: to, address }) => {
    const reply = answer(zone, packet.decode(bytes), (question) => questions.push(question))
    if (reply) udp.send(fitUdp(zone, reply), to, address)
  })
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await Promise.all([
      new Promise<void>((resolve) => udp.close(resolve)),
      new Promise<void>((resolve) => tcp.close(() => resolve())),
    ])
  })
  return { address: `127.0.0.1:${port}`, questions }
}

function answer(zone: Zone, query: Packet, note: (question: string) => void): Packet | undefined {
  const [question] = query.questions ?? []
  if (!question) return undefined
  note(`${question.type} ${question.name}`)
  const found = find(zone, question)
  if (found === 'silence') return undefined
  const [code, answers] = typeof found === 'string' ? [found, []] : ['NOERROR', found]
  return {
    type: 'response',
    id: query.id ?? 0,
    flags: FLAGS | (CODES[code] ?? 0),
    questions: [question],
    answers: answers.map((record) => toAnswer(record)),
  }
}

interface Found {
  readonly name: string
  readonly type: string
  readonly value: string
}

function find(zone: Zone, { name: asked, type }: Question, depth = 0): Found[] | 'NXDOMAIN' | Trouble {
  const name = asked.toLowerCase()
  const own = zone[`${name} ${type}`] ?? zone[`${TRUNCATED}${name} ${type}`]
  if (own !== undefined) return typeof own === 'string' ? own : own.map((value) => ({ name, type, value }))
  const alias = zone[`${name} CNAME`]?.[0]
  if (alias !== undefined && depth < 8) {
    const target = find(zone, { name: alias, type } as Question, depth + 1)
    return typeof target === 'string' ? target : [{ name, type: 'CNAME', value: alias }, ...target]
  }
  const names = Object.keys(zone).map((key) => key.replace(TRUNCATED, '').split(' ')[0] ?? '')
  return names.some((known) => known === name || known.endsWith(`.${name}`)) ? [] : 'NXDOMAIN'
}

function toAnswer({ name, type, value }: Found): Answer {
  const common = { name, ttl: 60, class: 'IN' as const }
  if (type === 'TXT') return { ...common, type, data: toStrings(value) }
  if (type === 'MX') {
    const [preference, exchange = ''] = value.split(' ')
    return { ...common, type, data: { preference: Number(preference), exchange } }
  }
  return { ...common, type: type as 'A' | 'AAAA' | 'CNAME' | 'PTR', data: value }
}

/** RFC 1035 §3.3: none has more than 255 octets. */
function toStrings(value: string): Buffer[] {
  return value.split('|').flatMap((text) => (text.match(/.{1,255}/gs) ?? ['']).map((piece) => Buffer.from(piece)))
}

function fitUdp(zone: Zone, reply: Packet): Buffer {
  const [question] = reply.questions ?? []
  const bytes = packet.encode(reply)
  const isForced = question !== undefined && `${TRUNCATED}${question.name.toLowerCase()} ${question.type}` in zone
  if (!isForced && bytes.length <= MAX_UDP_BYTES) return bytes
  return packet.encode({ ...reply, answers: [], flags: (reply.flags ?? 0) | packet.TRUNCATED_RESPONSE })
}
