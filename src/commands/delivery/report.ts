import type { Terminal } from '../../base/index.ts'
import type { RunStatus } from '../../delivery/index.ts'
import { formatSegment } from '../../subscriber/index.ts'
import type { Plan } from './make-plan.ts'
import { describeUsed } from './limits.ts'
import { formatSeconds } from './progress.ts'

/** What `plan` prints, and `send` before it asks. */
export function printPlan(terminal: Terminal, plan: Plan): void {
  const { bold, dim, red, yellow } = terminal.paint
  const { out } = terminal
  const { audience, byStatus, segment, rendered, test, transport, place } = plan
  const left = [
    [plan.suppressed, 'suppressed'],
    [byStatus.unsubscribed, 'unsubscribed'],
    [byStatus.bounced, 'bounced'],
    [byStatus.complained, 'complained'],
    [byStatus.pending, 'not confirmed'],
  ].flatMap(([count, word]) => (count === 0 ? [] : `${count} ${word}`))
  out(bold(plan.issue?.title ?? plan.inspection.file))
  out(`  file      ${plan.inspection.file}`)
  if (rendered) out(`  content   ${rendered.hash}`)
  out(`  readers   ${audience}  ${dim(formatSegment(segment) || 'everybody')}`)
  if (left.length > 0) out(`  left out  ${left.join(', ')}`)
  if (plan.sizeBytes !== undefined) out(`  size      ${(plan.sizeBytes / 1000).toFixed(1)} kB a message`)
  out(`  through   ${transport === 'smtp' ? place : yellow(`the embedded inbox (${place}): nobody receives it`)}`)
  if (plan.seconds !== undefined) {
    const used = describeUsed(plan.limitsUsed)
    out(`  duration  about ${formatSeconds(plan.seconds)} under the limits${used === undefined ? '' : `; ${used}`}`)
  }
  out(`  tested    ${test ? test.at.toISOString() : yellow('not as it is now')}`)
  for (const { slot, readers } of plan.missing) {
    out(yellow(`  ${readers === 1 ? '1 reader has' : `${readers} readers have`} no ${slot}, and it has no fallback`))
  }
  for (const { text } of plan.refusals) out(red(`  refused   ${text}`))
}

/** The plan for programs. */
export function planToJson(plan: Plan): object {
  const { id, inspection, rendered, segment, audience, byStatus, suppressed, missing, transport, place, test } = plan
  return {
    version: 1,
    issue: id,
    file: inspection.file,
    hash: rendered?.hash ?? null,
    segment: formatSegment(segment),
    audience,
    leftOut: {
      suppressed,
      unsubscribed: byStatus.unsubscribed,
      bounced: byStatus.bounced,
      complained: byStatus.complained,
      pending: byStatus.pending,
    },
    missing,
    sizeBytes: plan.sizeBytes ?? null,
    seconds: plan.seconds ?? null,
    limitsUsed: plan.limitsUsed.map(({ limit, most, used }) => ({ limit, most, used })),
    transport,
    place,
    testedAt: test?.at.toISOString() ?? null,
    refusals: plan.refusals,
  }
}

const STATE_WORDS: Readonly<Record<RunStatus['state'], string>> = {
  unsent: 'not sent',
  scheduled: 'scheduled',
  sending: 'sending',
  incomplete: 'not finished',
  paused: 'paused',
  cancelled: 'cancelled',
  finished: 'finished',
}

/** One line about a run: `198 accepted, 1 failed, 1 skipped of 200 (16.1 messages/s)`. */
export function formatStatus(status: RunStatus): string {
  const { accepted, pending, handed, deferred, failed, unknown, skipped, total, messagesPerSecond } = status
  const parts = [
    [accepted, 'accepted'],
    [pending, 'pending'],
    [handed, 'handed over'],
    [deferred, 'deferred'],
    [failed, 'failed'],
    [unknown, 'unknown'],
    [skipped, 'skipped'],
  ].flatMap(([count, word], index) => (count === 0 && index > 0 ? [] : `${count} ${word}`))
  const rate = messagesPerSecond === null ? '' : ` (${messagesPerSecond} messages/s)`
  return `${STATE_WORDS[status.state]}: ${parts.join(', ')} of ${total}${rate}`
}
