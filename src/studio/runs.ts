import type { App } from '../app.ts'
import { AppError, type Clock } from '../base/index.ts'
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
  readStory,
  readSubject,
  resumeRun,
  type Run,
  type Runner,
} from '../delivery/index.ts'
import type { RunDetail, RunLever, RunSample, RunSummary } from '../preview/index.ts'
import { nothingToDo, notTyped } from './errors.ts'
import { createRunHistory } from './run-history.ts'
import type { StoreView } from './store-view.ts'

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
  const history = createRunHistory()
  const subjects = new Map<number, string>()
  const inTurn = createTurns()
  const summarize: Summarize = async (db, run, runner) => {
    const subject = subjects.get(run.key) ?? (await readSubject(db, run.key))
    subjects.set(run.key, subject)
    return describe(run, runner, { subject, rate: history.rate(run) })
  }
  const look = async (db: Database, issueId: string, clock: Clock) => {
    const found = await inTurn(async () => {
      const now = clock.now()
      const one = await lookAt(db, issueId, now)
      if (one) history.add(one.run, one.runner, now)
      return one
    })
    if (!found) return undefined
    const summary = await summarize(db, found.run, found.runner)
    return await readDetail(db, found, summary, await history.of(db, found.run, clock.now()))
  }
  return {
    async list() {
      const opened = await app()
      const found = await store.read(opened, async (db) => {
        const seen = await inTurn(async () => {
          const now = opened.clock.now()
          const [runs, runners] = [await listRuns(db), await listRunners(db, now)]
          for (const run of runs) history.add(run, runners.get(run.key), now)
          return runs.map((run) => ({ run, runner: runners.get(run.key) }))
        })
        const all: RunSummary[] = []
        for (const { run, runner } of seen) all.push(await summarize(db, run, runner))
        return all
      })
      return found ?? []
    },
    async read(issueId) {
      const opened = await app()
      return await store.read(opened, async (db) => await look(db, issueId, opened.clock))
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
        return await look(db, issueId, opened.clock)
      } finally {
        await db.close()
      }
    },
  }
}

/** One look at a time, so that samples stand in the order in which the ledger was read. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return await turn
  }
}

type Summarize = (db: Database, run: Run, runner: Runner | undefined) => Promise<RunSummary>

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
  const word = { at: clock.now(), how: 'typed' } as const
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
