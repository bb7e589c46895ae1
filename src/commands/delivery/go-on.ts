/** What goes on with a run that was approved before: `resume`, `retry`, and `send` again. */
import { AppError } from '../../base/index.ts'
import {
  cancelled,
  countReplies,
  describeRun,
  paused,
  resumeRun,
  retryFailed,
  type Run,
  scheduled,
} from '../../delivery/index.ts'
import { EXIT, type ExitCode } from '../command.ts'
import { settleDoubt } from './in-doubt.ts'
import type { SendJob } from './job.ts'
import { breakOff, look, printStatus, untilLetGo } from './levers.ts'
import { runAndReport } from './run-and-report.ts'
import { waitAndSend } from './scheduled.ts'
import { assertTransport, withTransport } from './with-transport.ts'

/** @throws AppError `delivery/cancelled`: it was ended for good. */
export function assertNotCancelled({ state, issueId }: Run): void {
  if (state === 'cancelled') throw new AppError(cancelled.code, cancelled.message(issueId), { kind: 'usage' })
}

/** Nothing is sent while a run is paused. */
export function reportPaused(job: SendJob, run: Run): ExitCode {
  printStatus(job, describeRun(run, undefined))
  job.terminal.err(`${paused.message(run.issueId)} ${paused.hint(run.slug)}`)
  return EXIT.incomplete
}

export function reportFinished(job: SendJob, run: Run): ExitCode {
  printStatus(job, describeRun(run, undefined), 'Nothing is left to send. ')
  return run.counts.unknown > 0 ? EXIT.incomplete : EXIT.done
}

/** Goes on with a paused run. */
export async function resumeSend(asked: SendJob, run: Run): Promise<ExitCode> {
  const { db, context, terminal } = asked
  assertNotCancelled(run)
  assertTransport(asked, run)
  if (run.state === 'finished') return reportFinished(asked, run)
  const job = await settleDoubt(asked, run)
  if (!job) return await breakOff(asked, run.issueId)
  if (run.state === 'paused' && !(await untilLetGo(job, run.issueId))) {
    terminal.err('The process that sent it has not stopped yet; it stays paused.')
    return EXIT.incomplete
  }
  const word = { at: context.clock.now(), how: 'command' } as const
  if (run.startsAt) {
    await db.transaction(async (tx) => await resumeRun(tx, run.key, word))
    return await waitAndSend(job, run.issueId)
  }
  if (run.state === 'open') terminal.note('It was not paused; going on with it.')
  return await withTransport(
    job,
    run.issueId,
    async (transport) =>
      await runAndReport(job, run, transport, {
        prepare: async (tx) => void (await resumeRun(tx, run.key, { ...word, at: context.clock.now() })),
      }),
  )
}

/** Tries again what failed, and with `--unknown resend` what is in doubt. */
export async function retrySend(job: SendJob, run: Run): Promise<ExitCode> {
  const { db, context, terminal, flags } = job
  assertNotCancelled(run)
  assertTransport(job, run)
  if (run.state === 'paused') return reportPaused(job, run)
  if (run.startsAt) {
    throw new AppError(scheduled.code, scheduled.message(run.issueId, run.startsAt.toISOString()), {
      kind: 'usage',
      hint: scheduled.hint(run.slug),
    })
  }
  const { failed, unknown } = run.counts
  if (failed === 0 && (unknown === 0 || flags.unknown !== 'resend')) return reportNothing(job, run)
  if (failed > 0) {
    const replies = await countReplies(db, run.key, 'failed')
    const codes = replies.map(({ words, count }) => `${words} (${count})`).join(', ')
    terminal.note(
      `${failed} ${failed === 1 ? 'was' : 'were'} refused and ${failed === 1 ? 'is' : 'are'} tried again: ${codes}.`,
    )
  }
  return await withTransport(
    job,
    run.issueId,
    async (transport) =>
      await runAndReport(job, run, transport, {
        prepare: async (tx) => void (await retryFailed(tx, run.key, { at: context.clock.now(), how: 'command' })),
      }),
  )
}

async function reportNothing(job: SendJob, run: Run): Promise<ExitCode> {
  const { runner } = await look(job.db, run.issueId, job.context.clock.now())
  const { unknown, pending, handed, deferred } = run.counts
  const left = pending + handed + deferred
  printStatus(job, describeRun(run, runner))
  job.terminal.err('Nobody was refused, so nothing was tried again.')
  if (unknown > 0) job.terminal.err(`${unknown} may or may not have got it: \`--unknown resend\` mails them again.`)
  if (left > 0 && !runner)
    job.terminal.err(`${left} ${left === 1 ? 'is' : 'are'} left: \`letterpress send ${run.slug}\` goes on with them.`)
  return left + unknown > 0 ? EXIT.incomplete : EXIT.done
}
