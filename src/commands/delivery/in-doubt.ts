/** Messages that may or may not have arrived: they are sent again on the author's word alone. */
import type { Queries } from '../../db/index.ts'
import { findRun, resendUnknown, type Run } from '../../delivery/index.ts'
import type { SendJob } from './job.ts'
import { look } from './levers.ts'

/**
 * Asks what becomes of them, where that was left to be asked. Before the run is taken: nobody knows how long an answer
 * takes, and a lock that is not renewed meanwhile goes to somebody else.
 *
 * @returns the job with the answer; undefined when the author broke off.
 */
export async function settleDoubt(job: SendJob, { issueId, counts }: Run): Promise<SendJob | undefined> {
  const { flags, terminal, db, context } = job
  if (flags.unknown !== 'ask') return job
  const decide = (more: Pick<SendJob['flags'], 'unknown' | 'mostResent'>) => ({ ...job, flags: { ...flags, ...more } })
  const { runner } = await look(db, issueId, context.clock.now())
  // What a process left in flight that is no more is in doubt as well.
  const count = counts.unknown + counts.handed
  if (count === 0 || runner) return decide({ unknown: 'skip' })
  const answer = await terminal.ask?.(
    `${count} may have arrived or not (most such messages do). Send them again? Some readers may get it twice. [y/N] `,
  )
  if (answer === undefined) return undefined
  return decide(/^y(?:es)?$/i.test(answer.trim()) ? { unknown: 'resend', mostResent: count } : { unknown: 'skip' })
}

/** What became of those in doubt. */
export interface Resent {
  readonly count: number
  /** There were more of them than the author said yes to, and none is sent again. */
  readonly isRefused: boolean
}

/** Does what the author said, when the run is ours. In the transaction that takes it. */
export async function resendInDoubt(tx: Queries, job: SendJob, { key, issueId }: Run): Promise<Resent> {
  const { flags, context } = job
  if (flags.unknown !== 'resend') return { count: 0, isRefused: false }
  const { mostResent } = flags
  const unknown = (await findRun(tx, issueId))?.counts.unknown ?? 0
  if (mostResent !== undefined && unknown > mostResent) return { count: 0, isRefused: true }
  const how = mostResent === undefined ? 'flag' : 'typed'
  return { count: await resendUnknown(tx, key, { at: context.clock.now(), how }), isRefused: false }
}

export function sayResent({ terminal }: SendJob, { count, isRefused }: Resent): void {
  if (count > 0) terminal.note(`${count === 1 ? '1 in doubt is' : `${count} in doubt are`} sent again, as you said.`)
  if (isRefused) terminal.err('More are in doubt by now than you said yes to: none of them is sent again.')
}
