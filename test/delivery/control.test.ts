import { describe, expect, test } from 'vitest'
import {
  addAudience,
  cancelRun,
  endCancelled,
  findRun,
  holdRun,
  letGo,
  pauseRun,
  readStory,
  resumeRun,
  retryFailed,
} from '../../src/delivery/index.ts'
import { renewLock } from '../../src/delivery/lock.ts'
import {
  accept,
  addCounts,
  type Claim,
  fail,
  hand,
  type Transition,
  writeTransitions,
} from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'
import { hang, startScript } from '../helpers/smtp-script.ts'
import { sendTo } from './loop.ts'
import { EVERYBODY, makeClock, makeRun, openStore, readStates } from './make.ts'

const [pending, handed, accepted, failed, unknown, skipped] = [0, 1, 2, 4, 5, 6]
const now = new Date('2026-08-21T06:00:00Z')
const word = { at: now, how: 'command' } as const
const reply = (kind: Attempt['kind'], code: number): Attempt => ({ kind, code, text: `${code} so it is` })
const claimOf = (readerKey: number): Claim => ({ readerKey, state: 'pending', attempts: 0 })

async function makeHeld(readers = 4) {
  const db = await openStore()
  const clock = makeClock(now)
  const run = await makeRun(db, readers)
  const held = await holdRun(db, clock, run.issueId)
  const write = async (...transitions: Transition[]) =>
    await db.transaction(
      async (tx) => await addCounts(tx, run.key, await writeTransitions(tx, run.key, transitions, now), 0),
    )
  return { db, clock, run, held, write, id: run.issueId }
}

describe('a wish from outside', () => {
  test('reaches the runner with its next sign of life', async () => {
    const { db, run, held } = await makeHeld()
    expect(await renewLock(db, run.key, held.token, now)).toBe('open')
    expect(await db.transaction(async (tx) => await pauseRun(tx, run.key, word))).toBe(true)
    expect(await renewLock(db, run.key, held.token, now)).toBe('paused')
    expect(await db.transaction(async (tx) => await cancelRun(tx, run.key, word))).toBe(true)
    expect(await renewLock(db, run.key, held.token, now)).toBe('cancelled')
  })

  test.for(['paused', 'cancelled'] as const)('%s ends the loop when what is in flight has ended', async (wish) => {
    const server = await startScript({ dot: ['250 ok', '250 ok', '250 ok'] })
    const db = await openStore()
    const set = wish === 'paused' ? pauseRun : cancelRun
    let isAsked = false
    const sent = await sendTo(server.port, 50, {
      db,
      onEvent: (event) => {
        if (event.kind !== 'progress' || event.counts.accepted === 0 || isAsked) return
        isAsked = true
        void db.transaction(async (tx) => await set(tx, 1, word))
      },
    })
    expect(sent.result.end).toEqual({ kind: wish })
    expect(server.messages.length).toBeLessThan(50)
    expect(sent.run.counts).toMatchObject({ accepted: server.messages.length, handed: 0, unknown: 0 })
    expect(sent.run.counts.pending).toBe(wish === 'paused' ? 50 - server.messages.length : 0)
    expect(sent.run.counts.skipped).toBe(wish === 'paused' ? 0 : 50 - server.messages.length)
  })
})

describe('a paused run', () => {
  test('is sent by nobody, and goes on once it is resumed', async () => {
    const { db, clock, run, held, id } = await makeHeld()
    await db.transaction(async (tx) => await pauseRun(tx, run.key, word))
    expect(await letGo(db, clock, held)).toMatchObject({ state: 'paused' })
    await expect(holdRun(db, clock, id)).rejects.toMatchObject({ code: 'delivery/paused' })
    await holdRun(db, clock, id, { prepare: async (tx) => void (await resumeRun(tx, run.key, word)) })
    expect(await findRun(db, id)).toMatchObject({ state: 'open' })
    expect((await readStory(db, run.key)).map(({ what }) => what)).toEqual(['approved', 'paused', 'resumed'])
  })

  test('stays paused when it cannot be taken', async () => {
    const { db, clock, run, id } = await makeHeld()
    await db.transaction(async (tx) => await pauseRun(tx, run.key, word))
    const resume = holdRun(db, clock, id, { prepare: async (tx) => void (await resumeRun(tx, run.key, word)) })
    await expect(resume).rejects.toMatchObject({ code: 'delivery/lock-held' })
    expect(await findRun(db, id)).toMatchObject({ state: 'paused' })
  })
})

