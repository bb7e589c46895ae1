import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seedRandom } from '../helpers/random.ts'
import { copyNewsletter, type Newsletter, type Sender } from './newsletter.ts'
import { type Receiver, startReceiver } from './receiver-process.ts'
import type { Aim, ReceiverOptions } from './receiver-types.ts'
import { expectClean, judge, newStory, type Story, type Verdict } from './verdict.ts'

/** One send and what is done to it. */
export interface Trial {
  /** Of {@link prepareNewsletter}. */
  readonly prepared: string
  readonly readers: number
  readonly connections: number
  readonly seed: number
  /** How the server behaves. */
  readonly server?: Partial<ReceiverOptions>
}

export const SKIP = ['--unknown', 'skip'] as const
/** A send that needs more starts than this is stuck. */
export const MAX_STARTS = 60

export interface Stage {
  readonly newsletter: Newsletter
  readonly receiver: Receiver
  readonly random: Random
  readonly story: Story
}

export async function setStage({ prepared, readers, connections, seed, server = {} }: Trial): Promise<Stage> {
  const receiver = await startReceiver({ ...server, seed, log: join(prepared, `taken-${seed}-${connections}.log`) })
  const env = { LETTERPRESS_SMTP_CONNECTIONS: String(connections) }
  const newsletter = copyNewsletter(prepared, readers, receiver.port, env)
  return { newsletter, receiver, random: seedRandom(seed), story: newStory() }
}

/** Sends undisturbed until the run has ended, then counts. */
export async function finish(stage: Stage, how: string): Promise<Verdict> {
  const { newsletter, receiver, story } = stage
  let told = ''
  for (let starts = 0; starts < MAX_STARTS; starts++) {
    const sender = newsletter.send(SKIP)
    await sender.code
    told = sender.stderr()
    if ((await newsletter.status()).state !== 'finished') continue
    const verdict = await judge(newsletter, receiver.log(), story)
    expectClean(verdict, story, how)
    await receiver.kill()
    return verdict
  }
  throw new Error(`${how}: not finished after ${MAX_STARTS} starts. The last one said: ${told}`)
}

/** How long an undisturbed send takes: until its first connection, and from there to its end. */
export async function measureSend(trial: Trial): Promise<{ startMs: number; sendMs: number }> {
  const { newsletter, receiver } = await setStage(trial)
  const startedAt = performance.now()
  const connected = receiver.connected()
  const sender = newsletter.send(SKIP)
  await Promise.race([connected, sender.code])
  const connectedAt = performance.now()
  if ((await sender.code) !== 0) throw new Error(sender.stderr())
  return { startMs: connectedAt - startedAt, sendMs: performance.now() - connectedAt }
}

export interface KillTrial extends Trial {
  readonly kills: number
  readonly unknown: 'skip' | 'resend'
  /** Whether the server drops connections by itself, so that more is in doubt than the kills explain. */
  readonly mayLoseReplies?: boolean
  readonly startMs: number
  readonly sendMs: number
}

/**
 * Kills the sender again and again, and starts it again. Of ten kills six come at moments uniform over the sending, three
 * at a stage of some message, one while it starts; half-way some readers leave.
 */
export async function runKills(trial: KillTrial): Promise<Verdict> {
  const { kills, unknown, connections, seed } = trial
  const how = `kills: seed ${seed}, ${connections} connections, --unknown ${unknown}`
  const stage = await setStage(trial)
  const { newsletter, receiver, story } = stage
  const args = ['--unknown', unknown]
  for (let starts = 0; story.faults < kills && starts < kills * 2; starts++) {
    if (unknown === 'resend') await noteReported(stage)
    const connected = receiver.connected()
    const sender = newsletter.send(args)
    await killAtSomeMoment(stage, sender, connected, trial)
    receiver.aim(null)
    if ((await sender.code) !== null) break
    story.faults++
    if (story.faults === Math.ceil(kills / 2)) await removeSome(stage)
  }
  const lossy = trial.mayLoseReplies === true ? Math.ceil(newsletter.audience.length / 20) : 0
  story.maxUnknown = story.faults * connections + lossy
  if (unknown === 'skip') return await finish(stage, how)
  // What is in doubt is sent again once more, and what that leaves in doubt stays so.
  await noteReported(stage)
  await newsletter.send(args).code
  return await finish(stage, how)
}

async function killAtSomeMoment(
  { receiver, random }: Stage,
  sender: Sender,
  connected: Promise<void>,
  { kills, startMs, sendMs, readers }: KillTrial,
): Promise<void> {
  const kind = random.below(10)
  const microseconds = random.below(3000)
  if (kind === 0) await Promise.race([sleep(random.below(Math.ceil(startMs))), sender.code])
  else if (kind < 4) {
    const stages: readonly Aim['stage'][] = ['354', 'dot', 'reply']
    const after = 1 + random.below(Math.ceil((2 * readers) / kills))
    receiver.aim({ pid: sender.pid, stage: random.pick(stages), after, delayUs: microseconds })
    await sender.code
  } else {
    const waitMs = random.below(Math.ceil((2 * sendMs * 1000) / kills)) / 1000
    await Promise.race([connected, sender.code])
    await Promise.race([sleep(waitMs), sender.code])
  }
  sender.child.kill('SIGKILL')
}

/** What the ledger calls handed after a crash is what the next start calls unknown. */
async function noteReported({ newsletter, story }: Stage): Promise<void> {
  const { state } = await newsletter.status()
  if (state === 'unsent') return
  for (const [email, one] of await newsletter.states()) {
    if (one === 'unknown' || one === 'handed') story.reported.set(email, (story.reported.get(email) ?? 0) + 1)
  }
}

/** Ten readers leave while nobody sends. */
export async function removeSome({ newsletter, receiver, random, story }: Stage): Promise<void> {
  const leaving = new Set(Array.from({ length: 10 }, () => random.pick(newsletter.audience)))
  await newsletter.remove([...leaving])
  const taken = receiver.log().length
  for (const email of leaving) story.removed.set(email, taken)
}

/** Kills the server at random moments of the send, and starts it again. */
export async function runServerKills(
  trial: Trial & { readonly kills: number; readonly sendMs: number },
): Promise<Verdict> {
  const { kills, sendMs, connections, seed } = trial
  const stage = await setStage(trial)
  const { newsletter, receiver, random, story } = stage
  for (let starts = 0; story.faults < kills && starts < MAX_STARTS; starts++) {
    const connected = receiver.connected()
    const sender = newsletter.send(SKIP)
    await Promise.race([connected, sender.code])
    while (story.faults < kills && !sender.isOver()) {
      await Promise.race([sleep(random.below(Math.ceil((2 * sendMs) / kills))), sender.code])
      if (sender.isOver()) break
      await receiver.kill()
      story.faults++
      await sleep(random.below(150))
      const again = receiver.restart()
      await again
      // Otherwise the next one falls on a server that nobody has found yet.
      await Promise.race([receiver.connected(), sender.code])
    }
    await sender.code
    if ((await newsletter.status()).state === 'finished') break
  }
  story.maxUnknown = story.faults * connections
  return await finish(stage, `server killed: seed ${seed}, ${connections} connections`)
}
