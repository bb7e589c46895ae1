import { writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { runAsleep, runFullDisk, runLocks, runTwoSenders } from './faults.ts'
import { measureSend, runKills, runServerKills } from './kills.ts'
import { runLeaving } from './leaving.ts'
import { prepareNewsletter } from './newsletter.ts'
import type { ReceiverOptions } from './receiver-types.ts'
import { formatResults, type Result } from './results.ts'
import type { Verdict } from './verdict.ts'

const READERS = 1000
/** Another number gives other moments: `LETTERPRESS_CHAOS_SEED=7 npm run test:chaos`. */
const SEED = Number(process.env['LETTERPRESS_CHAOS_SEED'] ?? 1) * 1000
/** What the servers of a part of the sends do besides. */
const MOODS = [
  {},
  { delayMs: 3 },
  { greylist: 0.03, refuse: 0.01 },
  { busy: 0.003, dropBefore: 0.002, dropAfter: 0.002 },
] as const

const results: Result[] = []
afterAll(() => console.log(formatResults(results)))

function keep(result: Result): void {
  results.push(result)
  const file = process.env['LETTERPRESS_CHAOS_RESULTS']
  if (file !== undefined) writeFileSync(file, `${formatResults(results)}\n`)
}

/** Sends until so many faults were seen, and keeps the count for the table. */
async function repeat(what: string, faults: number, run: (nth: number) => Promise<Verdict>): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  const startedAt = performance.now()
  const count = () => verdicts.reduce((sum, verdict) => sum + verdict.faults, 0)
  try {
    while (count() < faults && verdicts.length < faults) verdicts.push(await run(verdicts.length))
  } finally {
    keep({ what, verdicts, seconds: (performance.now() - startedAt) / 1000 })
  }
  expect(count()).toBeGreaterThanOrEqual(faults)
  return verdicts
}

for (const [mood, server] of MOODS.entries()) {
  for (const unknown of ['skip', 'resend'] as const) {
    const kills = unknown === 'skip' ? 45 : 15
    const said = Object.entries(server).map(([name, value]) => `${name} ${value}`)
    const what = ['sender killed', `--unknown ${unknown}`, ...said].join(', ')
    test(what, async () => {
      const prepared = await prepareNewsletter(READERS)
      // Faults of the server itself leave rows in doubt, too; those are counted apart.
      const isFaulty = 'dropAfter' in server
      await repeat(what, kills, async (nth) => {
        const connections = nth % 2 === 0 ? 10 : 20
        const trial = { prepared, readers: READERS, connections, server }
        const times = await measureOnce(prepared, connections, server)
        const seed = SEED + mood * 100 + (unknown === 'skip' ? 0 : 50) + nth
        return await runKills({ ...trial, ...times, seed, kills: 8, unknown, mayLoseReplies: isFaulty })
      })
    })
  }
}

const measured = new Map<string, { startMs: number; sendMs: number }>()
async function measureOnce(prepared: string, connections: number, server: Partial<ReceiverOptions>) {
  // Those that answer as they should.
  const willing = server.delayMs === undefined ? {} : { delayMs: server.delayMs }
  const key = `${connections} ${JSON.stringify(server)}`
  const times =
    measured.get(key) ??
    (await measureSend({
      prepared,
      readers: READERS,
      connections,
      server: willing,
      seed: SEED + 999,
    }))
  measured.set(key, times)
  return times
}

test('server killed', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, server: { delayMs: 3 } }
  const { sendMs } = await measureOnce(prepared, 20, trial.server)
  await repeat('server killed', 60, async (nth) => {
    return await runServerKills({
      ...trial,
      connections: nth % 2 === 0 ? 10 : 20,
      sendMs,
      seed: SEED + 500 + nth,
      kills: 8,
    })
  })
})

test('disk full', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, sendMs: 600, connections: 20 }
  let how = ''
  const run = async (nth: number) => {
    const verdict = await runFullDisk({ ...trial, seed: SEED + 600 + nth, faults: 4 })
    how = verdict.how
    return verdict
  }
  await repeat('disk full', 40, run)
  console.log(`disk full by ${how}`)
})

test('database locked by another process', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, sendMs: 800, connections: 20, server: { delayMs: 3 } }
  await repeat('database locked for up to 4 s', 24, async (nth) => {
    return await runLocks({ ...trial, seed: SEED + 700 + nth, faults: 3, longestMs: 4000 })
  })
  await repeat('database locked for up to 20 s', 6, async (nth) => {
    return await runLocks({ ...trial, seed: SEED + 750 + nth, faults: 2, longestMs: 20_000 })
  })
})

test('a sender that slept longer than its lock lives, another one took over', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, sendMs: 1500, connections: 20, server: { delayMs: 20 } }
  const startedAt = performance.now()
  const seeds = Array.from({ length: 6 }, (_, nth) => SEED + 800 + nth)
  // Side by side: each of them waits for half a minute.
  const verdicts = await Promise.all(seeds.map(async (seed) => await runAsleep({ ...trial, seed })))
  keep({ what: 'sender asleep, another took over', verdicts, seconds: (performance.now() - startedAt) / 1000 })
})

test('two senders at the same time', async () => {
  const prepared = await prepareNewsletter(300)
  const trial = { prepared, readers: 300, connections: 10 }
  const { startMs } = await measureSend({ ...trial, seed: SEED + 998 })
  await repeat(
    'two senders at a time',
    40,
    async (nth) => await runTwoSenders({ ...trial, startMs, seed: SEED + 900 + nth }),
  )
})

test('readers leave while the issue goes out', async () => {
  const prepared = await prepareNewsletter(READERS)
  await repeat('a tenth leaves in the middle', 4, async (nth) => {
    const trial = { prepared, readers: READERS, connections: 10 + nth * 3, seed: SEED + 950 + nth }
    const verdict = await runLeaving(trial)
    expect(verdict.skipped).toBeGreaterThan(10)
    return verdict
  })
})
