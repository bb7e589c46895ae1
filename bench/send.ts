/**
 * How fast a whole send is, beside nodemailer's own pool and Postfix's `smtp-source`, all into Postfix's `smtp-sink`:
 * `node scripts/run.js bench/send.ts [--node 24.21.0,26.10.0] [--rounds 3] [--messages 8000]`.
 *
 * Ours is timed from the frozen run to the finished one: lock, list, personalisation, MIME, ledger with
 * `synchronous=FULL`, SMTP. Rendering the issue and starting the process are not in it. The others have no ledger.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Job, type Result, runJob, type WayName } from './sending/job.ts'
import { makeContent, openNewsletter } from './sending/newsletter.ts'
import { listRuntimes, needPostfix, numberOption, pin, SENDER_CORE, startPostfixSink } from './sending/programs.ts'
import { describeMachine, median, printTable, ratio, whole } from './sending/table.ts'
import { makeReader } from './sending/ways.ts'

const OCTETS = 62_582
const CONNECTIONS = 20
const ROUNDS = numberOption('rounds', 3)
const MESSAGES = numberOption('messages', 8000)
/** The pools are slow: fewer messages take as long. */
const FEWER = numberOption('pool-messages', 1500)

const folder = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
needPostfix('smtp-source')
const sink = await startPostfixSink()
try {
  const file = await writeMessage()
  console.log(`${describeMachine()}; ${CONNECTIONS} connections; medians of ${ROUNDS} rounds`)
  for (const node of listRuntimes()) await compare(node, file)
} finally {
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function compare(node: string, file: string): Promise<void> {
  const results = new Map<WayName, Result[]>()
  const source: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    source.push(runSource(file))
    for (const way of ['letterpress', 'nodemailer', 'nodemailer-qp'] as const) {
      const messages = way === 'letterpress' ? MESSAGES : FEWER
      const job: Job = { way, folder, port: sink.port, connections: CONNECTIONS, messages, octets: OCTETS }
      results.set(way, [...(results.get(way) ?? []), await runJob(node, job)])
    }
  }
  const rateOf = (way: WayName) => median((results.get(way) ?? []).map(({ perSecond }) => perSecond))
  const ours = rateOf('letterpress')
  const [first] = results.get('letterpress') ?? []
  console.log(`\n${first?.runtime ?? ''}; ${whole(first?.octets ?? 0)} octets a message`)
  const rows = [...results].map(([way, list]) => [
    way,
    whole(rateOf(way)),
    whole(median(list.map(({ cpuUs }) => cpuUs))),
    whole(median(list.map(({ peakMb }) => peakMb))),
    ratio(ours / rateOf(way)),
  ])
  const sourceRate = median(source)
  rows.push(['smtp-source', whole(sourceRate), '–', '–', ratio(ours / sourceRate)])
  printTable(['', 'messages/s', 'CPU µs a message', 'peak MB', 'letterpress is × that'], rows)
}

/** @returns messages per second. */
function runSource(file: string): number {
  const envelope = ['-f', 'news@news.example.org', '-t', 'reader@example.net']
  const options = ['-d', '-s', String(CONNECTIONS), '-m', String(MESSAGES), '-F', file, ...envelope, '-N']
  const [program, ...rest] = pin(SENDER_CORE, [needPostfix('smtp-source'), ...options, `127.0.0.1:${sink.port}`])
  const startedMs = performance.now()
  const { status, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`smtp-source: ${stderr}`)
  return MESSAGES / ((performance.now() - startedMs) / 1000)
}

/** One of our messages with the line ends that smtp-source wants. */
async function writeMessage(): Promise<string> {
  const app = await openNewsletter(folder, sink.port, CONNECTIONS)
  const content = await makeContent(app, OCTETS)
  const { raw } = await app.composerFor(content)(makeReader(1), new Date(0))
  const file = join(folder, 'message.eml')
  writeFileSync(file, raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
  return file
}
