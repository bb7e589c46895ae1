/** A send that waits for its time. The time stands in the ledger: whoever is there when it comes starts it. */
import {
  beginRun,
  describeRun,
  formatLocal,
  isStale,
  moveStart,
  type Run,
  sleep,
  type Word,
} from '../../delivery/index.ts'
import { EXIT, type ExitCode } from '../command.ts'
import type { SendJob } from './job.ts'
import { look, printStatus, tellNothing } from './levers.ts'
import { formatSeconds } from './progress.ts'
import { runAndReport } from './run-and-report.ts'
import { assertTransport, withTransport } from './with-transport.ts'

/** Short, so that a machine that slept, or whose clock was set, starts at once when it wakes. */
const STEP_MS = 1000

/** Moves a scheduled run when another time is given, waits for it, and sends. */
export async function sendScheduled(job: SendJob, run: Run): Promise<ExitCode> {
  const { db, context, flags, terminal } = job
  assertTransport(job, run)
  if (flags.startsAt) {
    const { startsAt } = flags
    const word: Word = { at: context.clock.now(), how: 'flag' }
    await db.transaction(async (tx) => await moveStart(tx, run.key, startsAt, word))
    terminal.note(`Moved to ${formatLocal(startsAt)}.`)
  }
  return await waitAndSend(job, run.issueId)
}

/** Waits for the time of a scheduled run, and sends it then. */
export async function waitAndSend(job: SendJob, issueId: string): Promise<ExitCode> {
  const { context, terminal } = job
  const run = await waitForStart(job, issueId)
  terminal.rewrite('')
  if (context.signal.aborted) return reportLeft(job, run)
  if (!run.startsAt || run.state !== 'open') return await reportTaken(job, run)
  const word = await allowLate(job, run)
  if (!word) return EXIT.incomplete
  return await withTransport(
    job,
    issueId,
    async (transport) =>
      await runAndReport(job, run, transport, {
        prepare: async (tx, found) => await beginRun(tx, found, { ...word, at: context.clock.now() }),
      }),
  )
}

/** @returns the run when its time has come, it is no longer waiting, or this process is to stop. */
async function waitForStart({ db, context, terminal }: SendJob, issueId: string): Promise<Run> {
  const { clock, signal } = context
  let toldMs: number | undefined
  for (;;) {
    const now = clock.now()
    const { run } = await look(db, issueId, now)
    if (!run.startsAt || run.state !== 'open' || run.startsAt <= now) return run
    const leftMs = run.startsAt.getTime() - now.getTime()
    if (run.startsAt.getTime() !== toldMs) {
      toldMs = run.startsAt.getTime()
      terminal.rewrite('')
      terminal.note(`${run.total} readers; starts ${formatLocal(run.startsAt)}. Ctrl-C leaves it scheduled.`)
    }
    terminal.rewrite(`Starts in ${formatSeconds(leftMs / 1000)}.`)
    if (!(await sleep(Math.min(leftMs, STEP_MS), signal))) return run
  }
}

function reportLeft(job: SendJob, run: Run): ExitCode {
  const { terminal } = job
  printStatus(job, describeRun(run, undefined))
  if (run.startsAt) {
    terminal.err(`It stays scheduled for ${formatLocal(run.startsAt)}; nothing was sent yet.`)
    terminal.err(
      `A running \`letterpress serve\` starts it, or \`send ${run.slug}\` waits again; \`cancel ${run.slug}\` ends it.`,
    )
  }
  return EXIT.interrupted
}

/** Somebody else paused, cancelled or began it. */
async function reportTaken(job: SendJob, { issueId, slug }: Run): Promise<ExitCode> {
  const { run, runner } = await look(job.db, issueId, job.context.clock.now())
  printStatus(job, describeRun(run, runner))
  if (run.state === 'paused') job.terminal.err(`It was paused meanwhile; \`letterpress resume ${slug}\` goes on.`)
  if (run.state === 'cancelled') job.terminal.err('It was cancelled meanwhile.')
  if (runner) job.terminal.err(`Process ${runner.pid} on ${runner.host} has started it; \`status --watch\` follows it.`)
  return run.state === 'finished' ? EXIT.done : EXIT.incomplete
}

/** @returns undefined when it is too late to start without a word of the author, and there is none. */
async function allowLate(job: SendJob, run: Run): Promise<Word | undefined> {
  const { context, terminal, flags } = job
  const at = context.clock.now()
  if (!run.startsAt || !isStale(run, at)) return { at, how: 'command' }
  const late = `${formatSeconds((at.getTime() - run.startsAt.getTime()) / 1000)} late`
  if (flags.isForced) return { at, how: 'flag', detail: `forced, ${late}` }
  const text = `It should have started ${formatLocal(run.startsAt)}, ${late}.`
  const answer = await terminal.ask?.(`${text} Send it all the same? [y/N] `)
  if (/^y(?:es)?$/i.test(answer?.trim() ?? '')) return { at, how: 'typed', detail: `confirmed, ${late}` }
  if (answer === undefined) terminal.err(text)
  await tellNothing(job, run.issueId)
  terminal.err(
    `News that old goes out only if you say so: \`send ${run.slug} --force\` sends it, \`--at TIME\` moves it, \`cancel ${run.slug}\` ends it.`,
  )
  return undefined
}
