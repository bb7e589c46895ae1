/**
 * What a far server and a slow disk leave of the rate, with 100 connections:
 * `node scripts/run.js bench/wire.ts [--node 24.21.0,26.10.0] [--rounds 3]`. Linux, with a C compiler.
 *
 * Far: our own receiver answers 20 ms late, which costs what a round trip of 20 ms costs. A message takes two round
 * trips (RFC 2920 lets the envelope and DATA share one), so that nothing can be faster than connections / (2 · RTT).
 * What the ledger costs is told beside `bare`: the same composer, transport and receiver without list and ledger.
 *
 * Slow: a preloaded library makes each fsync take 5 ms more. Beside it `two-commits`: the same, with a transaction
 * before the dot and one after the reply for each message by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Result, runJob, type WayName } from './sending/job.ts'
import { compile, listRuntimes, numberOption, type Receiver, startSink } from './sending/programs.ts'
import { describeMachine, median, printTable, ratio, whole } from './sending/table.ts'

const OCTETS = 62_582
const CONNECTIONS = 100
const RTT_MS = 20
const SYNC_US = 5000
const ROUNDS = numberOption('rounds', 3)
const MESSAGES = numberOption('messages', 40_000)
/** So slow that fewer will do. */
const FEWER = numberOption('slow-messages', 500)

const folder = mkdtempSync(join(tmpdir(), 'letterpress-bench-'))
try {
  const sink = compile('sink', folder)
  const slowSync = compile('slow-sync', folder)
  console.log(`${describeMachine()}; ${CONNECTIONS} connections; medians of ${ROUNDS} rounds`)
  for (const node of listRuntimes()) {
    await measureFarServer(node, sink)
    await measureSlowDisk(node, sink, slowSync)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measureFarServer(node: string, program: string): Promise<void> {
  const receiver = await startSink(program, RTT_MS)
  const results = await alternate(['letterpress', 'bare'], async (way) => await run(node, way, receiver, MESSAGES))
  await receiver.stop()
  const most = CONNECTIONS / ((2 * RTT_MS) / 1000)
  const rate = (way: WayName) => rateOf(results, way)
  printHead(results, `round trip ${RTT_MS} ms; at most ${whole(most)} messages/s`)
  printTable(
    ['', 'messages/s', 'of the most', 'of bare', 'CPU µs a message'],
    (['letterpress', 'bare'] as const).map((way) => [
      way,
      whole(rate(way)),
      ratio(rate(way) / most),
      ratio(rate(way) / rate('bare')),
      whole(median((results.get(way) ?? []).map(({ cpuUs }) => cpuUs))),
    ]),
  )
}

async function measureSlowDisk(node: string, program: string, slowSync: string): Promise<void> {
  const receiver = await startSink(program)
  const slow = { LD_PRELOAD: slowSync, SYNC_US: String(SYNC_US) }
  const results = await alternate(['letterpress', 'two-commits'], async (way) => {
    const messages = way === 'letterpress' ? MESSAGES : FEWER
    return await run(node, way, receiver, messages, slow)
  })
  await receiver.stop()
  const naive = rateOf(results, 'two-commits')
  printHead(results, `fsync ${SYNC_US / 1000} ms slower`)
  printTable(
    ['', 'messages/s', '× two commits'],
    (['letterpress', 'two-commits'] as const).map((way) => [
      way,
      whole(rateOf(results, way)),
      ratio(rateOf(results, way) / naive),
    ]),
  )
}

async function run(
  node: string,
  way: WayName,
  { port }: Receiver,
  messages: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<Result> {
  return await runJob(node, { way, folder, port, connections: CONNECTIONS, messages, octets: OCTETS }, environment)
}

type Results = ReadonlyMap<WayName, readonly Result[]>

/** Each way once a round, so that a busy moment of the machine hits all alike. */
async function alternate(ways: readonly WayName[], measure: (way: WayName) => Promise<Result>): Promise<Results> {
  const results = new Map<WayName, Result[]>()
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ways) results.set(way, [...(results.get(way) ?? []), await measure(way)])
  }
  return results
}

function rateOf(results: Results, way: WayName): number {
  return median((results.get(way) ?? []).map(({ perSecond }) => perSecond))
}

function printHead(results: Results, text: string): void {
  const [first] = results.get('letterpress') ?? []
  console.log(`\n${first?.runtime ?? ''}; ${whole(first?.octets ?? 0)} octets a message; ${text}`)
}