describe('a cancelled run', () => {
  test('is left alone while its runner lives, which skips the rest when it lets go', async () => {
    const { db, clock, run, held, write, id } = await makeHeld()
    await write(hand(claimOf(1), now))
    await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
    expect(await endCancelled(db, clock, id)).toBeUndefined()
    expect(await readStates(db, run.key)).toEqual([handed, pending, pending, pending])
    await write(accept(claimOf(1), reply('accepted', 250)))
    expect(await letGo(db, clock, held)).toMatchObject({ state: 'cancelled', counts: { accepted: 1, skipped: 3 } })
    expect(await readStates(db, run.key)).toEqual([accepted, skipped, skipped, skipped])
  })

  test('whose runner died is ended by whoever comes next, and what was in flight is in doubt', async () => {
    const { db, clock, run, write, id } = await makeHeld()
    await write(hand(claimOf(1), now))
    await db.run('UPDATE runners SET pid = 4194999')
    await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
    expect(await endCancelled(db, clock, id)).toBe(3)
    expect(await readStates(db, run.key)).toEqual([unknown, skipped, skipped, skipped])
    expect(await endCancelled(db, clock, id)).toBe(0)
  })

  test('is never sent again, whatever is asked', async () => {
    const { db, clock, run, held, id } = await makeHeld()
    await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
    await letGo(db, clock, held)
    await expect(holdRun(db, clock, id)).rejects.toMatchObject({ code: 'delivery/cancelled' })
    await expect(db.transaction(async (tx) => await addAudience(tx, run.key, EVERYBODY))).rejects.toMatchObject({
      code: 'delivery/cancelled',
    })
    expect(await db.transaction(async (tx) => await resumeRun(tx, run.key, word))).toBe(false)
    expect(await db.transaction(async (tx) => await pauseRun(tx, run.key, word))).toBe(false)
    expect(await findRun(db, id)).toMatchObject({ state: 'cancelled' })
  })

  test('keeps what a runner does that lost the run to another', async () => {
    const { db, clock, run, held, id } = await makeHeld()
    clock.move(60_000)
    const second = await holdRun(db, clock, id)
    await db.transaction(async (tx) => await cancelRun(tx, run.key, word))
    await letGo(db, clock, held)
    expect(await readStates(db, run.key)).toEqual([pending, pending, pending, pending])
    await letGo(db, clock, second)
    expect(await readStates(db, run.key)).toEqual([skipped, skipped, skipped, skipped])
  })
})

test('what failed is tried again as if it were new, and the run is open', async () => {
  const { db, clock, run, held, write, id } = await makeHeld(2)
  await write(fail(claimOf(1), 'claimed', reply('permanent', 550), now))
  await write(hand(claimOf(2), now))
  await write(accept(claimOf(2), reply('accepted', 250)))
  expect(await letGo(db, clock, held)).toMatchObject({ state: 'finished', counts: { failed: 1 } })
  expect(await readStates(db, run.key)).toEqual([failed, accepted])
  const again = await holdRun(db, clock, id, { prepare: async (tx) => void (await retryFailed(tx, run.key, word)) })
  expect(again.run).toMatchObject({ state: 'open', counts: { pending: 1, failed: 0, accepted: 1 } })
  expect(await db.get('SELECT attempts, first_at FROM deliveries WHERE reader_key = 1')).toEqual({
    attempts: 1,
    first_at: null,
  })
})

test('an in-flight message whose server hangs is cut at the end of the drain, and in doubt', async () => {
  const server = await startScript({ dot: ['250 ok', hang] })
  const db = await openStore()
  let isAsked = false
  const sent = await sendTo(server.port, 10, {
    db,
    drainMs: 300,
    onEvent: (event) => {
      if (event.kind !== 'progress' || event.counts.accepted === 0 || isAsked) return
      isAsked = true
      void db.transaction(async (tx) => await pauseRun(tx, 1, word))
    },
  })
  expect(sent.result.end).toEqual({ kind: 'paused' })
  expect(sent.run).toMatchObject({ state: 'paused' })
  expect(sent.run.counts.accepted + sent.run.counts.pending + sent.run.counts.unknown).toBe(10)
  expect(sent.run.counts.unknown).toBeGreaterThan(0)
})
