import {
  addAudience,
  alreadyStarted,
  assertSegment,
  formatLocal,
  type Run,
  selectAudience,
  tell,
} from '../../delivery/index.ts'
import { AppError, keepHeapLean } from '../../base/index.ts'
import { createSubscriberStore, formatSegment, parseSegment } from '../../subscriber/index.ts'
import { type CommandContext, EXIT, type ExitCode } from '../command.ts'
import { confirm, freezePlan, holdContent, overrule } from './approve.ts'
import { findIssue, type FoundIssue } from './find-issue.ts'
import { assertNotCancelled, reportFinished, reportPaused } from './go-on.ts'
import { settleDoubt } from './in-doubt.ts'
import type { SendFlags, SendJob } from './job.ts'
import { breakOff, tellNothing, withJob } from './levers.ts'
import { makePlan, type Plan } from '../../make-plan.ts'
import { printPlan } from './report.ts'
import { runAndReport } from './run-and-report.ts'
import { sendScheduled, waitAndSend } from './scheduled.ts'
import { assertTransport, withTransport } from './with-transport.ts'

/** Mails an issue to the list, or goes on where the last send ended. */
export async function sendIssue(context: CommandContext, name: string, flags: SendFlags): Promise<ExitCode> {
  // Planning reads the whole list.
  const endLean = keepHeapLean()
  return await withJob(context, flags, async (job) => {
    const { app, db } = job
    const found = await findIssue(app, db, name)
    const { run } = found
    const isReal = app.config.smtp.url !== undefined
    if (!run || (run.transport === 'inbox' && isReal)) return await begin(job, found)
    assertTransport(job, run)
    return await goOn(job, run, found)
  }).finally(endLean)
}

async function begin(job: SendJob, { inspection, run }: FoundIssue): Promise<ExitCode> {
  const { app, db, terminal, flags, context } = job
  if (!inspection) throw new TypeError('an issue without a file was never approved')
  const plan = await makePlan(app, db, inspection, flags.segment)
  printPlan(terminal, { ...plan, refusals: [] })
  if (run)
    terminal.note('  It went into the embedded inbox before, where nobody receives it: this is the first real send.')
  const isContent = plan.refusals.some(({ kind }) => kind === 'unreadable' || kind === 'errors')
  if (isContent && !(flags.isForced && plan.rendered)) return await refuseContent(job, plan)
  const forced = overrule(plan, flags.isForced)
  const content = holdContent(app, plan)
  const startsAt = flags.startsAt && flags.startsAt > context.clock.now() ? flags.startsAt : undefined
  if (startsAt) terminal.out(`  starts    ${formatLocal(startsAt)}`)
  const consent = await confirm(terminal, plan.issue?.slug ?? plan.id, plan.audience, flags.isYes)
  if (!consent) return await breakOff(job, plan.id)
  const freeze = async () =>
    await freezePlan({
      app,
      db,
      terminal,
      plan,
      content,
      consent,
      forced,
      ...(run ? { rehearsal: run } : {}),
      ...(startsAt ? { startsAt } : {}),
    })
  if (!startsAt)
    return await withTransport(job, plan.id, async (transport) => await runAndReport(job, await freeze(), transport))
  // What is wrong with the server shows while somebody is there to mend it.
  const frozen = await withTransport(job, plan.id, async () => {
    await freeze()
    return EXIT.done
  })
  return frozen === EXIT.done ? await waitAndSend(job, plan.id) : frozen
}

async function refuseContent(job: SendJob, { id, refusals }: Plan): Promise<ExitCode> {
  const { err, errPaint } = job.terminal
  for (const { text } of refusals) err(errPaint.red(`  refused   ${text}`))
  await tellNothing(job, id, { refusals })
  return EXIT.content
}

async function goOn(asked: SendJob, run: Run, { inspection }: FoundIssue): Promise<ExitCode> {
  const { terminal, flags } = asked
  assertNotCancelled(run)
  if (run.state === 'paused') return reportPaused(asked, run)
  const wanted = flags.segment === undefined ? undefined : formatSegment(parseSegment(flags.segment))
  if (!flags.withNewReaders) assertSegment(run, wanted)
  if (flags.startsAt) assertScheduled(run)
  warnOfChange(asked, run, inspection?.rendered?.hash)
  const job = await settleDoubt(asked, run)
  if (!job) return await breakOff(asked, run.issueId)
  if (flags.withNewReaders && !(await addNewReaders(job, run, wanted ?? run.segment)))
    return await breakOff(job, run.issueId)
  if (run.startsAt) return await sendScheduled(job, run)
  if (!hasWork(job, run)) return reportFinished(job, run)
  terminal.note(`"${run.issueId}" was approved on ${run.approvedAt.toISOString()}; going on with what was approved.`)
  return await withTransport(job, run.issueId, async (transport) => await runAndReport(job, run, transport))
}

// What has begun cannot be given a time.
function assertScheduled({ startsAt, issueId, slug }: Run): void {
  if (startsAt) return
  throw new AppError(alreadyStarted.code, alreadyStarted.message(issueId), {
    kind: 'usage',
    hint: alreadyStarted.hint(slug),
  })
}

function hasWork({ flags }: SendJob, { state, counts }: Run): boolean {
  const isResending = flags.unknown === 'resend' && counts.unknown > 0
  return state !== 'finished' || flags.withNewReaders || isResending
}

function warnOfChange({ terminal }: SendJob, run: Run, hash: string | undefined): void {
  if (hash === run.hash) return
  const current = hash === undefined ? 'it cannot be rendered any more' : `it is now ${hash}`
  terminal.err(
    terminal.errPaint.yellow(`The file has changed since it was approved: ${run.hash} goes out, ${current}.`),
  )
}

/** @returns false when the author broke off. */
async function addNewReaders({ db, terminal, flags, app }: SendJob, run: Run, query: string): Promise<boolean> {
  const segment = parseSegment(query)
  const all = await createSubscriberStore(db, app.clock).countAudience(segment)
  // As many at most: those that have it already are not counted again.
  const how = await confirm(terminal, run.slug, all, flags.isYes)
  if (!how) return false
  const added = await db.transaction(async (tx) => {
    const count = await addAudience(tx, run.key, selectAudience(db, segment))
    if (count > 0) await tell(tx, run.key, { at: app.clock.now(), what: 'new-readers', how, detail: String(count) })
    return count
  })
  terminal.note(`${added === 1 ? '1 new reader gets' : `${added} new readers get`} it too.`)
  return true
}
