import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readUsed } from '../../src/delivery/limits/estimate.ts'
import { rebuildUses } from '../../src/delivery/limits/rebuild.ts'
import { bucketOf, findRoom, firstOf, startOf, type Use } from '../../src/delivery/limits/windows.ts'
import { makeFolder } from '../helpers/folder.ts'
import { createVirtualTime, findMost, limitOf, START_MS, startSender } from './limits-make.ts'
import { makeRun, openStore } from './make.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('a limit per minute', () => {
  test('is kept in any minute, and used', async () => {
    const time = createVirtualTime()
    const { sent, closed } = startSender({
      db: await openStore(),
      time,
      limits: limitOf({ perMinute: 60, perSecond: 20 }),
    })
    await time.pass(20 * MINUTE)
    expect(findMost(sent, MINUTE)).toBeLessThanOrEqual(60)
    expect(sent.length).toBeGreaterThanOrEqual(0.98 * 20 * 60)
    expect(closed[0]).toMatchObject({ limit: 'perMinute', most: 60 })
  })

  test('is kept without a limit per second, to the message', async () => {
    const time = createVirtualTime()
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perMinute: 7 }) })
    await time.pass(10 * MINUTE)
    expect(findMost(sent, MINUTE)).toBe(7)
    expect(sent.length).toBeGreaterThanOrEqual(0.98 * 70)
  })

  test('is told as full when nothing of it is in hand any more', async () => {
    const time = createVirtualTime()
    const limits = limitOf({ perMinute: 30, perSecond: 100 })
    const { sent, closed } = startSender({ db: await openStore(), time, limits })
    for (let ms = 0; closed.length === 0 && ms < MINUTE; ms++) await time.pass(1)
    expect(sent).toHaveLength(30)
  })

  test('is kept wherever messages arrive in it', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 50, maxLength: 300 })
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 40 }), (gaps, limit) => {
        const uses: Use[] = []
        const sent: number[] = []
        let nowMs = START_MS
        for (const gap of gaps) {
          nowMs += gap
          const bucket = bucketOf('perMinute', nowMs)
          const { room, freeAtMs } = findRoom('perMinute', limit, uses, bucket)
          if (room < 1) {
            // Never too early, never for ever.
            const later = bucketOf('perMinute', freeAtMs)
            expect(findRoom('perMinute', limit, uses, later).room).toBeGreaterThan(0)
            expect(findRoom('perMinute', limit, uses, later - 1).room).toBeLessThan(1)
            continue
          }
          uses.push({ bucket, count: 1 })
          sent.push(nowMs)
        }
        expect(findMost(sent, MINUTE)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  test('counts what a dead process had reserved', async () => {
    const time = createVirtualTime()
    const folder = makeFolder()
    const limits = limitOf({ perMinute: 30 })
    const first = startSender({ db: await openStore(folder), time, limits, connections: 3, busyMs: () => 10_000 })
    await time.pass(100)
    first.kill()
    const second = startSender({ db: await openStore(folder), time, limits })
    await time.pass(50_000)
    expect(first.sent.length + second.sent.length).toBeLessThanOrEqual(30)
    await time.pass(20_000)
    expect(findMost([...first.sent, ...second.sent], MINUTE)).toBeLessThanOrEqual(30)
    expect(second.sent.length).toBeGreaterThan(0)
  })

  test('gives back what was not sent', async () => {
    const time = createVirtualTime()
    const db = await openStore()
    const { limiter } = startSender({ db, time, limits: limitOf({ perMinute: 2 }), connections: 0 })
    const { signal } = new AbortController()
    const permits = await Promise.all([limiter.acquire(undefined, signal), limiter.acquire(undefined, signal)])
    for (const permit of permits) if (permit) limiter.giveBack(permit)
    // Within the same minute.
    const again = limiter.acquire(undefined, signal)
    await time.pass(MINUTE / 2)
    await expect(Promise.race([again, Promise.resolve('waits')])).resolves.not.toBe('waits')
  })
})

