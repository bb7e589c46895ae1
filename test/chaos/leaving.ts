import { setTimeout as sleep } from 'node:timers/promises'
import { finish, setStage, SKIP, type Trial } from './kills.ts'
import type { Verdict } from './verdict.ts'

/** What is in flight when a reader leaves, on a machine that does much else. */
const GRACE_MS = 2000

/**
 * Readers leave while the issue goes out: a tenth of them, once a fifth was mailed. Messages begun later than
 * {@link GRACE_MS} after that must not be to them. Slowed down by the send's own limit, so that there is a later.
 */
export async function runLeaving(trial: Trial): Promise<Verdict & { readonly skipped: number }> {
  const { readers, seed, connections } = trial
  const stage = await setStage(trial)
  const { newsletter, receiver, random, story } = stage
  const sender = newsletter.send(SKIP, { LETTERPRESS_LIMITS_PER_SECOND: String(Math.ceil(readers / 6)) })
  while (receiver.log().length < readers / 5 && !sender.isOver()) await sleep(20)
  const leaving = new Set(Array.from({ length: readers / 10 }, () => random.pick(newsletter.audience)))
  await newsletter.remove([...leaving])
  const leftAt = Date.now()
  story.faults++
  await sender.code
  const log = receiver.log()
  const later = log.findIndex(({ startedAt }) => startedAt > leftAt + GRACE_MS)
  for (const email of leaving) story.removed.set(email, later < 0 ? log.length : later)
  story.maxUnknown = 0
  const verdict = await finish(stage, `leaving: seed ${seed}, ${connections} connections`)
  return {
    ...verdict,
    skipped: [...(await newsletter.states()).values()].filter((state) => state === 'skipped').length,
  }
}
