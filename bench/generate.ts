/**
 * Making one message, without sending it: `npm run bench:generate`. Each way runs in a process of its own, so that none
 * inherits another's heap; the rounds alternate, so that a busy moment of the machine hits all alike. A figure is the
 * median over the rounds, in µs of CPU time of all threads.
 *
 * `letterpress` fills a compiled issue: tokens, links, header fields, personal values. `MailComposer` is nodemailer's,
 * with its defaults, on text and HTML that are filled already. `copy` is the least any of them could cost: the same
 * bytes from as many pieces into a new buffer. `signed` is `letterpress` with a DKIM signature (RSA, 2048 bits), and
 * `signature` the least that costs: SHA-256 of the body and the bare signature; signatures are made in the thread pool, 8 at
 * a time.
 */
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, hash, sign } from 'node:crypto'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import MailComposer from 'nodemailer/lib/mail-composer'
import { parseAddress } from '../src/base/index.ts'
import {
  buildReaderLinks,
  buildSlotValues,
  compileMessage,
  createSigner,
  type MessageOptions,
} from '../src/message/index.ts'
import { fillSlots, markSlot, type Rendered, splitSlots } from '../src/render/index.ts'
import type { Reader } from '../src/subscriber/index.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 7)
const SIZES = [60_000, 20_000]
/** CPU time that one way has to warm up in a round, and then to be measured in. */
const WARM_MS = 300
const RUN_MS = 600
const DATE = new Date('2026-08-21T06:00:00Z')
const READERS = 1_000

/** One way to make the message of the reader with this number. */
interface Way {
  readonly name: string
  readonly make: (index: number) => unknown
  /** The way whose time this one is compared with. */
  readonly base: string
  /** How many are under way together; default: 1. */
  readonly atOnce?: number
}

const options: MessageOptions = {
  name: 'LLM Papers Weekly',
  from: { name: 'Ada Example', address: address('ada@news.example.com') },
  replyTo: { name: '', address: address('ada@example.com') },
  url: 'https://news.example.com',
  key: { id: 'k1', secret: 'a secret of at least thirty-two characters' },
  purpose: 'unsubscribe',
}
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const signer = createSigner([{ algorithm: 'rsa-sha256', domain: 'news.example.com', selector: 's1', privateKey }])
const readers = Array.from({ length: READERS }, (_, index) => makeReader(index))

const [size, name] = process.argv.slice(2)
if (size === undefined) compare()
else console.log(JSON.stringify(await run(Number(size), name ?? '')))

/** Every way for every size, in children. */
function compare(): void {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const model = cpus()[0]?.model.trim() ?? 'unknown'
  console.log(
    `Node ${process.versions.node}, ${availableParallelism()} CPUs (${model}), ${gigabytes} GiB, median of ${ROUNDS}\n`,
  )
  console.log('| message | way | µs CPU | times | of |\n|---|---|---|---|---|')
  for (const wanted of SIZES) {
    const { ways, raw } = prepare(wanted)
    const results = new Map(ways.map((way) => [way.name, [] as number[]]))
    for (let round = 0; round < ROUNDS; round++) {
      for (const [way, times] of results) times.push(measureInChild(wanted, way))
    }
    const timeOf = (way: string) => median(results.get(way) ?? [])
    for (const { name: way, base } of ways) {
      const ratio = (timeOf(way) / timeOf(base)).toFixed(2)
      console.log(`| ${raw.length} bytes | ${way} | ${timeOf(way).toFixed(1)} | ${ratio} | ${base} |`)
    }
  }
}

