/**
 * Memory of a send to a long list: `node scripts/run.js bench/scale.ts [--node 24.21.0,26.10.0] [--readers 1000000]`.
 * Linux, with a C compiler.
 *
 * The send is `letterpress send` as its users start it, from its sources, in a process of its own; the kernel is asked
 * how much of it is in memory four times a second. Flat: the last tenth of the time beside the first, once it has begun
 * to send.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { addReaders, ISSUE_ID, openNewsletter, writeIssue } from './sending/newsletter.ts'
import { compile, listRuntimes, numberOption, pin, SENDER_CORE, startSink } from './sending/programs.ts'
import { describeMachine, median, printTable, ratio, whole } from './sending/table.ts'

const READERS = numberOption('readers', 1_000_000)
const ENTRIES = numberOption('entries', 1)
const CONNECTIONS = 20
const SAMPLE_MS = 250

const folder = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
const sink = await startSink(compile('sink', folder))
try {
  console.log(`${describeMachine()}; ${whole(READERS)} readers, ${CONNECTIONS} connections`)
  const rows: string[][] = []
  for (const node of listRuntimes()) rows.push(await measure(node))
  printTable(['', 'messages/s', 'seconds', 'peak MB', 'first tenth MB', 'last tenth MB', 'last / first'], rows)
} finally {
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
}

interface Send {
  readonly seconds: number
  readonly messagesPerSecond: number
  readonly samples: readonly Sample[]
}

async function send(node: string, readers: number): Promise<Send> {
  await fillNewsletter(readers)
  const startedMs = performance.now()
  const samples: Sample[] = []
  const { child, output } = startSend(node)
  const ended = new Promise((resolve) => child.once('close', resolve))
  const sampling = sample(child, samples, ended)
  const status = await ended
  await sampling
  if (status !== 0) throw new Error(`send ended with ${String(status)}: ${output()}`)
  const seconds = (performance.now() - startedMs) / 1000
  const { accepted, messagesPerSecond } = JSON.parse(output()) as { accepted: number; messagesPerSecond: number }
  if (accepted !== readers) throw new Error(`${accepted} accepted`)
  return { seconds, messagesPerSecond, samples }
}

async function measure(node: string): Promise<string[]> {
  // Sources that changed are compiled at their first start, which takes more memory than anything else.
  await send(node, 100)
  const { seconds, messagesPerSecond, samples } = await send(node, READERS)
  const tenth = Math.max(1, Math.floor(samples.length / 10))
  const first = median(samples.slice(0, tenth).map(({ mb }) => mb))
  const last = median(samples.slice(-tenth).map(({ mb }) => mb))
  const peak = Math.max(...samples.map(({ peakMb }) => peakMb))
  return [
    node === process.execPath ? process.version : node.replace(/.*node-([\d.]+)\/.*/, 'v$1'),
    whole(messagesPerSecond),
    whole(seconds),
    whole(peak),
    whole(first),
    whole(last),
    ratio(last / first),
  ]
}

async function fillNewsletter(readers: number): Promise<void> {
  rmSync(join(folder, 'data'), { recursive: true, force: true })
  mkdirSync(join(folder, 'issues'), { recursive: true })
  writeFileSync(join(folder, 'issues', `${ISSUE_ID}.md`), writeIssue(ENTRIES))
  const app = await openNewsletter(folder, sink.port, CONNECTIONS)
  const db = await app.openStore()
  await addReaders(db, readers)
  await db.close()
}

function startSend(node: string): { readonly child: ChildProcess; readonly output: () => string } {
  const cli = fileURLToPath(new URL('../bin/letterpress.js', import.meta.url))
  const command = [node, cli, '--root', folder, '--json', '--quiet', 'send', ISSUE_ID, '--yes', '--force']
  const [program, ...rest] = pin(SENDER_CORE, command)
  const child = spawn(program, rest, {
    env: {
      ...process.env,
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      LETTERPRESS_SECRET: 'b'.repeat(43),
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => void (text += part))
  return { child, output: () => text }
}

interface Sample {
  readonly mb: number
  /** Since the process began. */
  readonly peakMb: number
}

/** What the process holds while it sends: from its first acceptance on. */
async function sample(child: ChildProcess, samples: Sample[], ended: Promise<unknown>): Promise<void> {
  let isOver = false
  void ended.then(() => (isOver = true))
  let isSending = false
  while (!isOver) {
    isSending ||= hasAccepted()
    const found = isSending ? readMemory(child.pid) : undefined
    if (found) samples.push(found)
    await sleep(SAMPLE_MS)
  }
}

function hasAccepted(): boolean {
  const db = new DatabaseSync(join(folder, 'data', 'letterpress.db'), { readOnly: true, timeout: 1000 })
  const row = db.prepare('SELECT sum(accepted) AS accepted FROM runs').get()
  db.close()
  return Number(row?.['accepted'] ?? 0) > 0
}

function readMemory(pid: number | undefined): Sample | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const read = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
    const [mb, peakMb] = [read('VmRSS'), read('VmHWM')]
    return Number.isFinite(mb) && Number.isFinite(peakMb) ? { mb, peakMb } : undefined
  } catch {
    // It has ended.
    return undefined
  }
}