describe('a clock that was set back', () => {
  test('since the limits were used up keeps the window once more, no longer', async () => {
    const time = createVirtualTime()
    const db = await openStore()
    const ahead = bucketOf('perMinute', START_MS + 24 * HOUR)
    await db.runEach("INSERT INTO limit_uses (scope, period, bucket, count) VALUES ('', 'perMinute', ?, 5)", [
      [ahead],
      [ahead + 30],
    ])
    const { sent, closed } = startSender({ db, time, limits: limitOf({ perMinute: 10 }) })
    await time.pass(MINUTE)
    expect(sent).toEqual([])
    expect(closed).toMatchObject([{ limit: 'perMinute' }])
    await time.pass(MINUTE / 10)
    expect(sent).toHaveLength(10)
  })

  test('since messages went out does not count them anew at each start', async () => {
    const db = await openStore()
    await makeRun(db, 5)
    await db.run('UPDATE deliveries SET state = 2, at = ? WHERE reader_key > 2', [START_MS + 24 * HOUR])
    await db.run('UPDATE deliveries SET state = 2, at = ? WHERE reader_key <= 2', [START_MS - 10])
    const limits = limitOf({ perHour: 5 })
    const now = new Date(START_MS)
    await rebuildUses(db, limits, now, async () => await Promise.resolve(new Map()))
    expect(await readUsed(db, limits, now)).toMatchObject([{ used: 2 }])
  })
})

describe('what went out before', () => {
  const now = new Date(START_MS)
  const limits = limitOf({ perHour: 100, perDay: 1000 }, { gmail: { perHour: 50 } })
  const findDomains = async (keys: readonly number[]) =>
    await Promise.resolve(new Map(keys.map((key) => [key, key % 2 === 0 ? 'gmail.com' : 'example.com'])))

  async function openWithLedger(transport = 'smtp') {
    const db = await openStore()
    const run = await makeRun(db, 30, { transport })
    const set = async (keys: string, state: number, at: number) =>
      void (await db.run(`UPDATE deliveries SET state = ?, at = ? WHERE reader_key IN (${keys})`, [state, at]))
    await set('1, 2, 3, 4', 2, START_MS - 10 * MINUTE)
    await set('5, 6', 2, START_MS - 5 * HOUR)
    await set('7', 5, START_MS - MINUTE)
    await set('8', 2, START_MS - 30 * HOUR)
    await db.run(
      `INSERT INTO attempts (run_key, reader_key, number, at, kind, code, reply) VALUES (?, 9, 1, ?, 'transient', 451, 'later')`,
      [run.key, START_MS - 2 * MINUTE],
    )
    return db
  }

  test('counts from the ledger when the limits know nothing of it', async () => {
    const db = await openWithLedger()
    await rebuildUses(db, limits, now, findDomains)
    expect((await readUsed(db, limits, now)).map(({ limit, used }) => [limit, used])).toEqual([
      ['perDay', 8],
      ['perHour', 6],
    ])
    const gmail = limits.domains.get('gmail')
    if (!gmail) throw new Error('no group')
    expect(await readUsed(db, gmail, now, 'gmail')).toMatchObject([{ limit: 'perHour', used: 2 }])
  })

  test('counts once, however often it is looked at', async () => {
    const db = await openWithLedger()
    for (let time = 0; time < 3; time++) await rebuildUses(db, limits, now, findDomains)
    expect((await readUsed(db, limits, now))[0]?.used).toBe(8)
  })

  test('does not count what went into the inbox', async () => {
    const db = await openWithLedger('inbox')
    await rebuildUses(db, limits, now, findDomains)
    expect((await readUsed(db, limits, now)).map(({ used }) => used)).toEqual([0, 0])
  })

  test('keeps a new process within the limit', async () => {
    const db = await openWithLedger()
    await rebuildUses(db, limitOf({ perHour: 10 }), now, findDomains)
    const time = createVirtualTime()
    const { sent } = startSender({ db, time, limits: limitOf({ perHour: 10 }) })
    await time.pass(30 * MINUTE)
    expect(sent).toHaveLength(4)
  })
})

test('buckets are whole milliseconds, and the oldest that counts covers the window', () => {
  for (const [window, ms] of [
    ['perMinute', MINUTE],
    ['perHour', HOUR],
    ['perDay', 24 * HOUR],
  ] as const) {
    const bucket = bucketOf(window, START_MS + 12_345)
    expect(startOf(window, firstOf(bucket))).toBeLessThanOrEqual(START_MS + 12_345 - ms)
    expect(startOf(window, bucket + 1) - startOf(window, bucket)).toBe(ms / 100)
  }
})
