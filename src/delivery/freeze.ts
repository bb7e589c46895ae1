import { AppError } from '../base/index.ts'
import type { Queries } from '../db/index.ts'
import { type Content, fingerprint, writeContent } from './content.ts'
import { approvedMeanwhile, cancelled, sameContent } from './errors.ts'
import { tell } from './run-events.ts'
import { addAudience, type Audience, findRun, findTwin, getRun, type Run } from './runs.ts'
import { formatLocal } from './start-time.ts'

/** What the author says yes to. */
export interface Approval extends Pick<Run, 'issueId' | 'slug' | 'file' | 'segment' | 'transport' | 'approvedBy'> {
  readonly content: Content
  readonly forced: readonly string[]
  readonly at: Date
  /** Missing: at once. */
  readonly startsAt?: Date
}

/**
 * Freezes content and audience, in one transaction: from here on it does not matter what becomes of files and list.
 * An issue that has its run already, because it was approved elsewhere while the author was asked, keeps it; this
 * approval is told with it when it means the same.
 *
 * @throws AppError `delivery/same-content` unless the approval was forced; `delivery/cancelled`, or
 *   `delivery/approved-meanwhile` when the run is for other content or readers, another transport or time.
 */
export async function freeze(tx: Queries, approval: Approval, audience: Audience): Promise<Run> {
  const { issueId, content } = approval
  const known = await findRun(tx, issueId)
  if (known) {
    if (known.state === 'cancelled') throw new AppError(cancelled.code, cancelled.message(issueId), { kind: 'usage' })
    assertSame(known, approval)
    await tellApproval(tx, known.key, approval)
    return known
  }
  const { rendered } = content
  const twin = await findTwin(tx, rendered, issueId)
  if (twin && approval.forced.length === 0) {
    throw new AppError(sameContent.code, sameContent.message(issueId, twin.issueId), {
      kind: 'usage',
      hint: sameContent.hint(),
    })
  }
  await tx.run(
    `INSERT INTO runs (issue_id, slug, file, hash, fingerprint, segment, transport, approved_at, approved_by, forced, starts_at, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`,
    [
      issueId,
      approval.slug,
      approval.file,
      rendered.hash,
      fingerprint(rendered),
      approval.segment,
      approval.transport,
      approval.at,
      approval.approvedBy,
      JSON.stringify(approval.forced),
      approval.startsAt ?? null,
    ],
  )
  const run = await getRun(tx, issueId)
  await writeContent(tx, run.key, content)
  await tellApproval(tx, run.key, approval)
  const { at, approvedBy: how, startsAt } = approval
  if (startsAt) await tell(tx, run.key, { at, what: 'scheduled', how, detail: startsAt.toISOString() })
  await addAudience(tx, run.key, audience)
  return await getRun(tx, issueId)
}

async function tellApproval(tx: Queries, runKey: number, { at, approvedBy: how, forced }: Approval): Promise<void> {
  const detail = forced.length === 0 ? {} : { detail: JSON.stringify(forced) }
  await tell(tx, runKey, { at, what: 'approved', how, ...detail })
}

// Whoever says yes to one text must not send another one, and not to fewer readers than they were told.
function assertSame(run: Run, { slug, content, segment, transport, startsAt }: Approval): void {
  const differences = [
    [`content ${run.hash}`, content.rendered.hash, run.hash === content.rendered.hash],
    [`for ${describeSegment(run.segment)}`, describeSegment(segment), run.segment === segment],
    [`through ${run.transport}`, transport, run.transport === transport],
    [`to start ${describeStart(run)}`, describeStart({ startsAt }), run.startsAt?.getTime() === startsAt?.getTime()],
  ] as const
  const told = differences.flatMap(([there, here, isSame]) => (isSame ? [] : `${there} instead of ${here}`))
  if (told.length === 0) return
  throw new AppError(approvedMeanwhile.code, approvedMeanwhile.message(run.issueId, told), {
    kind: 'usage',
    hint: approvedMeanwhile.hint(slug),
  })
}

function describeSegment(segment: string): string {
  return segment === '' ? 'everybody' : `the segment "${segment}"`
}

function describeStart({ startsAt }: { readonly startsAt?: Date | undefined }): string {
  return startsAt ? formatLocal(startsAt) : 'at once'
}
