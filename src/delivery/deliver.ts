import type { Attempt } from '../transport/index.ts'
import { judge } from './judge.ts'
import type { Loops } from './loops.ts'
import type { Pass } from './pace.ts'
import { settle } from './settle.ts'
import { type Claim, fail, failUncomposed, hand, skip, takeBack, type Transition } from './transitions.ts'

/** Makes one message, hands it on and writes what came of it. */
export async function deliver(loops: Loops, claim: Claim, pass: Pass): Promise<void> {
  const { readers, clock, transport, journal, queue, doubt, flight } = loops
  const reader = await readers.find(claim.readerKey)
  if (typeof reader === 'string') return record(loops, skip(claim, reader))
  const firstAt = claim.firstAt ?? clock.now()
  const message = await loops.compose(reader, firstAt)
  if (!message) return record(loops, failUncomposed(claim))
  let handing: Promise<void> | undefined
  flight.count++
  const attempt = await transport
    .send(message, { beforeFinalDot: async () => await (handing = journal.write(hand(claim, firstAt))) })
    .finally(() => flight.count--)
  // A verdict in the middle of the message can be here before the commit.
  await handing
  const settled = settle({ claim, attempt, isHanded: handing !== undefined, firstAt, now: clock.now() }, loops.retry)
  const heard = isOurs(attempt) ? 'go' : doubt.hear(attempt)
  for (const refusal of doubt.release()) record(loops, refusal)
  if (heard === 'stop') loops.end({ kind: 'refusals', attempt })
  if (settled === 'again') queue.giveBack(claim)
  else if (attempt.kind !== 'permanent' || isOurs(attempt)) record(loops, { ...settled, email: message.envelope.to })
  else {
    const refused = handing ? ({ ...claim, state: 'pending', firstAt } as const) : claim
    // A definite no: while it is in doubt the delivery is as it was, also for who finds the ledger after a crash.
    if (handing) await journal.write(takeBack({ ...claim, firstAt }))
    doubt.hold({ ...fail(refused, 'claimed', attempt, firstAt), attempt, email: message.envelope.to })
  }
  await judge(loops, attempt, pass, settled !== 'again' && settled.attempt !== undefined)
}

/** Whether the refusal is not the server's: it offers nothing that could carry the message. There is nothing to doubt. */
function isOurs({ kind, code }: Attempt): boolean {
  return kind === 'permanent' && code === undefined
}

/** Not waited for: it goes into the next group. The journal tells when it fails, and the run ends. */
export function record({ journal, queue }: Loops, transition: Transition): void {
  const { claim } = transition
  journal.write(transition).then(
    () => {
      if (transition.to === 'pending') queue.giveBack({ ...transition.claim, state: 'pending' })
      else queue.finish(claim)
    },
    () => undefined,
  )
}
