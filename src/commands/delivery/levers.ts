import { openApp } from '../../app.ts'
import { AppError } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import {
  describeRun,
  describeUnsent,
  lookAt,
  neverApproved,
  type Run,
  type Runner,
  type RunStatus,
} from '../../delivery/index.ts'
import { type CommandContext, EXIT, type ExitCode } from '../command.ts'
import { findIssue, findRunByName } from './find-issue.ts'
import type { SendFlags, SendJob } from './job.ts'
import { formatStatus } from './report.ts'

/** Flags of the levers that do not mail anybody. */
export const NO_FLAGS: SendFlags = {
  isYes: false,
  isForced: false,
  withNewReaders: false,
  waitMs: 0,
  unknown: 'skip',
  isStrict: false,
}

/** How often a runner is looked at that is to let go. */
const LOOK_MS = 200
/** A drain, its last commit, and a lock that goes stale. */
const LET_GO_MS = 65_000

/** Opens newsletter and store for some work. With --json results for people go to stderr. */
export async function withJob(
  context: CommandContext,
  flags: SendFlags,
  work: (job: SendJob) => Promise<ExitCode>,
): Promise<ExitCode> {
  const app = await openApp(context)
  const db = await app.openStore()
  const terminal = context.json
    ? { ...context.terminal, out: context.terminal.note, paint: context.terminal.errPaint }
    : context.terminal
  try {
    return await work({ context, flags, terminal, app, db })
  } finally {
    await db.close()
  }
}

/**
 * The same with a run that was approved.
 *
 * @throws AppError `delivery/never-approved`
 */
export async function withRun(
  context: CommandContext,
  name: string,
  flags: SendFlags,
  work: (job: SendJob, run: Run) => Promise<ExitCode>,
): Promise<ExitCode> {
  return await withJob(context, flags, async (job) => {
    const { app, db } = job
    const run = (await findRunByName(db, name, app)) ?? (await findIssue(app, db, name)).run
    if (!run) {
      throw new AppError(neverApproved.code, neverApproved.message(name), {
        kind: 'usage',
        hint: neverApproved.hint(),
      })
    }
    return await work(job, run)
  })
}

/** Tells how a run stands: for programs on stdout, for people in one line. */
export function printStatus({ context, terminal }: SendJob, status: RunStatus, before = ''): void {
  if (context.json) context.terminal.out(JSON.stringify(status, null, 2))
  else terminal.out(`${before}${formatStatus(status)}`)
}

/** Nothing was sent. For programs: how the issue stands. @param more - besides its status. */
export async function tellNothing(
  { context, terminal, db }: SendJob,
  issueId: string,
  more: object = {},
): Promise<void> {
  terminal.err('Nothing was sent.')
  if (!context.json) return
  const found = await lookAt(db, issueId, context.clock.now())
  const status = found ? describeRun(found.run, found.runner) : describeUnsent(issueId)
  context.terminal.out(JSON.stringify({ ...status, ...more }, null, 2))
}

/** The author broke off, or asked to stop, before anything was sent. */
export async function breakOff(job: SendJob, issueId: string): Promise<ExitCode> {
  await tellNothing(job, issueId)
  return EXIT.interrupted
}

/** The run as it stands, and who sends it. */
export async function look(db: Database, issueId: string, now: Date): Promise<{ run: Run; runner?: Runner }> {
  const found = await lookAt(db, issueId, now)
  if (!found) throw new TypeError(`no run of the issue ${issueId}`)
  return found
}

/**
 * Waits until the process that sends the run has ended what is in flight, and says so.
 *
 * @param isFree - asked again and again; default: nobody sends it.
 * @returns whether it has, in time and before Ctrl-C.
 */
export async function untilLetGo(job: SendJob, issueId: string, isFree?: () => Promise<boolean>): Promise<boolean> {
  const { db, context, terminal } = job
  const { clock, signal } = context
  const free = isFree ?? (async () => (await look(db, issueId, clock.now())).runner === undefined)
  if (await free()) return true
  const { runner } = await look(db, issueId, clock.now())
  if (runner) terminal.note(`Process ${runner.pid} on ${runner.host} ends what is in flight (at most 30 s) …`)
  const { sleep } = await import('../../delivery/index.ts')
  for (let waitedMs = 0; waitedMs < LET_GO_MS; waitedMs += LOOK_MS) {
    if (!(await sleep(LOOK_MS, signal))) return false
    if (await free()) return true
  }
  return false
}

/** The status as it is now. */
export async function readStatus({ db, context }: SendJob, issueId: string): Promise<RunStatus> {
  const { run, runner } = await look(db, issueId, context.clock.now())
  return describeRun(run, runner)
}
