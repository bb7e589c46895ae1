import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { describeRun, findRun, findRunner, findTest, holdRun, letGo, recordTest } from '../../src/delivery/index.ts'
import { openJournal } from '../../src/delivery/journal.ts'
import { findPlace, renewLock, STALE_MS } from '../../src/delivery/lock.ts'
import { accept, addCounts, type Claim, hand } from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'
import { makeClock, makeRun, openStore, readStates } from './make.ts'

const [pending, handed, unknown] = [0, 1, 5]
const later = new Date('2026-08-21T06:05:00Z')
const now = new Date('2026-08-21T06:00:00Z')
const reply = (kind: Attempt['kind'], code: number): Attempt => ({ kind, code, text: `${code} so it is` })
const claimOf = (readerKey: number): Claim => ({ readerKey, state: 'pending', attempts: 0 })

describe('the lock', () => {
  test('tells the second process who sends, and lets it in afterwards', async () => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 1)
    const held = await holdRun(db, clock, run.issueId)
    await expect(holdRun(db, clock, run.issueId)).rejects.toMatchObject({
      code: 'delivery/lock-held',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    })
    expect(await findRunner(db, run.key, now)).toMatchObject({ pid: process.pid })
    await letGo(db, clock, held)
    expect(await findRunner(db, run.key, now)).toBeUndefined()
    await expect(holdRun(db, clock, run.issueId)).resolves.toMatchObject({ recovered: 0 })
  })

  test('of a process that is gone is taken at once, of another host when it is silent', async () => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 1)
    await holdRun(db, clock, run.issueId)
    await db.run('UPDATE runners SET pid = 4194999')
    const { token } = await holdRun(db, clock, run.issueId)
    await db.run("UPDATE runners SET host = 'elsewhere'")
    await expect(holdRun(db, clock, run.issueId)).rejects.toMatchObject({ code: 'delivery/lock-held' })
    clock.move(STALE_MS + 1)
    await expect(holdRun(db, clock, run.issueId)).resolves.toMatchObject({})
    await expect(renewLock(db, run.key, token, clock.now())).rejects.toMatchObject({ code: 'delivery/lock-lost' })
  })

  test('of a process in another container on this host is not taken while it gives signs of life', async () => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 1)
    await holdRun(db, clock, run.issueId)
    // Its id means nothing, or somebody else, here.
    await db.run('UPDATE runners SET pid = 4194999, host = ?', [findPlace(hostname(), 'pid:[4026999999]')])
    await expect(holdRun(db, clock, run.issueId)).rejects.toMatchObject({ code: 'delivery/lock-held' })
    clock.move(STALE_MS + 1)
    await expect(holdRun(db, clock, run.issueId)).resolves.toMatchObject({})
  })

  test('whose last sign of life lies in the future is of a clock that was set back', async () => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 1)
    await holdRun(db, clock, run.issueId)
    const beatIn = async (ms: number) =>
      await db.run("UPDATE runners SET host = 'elsewhere', beat_at = ?", [now.getTime() + ms])
    // Clocks of two hosts differ.
    await beatIn(60_000)
    await expect(holdRun(db, clock, run.issueId)).rejects.toMatchObject({ code: 'delivery/lock-held' })
    await beatIn(3_600_000)
    await expect(holdRun(db, clock, run.issueId)).resolves.toMatchObject({})
  })

  test('a run that was only asleep writes no dot after another took over', async () => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 2)
    const { token } = await holdRun(db, clock, run.issueId)
    const failures: unknown[] = []
    const journal = openJournal({
      db,
      clock,
      runKey: run.key,
      token,
      counts: run.counts,
      also: async () => await Promise.resolve(),
      onState: () => undefined,
      onCommit: () => undefined,
      onFailure: (error) => failures.push(error),
    })
    await journal.write(hand(claimOf(1), now))
    clock.move(STALE_MS + 1)
    await holdRun(db, clock, run.issueId)
    await expect(journal.write(hand(claimOf(2), now))).rejects.toMatchObject({ code: 'delivery/lock-lost' })
    await expect(journal.write(hand(claimOf(2), now))).rejects.toMatchObject({ code: 'delivery/lock-lost' })
    expect(failures).toHaveLength(1)
    expect(await readStates(db, run.key)).toEqual([unknown, pending])
  })
})

describe('the journal', () => {
  const open = async (readers: number) => {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, readers)
    const { token } = await holdRun(db, clock, run.issueId)
    let commits = 0
    const failures: unknown[] = []
    const journal = openJournal({
      db,
      clock,
      runKey: run.key,
      token,
      counts: run.counts,
      also: async () => await Promise.resolve(),
      onState: () => undefined,
      onCommit: () => commits++,
      onFailure: (error) => failures.push(error),
    })
    return { db, run, journal, commits: () => commits, failures }
  }

  test('puts everything of one moment into one commit', async () => {
    const { db, run, journal, commits } = await open(50)
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => await journal.write(hand(claimOf(index + 1), now))),
    )
    expect(commits()).toBe(1)
    expect(await readStates(db, run.key)).toEqual(Array.from({ length: 50 }, () => handed))
    expect(journal.counts()).toMatchObject({ pending: 0, handed: 50 })
  })

  test('after a failed commit writes nothing more, and knows what it lost', async () => {
    const { db, run, journal, failures } = await open(3)
    await journal.write(hand(claimOf(1), now))
    await db.run("CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'disk full'); END")
    const writes = await Promise.allSettled([
      journal.write(accept(claimOf(1), reply('accepted', 250))),
      journal.write(hand(claimOf(2), now)),
    ])
    expect(writes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await db.run('DROP TRIGGER full')
    await expect(journal.write(hand(claimOf(3), now))).rejects.toThrow('disk full')
    await journal.flush()
    expect(failures).toHaveLength(1)
    expect(journal.lost().map(({ to }) => to)).toEqual(['accepted', 'handed', 'handed'])
    expect(await readStates(db, run.key)).toEqual([handed, pending, pending])
  })
})

describe('the status', () => {
  test('has the shape that scripts rely on', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    await db.transaction(async (tx) => await addCounts(tx, run.key, { pending: -1, accepted: 1 }, 500))
    const current = await findRun(db, run.issueId)
    expect(current && describeRun(current, undefined)).toEqual({
      issue: '2026-w34',
      state: 'incomplete',
      total: 2,
      pending: 1,
      handed: 0,
      accepted: 1,
      deferred: 0,
      failed: 0,
      unknown: 0,
      skipped: 0,
      startsAt: null,
      startedAt: '2026-08-21T06:00:00.000Z',
      finishedAt: null,
      messagesPerSecond: 2,
    })
  })
})

test('a test message counts for exactly the content that was looked at', async () => {
  const db = await openStore()
  await recordTest(db, { issueId: 'a', hash: 'x', at: now, transport: 'inbox' })
  expect(await findTest(db, 'x', 'smtp')).toBeUndefined()
  expect(await findTest(db, 'x', 'inbox')).toMatchObject({ at: now })
  await recordTest(db, { issueId: 'a', hash: 'x', at: later, transport: 'smtp' })
  for (const transport of ['smtp', 'inbox'] as const)
    expect(await findTest(db, 'x', transport)).toEqual({ issueId: 'a', hash: 'x', at: later, transport: 'smtp' })
  expect(await findTest(db, 'y', 'inbox')).toBeUndefined()
})
