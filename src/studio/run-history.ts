import type { Database } from '../db/index.ts'
import { readProgress, type Run, type Runner } from '../delivery/index.ts'
import type { RunSample } from '../preview/index.ts'

/** An hour of samples. */
const MAX_SAMPLES = 3600
/** Points of the chart for what was before anybody looked. */
const STEPS = 120
/** The rate is that of the last so many. */
const RATE_MS = 10_000

/** How the counts of each run were: samples while somebody looked, and what the ledger tells of the time before. */
export function createRunHistory() {
  const samples = new Map<number, RunSample[]>()
  const before = new Map<number, { readonly name: string; readonly early: readonly RunSample[] }>()
  return {
    /** What was before anybody looked the ledger tells. */
    async of(db: Database, run: Run, now: Date): Promise<readonly RunSample[]> {
      const list = samples.get(run.key) ?? []
      const [first] = list
      const until = first ? new Date(first.at) : (run.finishedAt ?? now)
      const name = `${until.getTime()} ${first ? '' : JSON.stringify(run.counts)}`
      const known = before.get(run.key)
      const early = known?.name === name ? known.early : await readBefore(db, run, until)
      before.set(run.key, { name, early })
      return [...(first ? early.filter((moment) => wasSeen(moment, first)) : early), ...list]
    },
    add({ key, counts }: Run, runner: Runner | undefined, now: Date) {
      const known = samples.get(key)
      const list = known ?? (runner ? [] : undefined)
      const last = list?.at(-1)
      if (!list || (last && isSame(last, counts))) return
      list.push({ at: now.toISOString(), ...counts })
      if (list.length > MAX_SAMPLES) list.shift()
      samples.set(key, list)
    },
    /** Messages per second of late; undefined when too little is known. */
    rate({ key }: Run): number | undefined {
      const list = samples.get(key) ?? []
      const last = list.at(-1)
      if (!last) return undefined
      const from = list.find(({ at }) => Date.parse(last.at) - Date.parse(at) <= RATE_MS)
      const ms = from ? Date.parse(last.at) - Date.parse(from.at) : 0
      if (!from || ms < 1000) return undefined
      return Math.round(((done(last) - done(from)) * 10_000) / ms) / 10
    },
  }
}

type Counts = Run['counts']

function done({ accepted, failed, deferred, unknown }: Counts): number {
  return accepted + failed + deferred + unknown
}

/**
 * Whether a sample knew of an earlier moment. A delivery is written with its time and shows with its commit: what was
 * on its way to the disk when the sample was taken came before it only by its time.
 */
function wasSeen(moment: Counts, { pending, accepted, failed, skipped }: Counts): boolean {
  return (
    moment.pending >= pending && moment.accepted <= accepted && moment.failed <= failed && moment.skipped <= skipped
  )
}

async function readBefore(db: Database, run: Run, until: Date): Promise<RunSample[]> {
  const from = run.startedAt ?? run.approvedAt
  const none = { handed: 0, accepted: 0, deferred: 0, failed: 0, unknown: 0, skipped: 0 }
  const moments = await readProgress(db, run, { from, until, steps: STEPS })
  if (moments.length === 0) return []
  return [
    { at: from.toISOString(), ...none, pending: run.total },
    ...moments.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
  ]
}

function isSame(a: Counts, b: Counts): boolean {
  return (Object.keys(b) as (keyof Counts)[]).every((state) => a[state] === b[state])
}