function measureInChild(wanted: number, way: string): number {
  const [, script = ''] = process.argv
  const runner = fileURLToPath(new URL('../scripts/run.js', import.meta.url))
  const args = [runner, script, String(wanted), way]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${way}: ${stderr}`)
  return JSON.parse(stdout) as number
}

async function run(wanted: number, wayName: string): Promise<number> {
  const way = prepare(wanted).ways.find((candidate) => candidate.name === wayName)
  if (!way) throw new Error(`no way is called "${wayName}"`)
  await time(way, WARM_MS)
  return await time(way, RUN_MS)
}

function prepare(wanted: number): { ways: readonly Way[]; raw: Buffer } {
  const rendered = makeIssue(wanted)
  const template = compileMessage(rendered, options)
  const { raw } = template.fill(pick(0), DATE)
  const composers = readers.slice(0, 20).map((reader) => prepareComposer(rendered, reader))
  const pieces = cutPieces(raw)
  const body = raw.subarray(raw.indexOf('\r\n\r\n') + 4)
  const fill = (index: number) => template.fill(pick(index), DATE)
  const ways: Way[] = [
    { name: 'copy', base: 'copy', make: () => Buffer.concat(pieces) },
    { name: 'letterpress', base: 'copy', make: fill },
    {
      name: 'MailComposer',
      base: 'letterpress',
      make: async (index) => await composers[index % composers.length]?.(),
    },
    { name: 'signature', base: 'signature', make: async () => await signBare(body), atOnce: 8 },
    { name: 'signed', base: 'signature', make: async (index) => await signer.sign(fill(index)), atOnce: 8 },
  ]
  return { ways, raw }
}

/** µs of CPU time per message, all threads together, over so much of it. */
async function time({ make, atOnce = 1 }: Way, wantedMs: number): Promise<number> {
  const before = process.cpuUsage()
  let made = 0
  let spent = 0
  while (spent < wantedMs * 1000) {
    // What is made at once is not awaited: a turn of the loop would be most of its time.
    for (let turn = 0; turn < 16; turn++, made += atOnce) {
      const result = atOnce === 1 ? make(made) : Promise.all(Array.from({ length: atOnce }, (_, of) => make(made + of)))
      if (result instanceof Promise) await result
    }
    const { user, system } = process.cpuUsage(before)
    spent = user + system
  }
  return spent / made
}

async function signBare(body: Buffer): Promise<Buffer> {
  const data = Buffer.from(hash('sha256', body, 'base64').repeat(20))
  return await new Promise((resolve, reject) => {
    sign('sha256', data, privateKey, (error, signature) => (error ? reject(error) : resolve(signature)))
  })
}

function prepareComposer(rendered: Rendered, reader: Reader): () => Promise<Buffer> {
  const { from, replyTo, key, url } = options
  const links = buildReaderLinks(reader, {
    key,
    purpose: 'unsubscribe',
    unsubscribeMailbox: replyTo ?? from,
    ...(url ? { url } : {}),
  })
  const values = buildSlotValues(reader, links, rendered)
  const mail = {
    from,
    ...(replyTo ? { replyTo } : {}),
    to: { name: reader.name ?? '', address: reader.email },
    subject: fillSlots(rendered.subject, values, 'header'),
    date: DATE,
    messageId: `<${reader.id}@news.example.com>`,
    text: fillSlots(rendered.text, values, 'text'),
    html: fillSlots(rendered.html, values, 'html'),
    headers: {
      'List-Id': 'LLM Papers Weekly <llm-papers-weekly.news.example.com>',
      'List-Unsubscribe': `<${links.unsubscribePage ?? ''}>, <${links.unsubscribeMail}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Archive': `<${url ?? ''}/>`,
      'Feedback-ID': `${rendered.issueId}:llm-papers-weekly:newsletter:news-example-co`,
      Precedence: 'bulk',
    },
  }
  return async () => await new MailComposer(mail).compile().build()
}

/** As many pieces as a message has fixed parts and slots, more or less. */
function cutPieces(raw: Buffer): Buffer[] {
  const size = Math.ceil(raw.length / 20)
  return Array.from({ length: 20 }, (_, index) => Buffer.from(raw.subarray(index * size, (index + 1) * size)))
}

/** An issue of about that size on the wire, with ten slots. */
function makeIssue(bytes: number): Rendered {
  const name = markSlot('subscriber.name', 'there')
  const paragraph =
    '<tr><td align="left" style="font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#222222">' +
    'A “quoted” claim about benchmarks – and <a href="https://example.org/story/1">what it leaves out</a>.</td></tr>\n'
  const line = 'A “quoted” claim about benchmarks – and what it leaves out.\nhttps://example.org/story/1\n\n'
  const count = Math.round((bytes - 2_500) / 365)
  const foot = `<a href="${markSlot('preferencesUrl')}">Preferences</a> <a href="${markSlot('unsubscribeUrl')}">Unsubscribe</a>`
  return {
    issueId: '2026-w34-papers',
    template: 'digest',
    language: 'en',
    direction: 'ltr',
    subject: ['LLM papers, 11–17 August: a stolen layer and 15 more'],
    preheader: [],
    html: splitSlots(
      `<!doctype html><html lang="en"><body><p>Hello ${name}</p><a href="${markSlot('webUrl')}">Read online</a>` +
        `<table>${paragraph.repeat(count)}</table><p>You are ${name} (${markSlot('subscriber.email')}). ${foot}</p></body></html>\n`,
    ),
    text: splitSlots(
      `Hello ${name},\n\n${line.repeat(count)}Unsubscribe: ${markSlot('unsubscribeUrl')}\nPreferences: ${markSlot('preferencesUrl')}\n`,
    ),
    images: [],
    archiveUrl: 'https://news.example.com/issues/2026-w34-papers/',
    hash: '0'.repeat(64),
  }
}

function makeReader(index: number): Reader {
  const first = ['Ana', 'José', 'Łukasz', 'Mary Ann', 'Bob'][index % 5] ?? ''
  return {
    id: `s${(1e9 + index).toString(36)}mfq2x9d0c7`,
    email: address(`user${index}@mail${index % 97}.example.com`),
    name: `${first} ${index}`,
    tags: [],
    fields: {},
  }
}

function pick(index: number): Reader {
  return readers[index % READERS] ?? makeReader(index)
}

function address(text: string) {
  const parsed = parseAddress(text)
  if (!parsed) throw new TypeError(`no address: ${text}`)
  return parsed
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
