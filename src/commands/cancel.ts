import type { SendJob } from './delivery/job.ts'
import { AppError } from '../base/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues } from './command.ts'
import type { Run, Word } from '../delivery/index.ts'

export const cancel = defineCommand({
  name: 'cancel',
  arguments: '<issue>',
  summary: 'end a send for good; who has not got it gets nothing',
  description:
    'Works at any time: while it is sent (also by another process), paused, scheduled, or left behind by a process that died. What is in flight ends; whoever is left is skipped. What was accepted cannot be called back. A cancelled issue cannot be sent again.',
  options: [{ flags: '--yes', summary: 'do not ask' }],
  examples: [
    { command: 'cancel 2024-w11-llm-papers', does: 'ask for its name, then end it' },
    { command: 'cancel 2024-w11-llm-papers --yes', does: 'from a script' },
  ],
  run: runCancel,
})

async function runCancel(
  context: CommandContext,
  [name = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const { NO_FLAGS, withRun } = await import('./delivery/levers.ts')
  const flags = { ...NO_FLAGS, isYes: options['yes'] === true }
  return await withRun(context, name, flags, cancelFound)
}

async function cancelFound(job: SendJob, run: Run): Promise<ExitCode> {
  const [{ look, printStatus, readStatus, untilLetGo }, { cancelRun, endCancelled, isUnfinished }] = await Promise.all([
    import('./delivery/levers.ts'),
    import('../delivery/index.ts'),
  ])
  const { db, context, terminal, flags } = job
  const { clock } = context
  const { runner } = await look(db, run.issueId, clock.now())
  if (!runner && !isUnfinished(run)) return await reportNothing(job, run)
  // A cancelled run whose process died before the rest was skipped needs no second yes.
  const how = run.state === 'cancelled' ? 'command' : await agree(job, run, flags.isYes)
  if (!how) {
    terminal.err('Nothing was cancelled.')
    return EXIT.interrupted
  }
  const word: Word = { at: clock.now(), how }
  const isCancelled = await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
  const { run: now } = await look(db, run.issueId, clock.now())
  // It may have ended, or been cancelled, while the name was typed.
  if (!isCancelled && now.state !== 'cancelled') return await reportNothing(job, now)
  const isFree = await untilLetGo(
    job,
    run.issueId,
    async () => (await endCancelled(db, clock, run.issueId)) !== undefined,
  )
  const status = await readStatus(job, run.issueId)
  printStatus(job, status)
  for (const line of tellWhatWas(status)) terminal.note(line)
  if (!isFree) terminal.err('It is cancelled, and the process that sends it has not stopped yet: `status` shows it.')
  return context.signal.aborted ? EXIT.interrupted : EXIT.done
}

async function reportNothing(job: SendJob, { issueId, state }: Run): Promise<ExitCode> {
  const { printStatus, readStatus } = await import('./delivery/levers.ts')
  printStatus(job, await readStatus(job, issueId))
  job.terminal.err(state === 'cancelled' ? 'It was cancelled before.' : 'Nothing is left to cancel.')
  return EXIT.done
}

async function agree({ terminal }: SendJob, run: Run, isYes: boolean): Promise<'typed' | 'flag' | undefined> {
  const [{ askName }, { cancelNotConfirmed }] = await Promise.all([
    import('./delivery/approve.ts'),
    import('../delivery/index.ts'),
  ])
  if (isYes) return 'flag'
  const { accepted, pending, deferred } = run.counts
  if (!terminal.ask) {
    const { code, message, hint } = cancelNotConfirmed
    throw new AppError(code, message(run.issueId), { kind: 'usage', hint: hint() })
  }
  terminal.err(`${accepted} got it and keep it; ${pending + deferred} are left and would never get it.`)
  return await askName(terminal, run.slug, 'to cancel it for good', 'Nothing was cancelled.')
}

function tellWhatWas({ accepted, failed, unknown, skipped }: Run['counts']): string[] {
  const lines = [`${accepted} got it, ${skipped} are skipped${failed > 0 ? `, ${failed} were refused before` : ''}.`]
  if (unknown > 0) lines.push(`${unknown} may or may not have got it: the message was under way.`)
  return lines
}
