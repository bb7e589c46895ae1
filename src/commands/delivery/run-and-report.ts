import { AppError, keepHeapLean, type Terminal } from '../../base/index.ts'
import {
  createReaders,
  describeRun,
  type HeldRun,
  type HoldOptions,
  holdRun,
  leave,
  letGo,
  NO_LIMITS,
  readContent,
  resolveLimits,
  type Run,
  type RunEnd,
  type RunEvent,
  type RunResult,
  type RunStatus,
  sendRun,
} from '../../delivery/index.ts'
import type { Transport } from '../../transport/index.ts'
import { EXIT, type ExitCode, explainInbox } from '../command.ts'
import type { SendJob } from './job.ts'
import { type Resent, resendInDoubt, sayResent } from './in-doubt.ts'
import { printStatus, readStatus } from './levers.ts'
import { createProgress, type Progress } from './progress.ts'
import { explainEnd } from './explain-end.ts'
import { formatStatus } from './report.ts'
import { describeLimit } from './limits.ts'
import { shortenWords } from './shorten-words.ts'
import { assertTransport } from './with-transport.ts'

/** DESIGN §7: what is in flight may take so long once the send is to stop. */
const DRAIN_MS = 30_000

/** Sends what is left of an approved run, and says what came of it. */
export async function runAndReport(
  job: SendJob,
  approved: Run,
  transport: Transport,
  options: HoldOptions = {},
): Promise<ExitCode> {
  const { context, db, terminal } = job
  let resent: Resent | undefined
  const taking = holdRun(db, context.clock, approved.issueId, {
    ...options,
    prepare: async (tx, found) => {
      // Another process may have begun the issue anew over another transport.
      assertTransport(job, found)
      await options.prepare?.(tx, found)
      resent = await resendInDoubt(tx, job, found)
    },
  })
  const held = await taking.catch(async (error: unknown) => await tellTaken(job, approved.issueId, error))
  if (!held) return EXIT.incomplete
  let result: RunResult | undefined
  let run = held.run
  try {
    sayRecovered(job, held)
    if (resent) sayResent(job, resent)
    result = await sendHeld(job, held, transport)
  } finally {
    run = await letGoQuietly(job, held, result)
  }
  const status = describeRun(run, undefined)
  if (context.json) context.terminal.out(JSON.stringify(status, null, 2))
  else terminal.out(formatStatus(status))
  for (const line of explainEnd(result.end, status, run.slug)) terminal.err(line)
  if (result.unsaved > 0) {
    terminal.err(
      `${result.unsaved} more were judged by the server, and that could not be saved: the next send finds them in doubt.`,
    )
  }
  if (transport.name === 'inbox') {
    const say = context.isRehearsal ? terminal.note : terminal.err
    say(terminal.errPaint.yellow(`Kept in ${transport.place}. NOBODY RECEIVED IT: ${explainInbox(context)}.`))
  }
  if (result.end.kind === 'failed') throw result.end.error
  return chooseExit(result.end, status, job.flags.isStrict)
}

/** Another process sends it, or the author has paused it from there: nothing has failed, and nothing is done here. */
async function tellTaken(job: SendJob, issueId: string, error: unknown): Promise<undefined> {
  if (!(error instanceof AppError) || !TAKEN.includes(error.code)) throw error
  printStatus(job, await readStatus(job, issueId))
  job.terminal.err([error.message, error.hint ?? ''].join(' ').trimEnd())
}

const TAKEN: readonly string[] = ['delivery/lock-held', 'delivery/paused']

// What stopped the run is worth more than that the lock could not be removed; it goes stale by itself. What the store
// no longer tells is known here: the counts of the last commit.
export async function letGoQuietly(
  { db, context }: Pick<SendJob, 'db' | 'context'>,
  held: HeldRun,
  result: RunResult | undefined,
): Promise<Run> {
  const known = { ...held.run, counts: result?.counts ?? held.run.counts }
  if (result?.isStuck) {
    leave(held)
    return known
  }
  try {
    return await letGo(db, context.clock, held)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return known
  }
}

function sayRecovered({ terminal }: SendJob, { recovered, run }: HeldRun): void {
  const { counts, total } = run
  const left = counts.pending + counts.deferred
  if (left < total) terminal.note(`${total - left} of ${total} were dealt with before; ${left} are left.`)
  if (recovered > 0) {
    terminal.err(
      terminal.errPaint.yellow(
        `The last send ended in the middle: of ${recovered} messages it is unknown whether they arrived.`,
      ),
    )
  }
}

/** Sends with what was frozen. @param progress - told how far it is. */
export async function sendHeld(
  job: SendJob,
  held: HeldRun,
  transport: Transport,
  progress: Progress = createProgress(job.terminal, held.run.counts),
): Promise<RunResult> {
  const { context, app, db, terminal, flags } = job
  const content = await readContent(db, held.run.key)
  const compose = app.composerFor(content)
  const endLean = keepHeapLean()
  try {
    return await sendRun({
      db,
      clock: context.clock,
      runKey: held.run.key,
      token: held.token,
      counts: held.run.counts,
      readers: createReaders(db, context.clock),
      transport,
      compose: async (reader, date) => {
        try {
          return await compose(reader, date)
        } catch (error) {
          // One reader's value made a line that no server takes.
          if (error instanceof AppError && error.code === LINE_TOO_LONG) return undefined
          throw error
        }
      },
      limits: transport.name === 'smtp' ? resolveLimits(app.config.limits) : NO_LIMITS,
      retry: app.config.retry,
      waitMs: flags.waitMs,
      drainMs: DRAIN_MS,
      signal: context.signal,
      onEvent: (event) => showEvent(terminal, progress, event),
    })
  } finally {
    endLean()
    progress.end()
  }
}

const LINE_TOO_LONG = 'message/line-too-long'

function showEvent(terminal: Terminal, progress: Progress, event: RunEvent): void {
  if (event.kind === 'stopping') {
    terminal.rewrite('')
    // Not a remark: --quiet has it too.
    terminal.err(`Stopping: ${event.inFlight} in flight, at most ${event.drainMs / 1000} s. Ctrl-C again ends at once.`)
  }
  if (event.kind === 'halted') {
    terminal.rewrite('')
    const who = event.by === 'paused' ? 'Paused' : 'Cancelled'
    terminal.err(`${who} by another process: ${event.inFlight} in flight, nothing new is begun.`)
  }
  if (event.kind === 'progress') progress.show(event.counts)
  if (event.kind === 'waiting') progress.say(`Waiting until ${event.until.toISOString()} for what the server deferred.`)
  if (event.kind === 'limited') {
    progress.say(`Waiting until ${event.until.toISOString()}: ${describeLimit(event)} are used up.`)
  }
  if (event.kind === 'pause') {
    const what = event.attempt.fault === 'throttled' ? 'asks for less' : 'is lost or busy'
    progress.say(`The server ${what} (${shortenWords(event.attempt)}); trying again at ${event.until.toISOString()}.`)
  }
}

function chooseExit(end: RunEnd, status: RunStatus, isStrict: boolean): ExitCode {
  if (end.kind === 'interrupted') return EXIT.interrupted
  if (end.kind === 'server') return EXIT.environment
  if (end.kind === 'paused' || end.kind === 'cancelled') return EXIT.incomplete
  const isOpen = status.pending + status.handed + status.deferred + status.unknown > 0
  if (isOpen || end.kind === 'refusals') return EXIT.incomplete
  return isStrict && status.failed > 0 ? EXIT.incomplete : EXIT.done
}
