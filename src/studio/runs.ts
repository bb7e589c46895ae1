import type { App } from '../app.ts'
import { AppError } from '../base/index.ts'
import type { Database } from '../db/index.ts'
import {
  cancelRun,
  countAttempts,
  describeRun,
  endCancelled,
  findRun,
  isUnfinished,
  listRunners,
  listRuns,
  lookAt,
  pauseRun,
  readProgress,
  readStory,
  readSubject,
  resumeRun,
  type Run,
  type Runner,
} from '../delivery/index.ts'
import type { RunDetail, RunLever, RunSample, RunSummary } from '../preview/index.ts'
import { nothingToDo, notTyped } from './errors.ts'
import type { StoreView } from './store-view.ts'

/** An hour of samples. */
const MAX_SAMPLES = 3600
/** Points of the chart for what was before anybody looked. */
const STEPS = 120
/** The rate is that of the last so many. */
const RATE_MS = 10_000

/** Sends, as the ledger tells them, and their levers. */
export interface Runs {
  /** Newest first; also takes a sample of those that move. */
  list(): Promise<RunSummary[]>
  read(issueId: string): Promise<RunDetail | undefined>
  /** @throws AppError `studio/not-typed`, `studio/nothing-to-do` */
  pull(issueId: string, lever: RunLever, typed: string): Promise<RunDetail | undefined>
}

export interface RunsOptions {
  readonly app: () => Promise<App>
  readonly store: StoreView
  /** Starts what goes on with a paused send, as `letterpress resume` does; missing: somebody else will. */
  readonly goOn?: (slug: string) => void
}

export function createRuns({ app, store, goOn }: RunsOptions): Runs {
  const history = createHistory()
  const subjects = new Map<number, string>()
  const summarize: Summarize = async (db, run, runner, now) => {
    history.add(run, runner, now)
    const subject = subjects.get(run.key) ?? (await readSubject(db, run.key))
    subjects.set(run.key, subject)
    return describe(run, runner, { subject, rate: history.rate(run) })
  }
  const look = async (db: Database, issueId: string, now: Date) => {
    const found = await lookAt(db, issueId, now)
    if (!found) return undefined
    const summary = await summarize(db, found.run, found.runner, now)
    return await readDetail(db, found, summary, await history.of(db, found.run, now))
  }
  return {
    async list() {
      const opened = await app()
      const now = opened.clock.now()
      const found = await store.read(opened, async (db) => {
        const [runs, runners] = [await listRuns(db), await listRunners(db, now)]
        const all: RunSummary[] = []
        for (const run of runs) all.push(await summarize(db, run, runners.get(run.key), now))
        return all
      })
      return found ?? []
    },
    async read(issueId) {
      const opened = await app()
      return await store.read(opened, async (db) => await look(db, issueId, opened.clock.now()))
    },
    async pull(issueId, lever, typed) {
      const opened = await app()
      const known = await store.read(opened, async (db) => await findRun(db, issueId))
      if (!known) return undefined
      if (typed.trim() !== known.slug) throw refuse(notTyped.code, notTyped.message(typed.trim(), known.slug))
      const db = await opened.openStore()
      try {
        if (!(await pullLever(opened, db, known, lever)))
          throw refuse(nothingToDo.code, nothingToDo.message(known.slug, lever))
        if (lever === 'resume' && !known.startsAt) goOn?.(known.slug)
        return await look(db, issueId, opened.clock.now())
      } finally {
        await db.close()
      }
    },
  }
}

type Summarize = (db: Database, run: Run, runner: Runner | undefined, now: Date) => Promise<RunSummary>

async function readDetail(
  db: Database,
  { run, runner }: { readonly run: Run; readonly runner?: Runner },
  summary: RunSummary,
  history: readonly RunSample[],
): Promise<RunDetail> {
  return {
    ...summary,
    hash: run.hash,
    segment: run.segment,
    forced: run.forced,
    ...(runner ? { runner: { pid: runner.pid, host: runner.host, since: runner.startedAt.toISOString() } } : {}),
    replies: (await countAttempts(db, run.key)).map(({ kind, code, count }) => ({
      kind,
      count,
      ...(code === null ? {} : { code }),
    })),
    story: (await readStory(db, run.key)).map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
    history,
  }
}

/** @returns false when there is nothing to do. */
async function pullLever({ clock }: App, db: Database, run: Run, lever: RunLever): Promise<boolean> {
  // The page has the name typed for what cannot be taken back; for the rest a click is the answer.
  const word = { at: clock.now(), how: lever === 'cancel' ? 'typed' : 'studio' } as const
  const { runner } = (await lookAt(db, run.issueId, word.at)) ?? {}
  if (lever === 'resume') return await db.transaction(async (tx) => await resumeRun(tx, run.key, word))
  if (!runner && !isUnfinished(run)) return false
  if (lever === 'pause') return await db.transaction(async (tx) => await pauseRun(tx, run.key, word))
  const isCancelled = await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
  // A process that sends it sees to the rest when it lets go.
  if (isCancelled || run.state === 'cancelled') await endCancelled(db, clock, run.issueId)
  return isCancelled
}

function refuse(code: string, message: string): AppError {
  return new AppError(code, message, { kind: 'usage' })
}

function describe(
  run: Run,
  runner: Runner | undefined,
  { subject, rate }: { readonly subject: string; readonly rate: number | undefined },
): RunSummary {
  const { state, messagesPerSecond, startedAt, finishedAt, startsAt } = describeRun(run, runner)
  const perSecond = (runner ? rate : undefined) ?? messagesPerSecond ?? undefined
  const left = run.counts.pending + run.counts.handed
  return {
    issue: run.issueId,
    slug: run.slug,
    subject,
    // Only an issue that was never approved is unsent.
    state: state === 'unsent' ? 'incomplete' : state,
    total: run.total,
    counts: run.counts,
    transport: run.transport,
    approvedAt: run.approvedAt.toISOString(),
    ...(startsAt === null ? {} : { startsAt }),
    ...(startedAt === null ? {} : { startedAt }),
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(perSecond === undefined ? {} : { messagesPerSecond: perSecond }),
    ...(runner && perSecond ? { secondsLeft: Math.ceil(left / perSecond) } : {}),
    levers: listLevers(run, runner),
  }
}

function listLevers(run: Run, runner: Runner | undefined): RunLever[] {
  if (run.state === 'paused') return ['resume', 'cancel']
  return run.state === 'open' && (runner || isUnfinished(run)) ? ['pause', 'cancel'] : []
}

/** How the counts of each run were, while somebody looked. */
function createHistory() {
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
      return [...early, ...list]
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
