/**
 * Cold starts of whole processes, as a ratio to an empty Node of the same version: `npm run bench`.
 * Runs alternate, so that a busy moment of the machine hits all alike; medians are compared.
 */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { findPinned } from '../bin/hand-over.js'

const RUNS = 21
const root = fileURLToPath(new URL('..', import.meta.url))
const launcher = fileURLToPath(new URL('../bin/letterpress.js', import.meta.url))

/** A command line, and how many times an empty Node's start it may take. */
interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly limit?: number
}

const EMPTY: Case = { name: 'node -e 0', args: ['-e', '0'] }
const CASES: readonly Case[] = [
  EMPTY,
  { name: 'letterpress --help', args: [launcher, '--help'], limit: 2 },
  {
    name: 'letterpress check issues/2024-w11-llm-papers.md',
    args: [launcher, 'check', 'issues/2024-w11-llm-papers.md'],
    limit: 6,
  },
]

const node = findPinned() ?? process.execPath
const times = new Map(CASES.map((entry) => [entry, [] as number[]]))
// The first round fills the caches and does not count.
for (let run = -1; run < RUNS; run++) {
  for (const entry of CASES) {
    const ms = measure(entry)
    if (run >= 0) times.get(entry)?.push(ms)
  }
}

const base = median(EMPTY)
const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
console.log(
  `Node ${version}, ${cpus().length} CPUs (${cpus()[0]?.model.trim() ?? 'unknown'}), median of ${RUNS} alternating runs\n`,
)
console.log('| whole process | ms | ratio | limit |\n|---|---|---|---|')
for (const entry of CASES) {
  const ratio = median(entry) / base
  console.log(`| \`${entry.name}\` | ${median(entry).toFixed(0)} | ${ratio.toFixed(2)} | ${entry.limit ?? '–'} |`)
  if (entry.limit !== undefined && ratio > entry.limit) process.exitCode = 1
}

function measure({ name, args }: Case): number {
  const from = performance.now()
  const { status, stderr } = spawnSync(node, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const ms = performance.now() - from
  if (status !== 0) throw new Error(`${name} ended with ${String(status)}:\n${stderr}`)
  return ms
}

function median(entry: Case): number {
  const sorted = (times.get(entry) ?? []).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
