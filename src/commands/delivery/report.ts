import { maskAddress, type Terminal } from '../../base/index.ts'
import type { RunStatus } from '../../delivery/index.ts'
import { formatSegment } from '../../subscriber/index.ts'
import type { Plan } from '../../make-plan.ts'
import { describeUsed } from './limits.ts'
import { formatSeconds } from './progress.ts'

/** What `plan` prints, and `send` before it asks. */
export function printPlan(terminal: Terminal, plan: Plan): void {
  const { bold, dim, red, yellow } = terminal.paint
  const { out } = terminal
  const { audience, segment, rendered, test, transport, place } = plan
  const left = listLeftOut(plan)
  out(bold(plan.issue?.title ?? plan.inspection.file))
  out(`  file      ${plan.inspection.file}`)
  if (rendered) out(`  content   ${rendered.hash}`)
  out(`  readers   ${audience}  ${dim(formatSegment(segment) || 'everybody')}`)
  for (const line of formatTags(plan.byTag)) out(dim(line))
  if (left.length > 0) out(`  left out  ${left.join(', ')}`)
  if (plan.sizeBytes !== undefined) out(`  size      ${(plan.sizeBytes / 1000).toFixed(1)} kB a message`)
  out(`  through   ${transport === 'smtp' ? place : yellow(`the embedded inbox (${place}): nobody receives it`)}`)
  if (plan.seconds !== undefined) out(`  duration  ${describeDuration(plan.seconds, plan.limitsUsed)}`)
  out(`  tested    ${test?.at.toISOString() ?? yellow(tellUntested(plan))}`)
  for (const line of plan.missing.flatMap(formatMissing)) out(yellow(line))
  for (const { text } of plan.refusals) out(red(`  refused   ${text}`))
}

function tellUntested({ isTestedInInboxOnly }: Plan): string {
  return isTestedInInboxOnly ? 'into the embedded inbox only' : 'not as it is now'
}

function formatMissing({ slot, readers, emails }: Plan['missing'][number]): string[] {
  const who = readers === 1 ? '1 reader has' : `${readers} readers have`
  return [`  ${who} no ${slot}, and it has no fallback:`, `            ${formatSome(emails)}`]
}

function listLeftOut({ suppressed, byStatus }: Plan): string[] {
  const counts = [
    [suppressed, 'suppressed'],
    [byStatus.unsubscribed, 'unsubscribed'],
    [byStatus.bounced, 'bounced'],
    [byStatus.complained, 'complained'],
    [byStatus.pending, 'not confirmed'],
  ] as const
  return counts.flatMap(([count, word]) => (count === 0 ? [] : `${count} ${word}`))
}

const MAX_TAGS = 8
const MAX_SHOWN = 3

/** `            weekly 120, beta 14`; none without tags. */
function formatTags(byTag: Plan['byTag']): string[] {
  const all = Object.entries(byTag).map(([tag, readers]) => `${tag} ${readers}`)
  if (all.length === 0) return []
  const more = all.length > MAX_TAGS ? `, and ${all.length - MAX_TAGS} more tags` : ''
  return [`  by tag    ${all.slice(0, MAX_TAGS).join(', ')}${more}`]
}

/** The first few, shortened: a screen may be seen by others. */
function formatSome(emails: readonly string[]): string {
  const more = emails.length > MAX_SHOWN ? `, and ${emails.length - MAX_SHOWN} more (--json lists all)` : ''
  return `${emails.slice(0, MAX_SHOWN).map(maskAddress).join(', ')}${more}`
}

function describeDuration(seconds: number, limitsUsed: Plan['limitsUsed']): string {
  const used = describeUsed(limitsUsed)
  return `about ${formatSeconds(seconds)} under the limits${used === undefined ? '' : `; ${used}`}`
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
    byTag: plan.byTag,
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
