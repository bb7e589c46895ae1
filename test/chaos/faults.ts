import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type Disk, limitDisk } from './disk.ts'
import { finish, MAX_STARTS, setStage, SKIP, type Stage, type Trial } from './kills.ts'
import type { Sender } from './newsletter.ts'
import { expectClean, judge, type Verdict } from './verdict.ts'

const KB = 1024

/** Waits until a sender has a connection, and then a random part of a time. */
async function intoTheSend({ receiver, random }: Stage, sender: Sender, sendMs: number): Promise<void> {
  await Promise.race([receiver.connected(), sender.code])
  await Promise.race([sleep(random.below(Math.ceil(sendMs))), sender.code])
}

async function isFinished({ newsletter }: Stage): Promise<boolean> {
  return (await newsletter.status()).state === 'finished'
}

export interface FaultTrial extends Trial {
  readonly faults: number
  readonly sendMs: number
}

/** Lets the disk be full from a start on or from some moment of the send, then makes room. */
export async function runFullDisk(trial: FaultTrial): Promise<Verdict & { readonly how: Disk['how'] }> {
  const { faults, sendMs, connections, seed } = trial
  const stage = await setStage(trial)
  const { newsletter, random, story } = stage
  const disk = limitDisk(newsletter.root)
  while (story.faults < faults) {
    const isLater = disk.how === 'tmpfs' && random.below(2) === 0
    const freeBytes = random.pick([0, 4, 16, 64, 128, 256, 512]) * KB
    const shell = isLater ? [] : disk.fill(freeBytes)
    const sender = newsletter.send(SKIP, {}, shell)
    if (isLater) {
      await intoTheSend(stage, sender, sendMs)
      disk.fill(random.below(16 * KB))
    }
    await sender.code
    disk.clear()
    story.faults++
    if (await isFinished(stage)) break
  }
  story.maxUnknown = story.faults * connections
  return { ...(await finish(stage, `disk full: seed ${seed}, ${connections} connections`)), how: disk.how }
}

const LOCKER = `
const db = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 60_000 })
db.exec('BEGIN IMMEDIATE')
process.stdout.write('locked')
setTimeout(() => { db.exec('ROLLBACK'); db.close() }, Number(process.argv[2]))
`

/** Another process holds the database's write lock for a while. Resolves when it has let go. */
async function lockDatabase(root: string, holdMs: number): Promise<void> {
  const args = ['--no-warnings', '-e', LOCKER, join(root, 'data/letterpress.db'), String(holdMs)]
  const locker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void locker.kill('SIGKILL'))
  await once(locker, 'close')
}

/** Locks the database for random times, up to `longestMs`, at random moments. */
export async function runLocks(trial: FaultTrial & { readonly longestMs: number }): Promise<Verdict> {
  const { faults, sendMs, connections, seed, longestMs } = trial
  const stage = await setStage(trial)
  const { newsletter, random, story } = stage
  for (let starts = 0; story.faults < faults && starts < MAX_STARTS; starts++) {
    const sender = newsletter.send(SKIP)
    while (story.faults < faults && !sender.isOver()) {
      await Promise.race([sleep(random.below(Math.ceil((2 * sendMs) / faults))), sender.code])
      if (sender.isOver()) break
      await lockDatabase(newsletter.root, random.below(longestMs))
      story.faults++
    }
    await sender.code
    if (await isFinished(stage)) break
  }
  story.maxUnknown = story.faults * connections
  return await finish(stage, `database locked: seed ${seed}, ${connections} connections`)
}

/**
 * Stops the sender in its tracks until another one may take the run over, and wakes it up while that one sends or when it
 * is done.
 *
 * @param ageLock - Makes the sleeper's lock look old; left out, its age is waited for.
 */
export async function runAsleep(
  trial: Trial & { readonly sendMs: number; readonly ageLock?: (root: string) => void },
): Promise<Verdict> {
  const { sendMs, connections, seed, ageLock } = trial
  const stage = await setStage(trial)
  const { newsletter, receiver, random, story } = stage
  const how = `asleep: seed ${seed}, ${connections} connections`
  const sleeper = newsletter.send(SKIP)
  await intoTheSend(stage, sleeper, sendMs * 0.8)
  await stopOutsideOfTransactions(newsletter.root, sleeper)
  story.faults++
  const isWokenEarly = random.below(2) === 0
  ageLock?.(newsletter.root)
  for (let tries = 0; tries < MAX_STARTS && !(await isFinished(stage)); tries++) {
    const before = receiver.log().length
    const second = newsletter.send(SKIP)
    if (isWokenEarly) {
      while (!second.isOver() && receiver.log().length < before + 2 * connections) await sleep(5)
      if (receiver.log().length >= before + 2 * connections) sleeper.child.kill('SIGCONT')
    }
    if ((await second.code) !== 0) await sleep(2000)
  }
  sleeper.child.kill('SIGCONT')
  await sleeper.code
  // What the sleeper found in its sockets is on its way.
  await sleep(200)
  story.maxUnknown = connections
  const verdict = await judge(newsletter, receiver.log(), story)
  expectClean(verdict, story, how)
  return await finish(stage, how)
}

/** One that sleeps in a transaction of its own keeps everybody out: nobody could take over. */
async function stopOutsideOfTransactions(root: string, { child, isOver }: Sender): Promise<void> {
  for (;;) {
    child.kill('SIGSTOP')
    await sleep(20)
    const db = new DatabaseSync(join(root, 'data/letterpress.db'), { timeout: 100 })
    try {
      db.exec('BEGIN IMMEDIATE')
      db.exec('ROLLBACK')
      return
    } catch (error) {
      if (isOver() || !String(error).includes('locked')) throw error
    } finally {
      db.close()
    }
    child.kill('SIGCONT')
    await sleep(3)
  }
}

/** As if the sleeper had been asleep for long: its last beat is at the beginning of time. */
export function ageLock(root: string): void {
  const db = new DatabaseSync(join(root, 'data/letterpress.db'), { timeout: 5000 })
  db.exec('UPDATE runners SET beat_at = 0')
  db.close()
}

/** Two processes send the issue at the same time, again and again until it is sent. */
export async function runTwoSenders(trial: Trial & { readonly startMs: number }): Promise<Verdict> {
  const { seed, connections, startMs } = trial
  const stage = await setStage(trial)
  const { newsletter, random, story } = stage
  for (let starts = 0; starts < MAX_STARTS && !(await isFinished(stage)); starts++) {
    const first = newsletter.send(SKIP)
    await sleep(random.below(Math.ceil(startMs * 2)))
    const second = newsletter.send(SKIP)
    await Promise.all([first.code, second.code])
    story.faults++
  }
  return await finish(stage, `two senders: seed ${seed}, ${connections} connections`)
}
