import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { readUsed } from '../../src/delivery/limits/estimate.ts'
import { createLimiter } from '../../src/delivery/limits/limiter.ts'
import type { Limits } from '../../src/delivery/limits/limits.ts'
import { bucketOf } from '../../src/delivery/limits/windows.ts'
import { createVirtualTime, limitOf, START_MS } from './limits-make.ts'
import { openStore } from './make.ts'

const { signal } = new AbortController()

async function open(limits: Limits) {
  const db = await openStore()
  const time = createVirtualTime()
  const opened: number[] = []
  const limiter = createLimiter({
    db,
    limits,
    timing: time.timing(),
    onClosed: () => undefined,
    onOpen: () => opened.push(time.nowMs()),
  })
  return { db, time, limiter, opened }
}

async function countUsed(db: Database, limits: Limits, scope = ''): Promise<number[]> {
  const limit = scope === '' ? limits : limits.domains.get(scope)
  if (!limit) throw new Error(`no limit of ${scope}`)
  return (await readUsed(db, limit, new Date(START_MS), scope)).map(({ used }) => used)
}

describe('one that waits for its group', () => {
  test('is turned away when the group closes meanwhile', async () => {
    const { db, time, limiter, opened } = await open(limitOf({ perMinute: 1 }, { gmail: { perHour: 3 } }))
    expect(await limiter.acquire(undefined, signal)).toBeDefined()
    expect(limiter.isOpen('gmail')).toBe(false)
    await time.pass(10)
    expect(opened).toHaveLength(1)
    const waiting = limiter.acquire('gmail', signal)
    // Another process uses up the group's hour.
    await db.run("UPDATE limit_uses SET count = 50 WHERE scope = 'gmail'")
    await time.pass(2 * 60_000)
    expect(await Promise.race([waiting, Promise.resolve('waits')])).toBeUndefined()
    expect(limiter.closed('gmail')).toMatchObject({ limit: 'perHour', most: 3 })
  })

  test('is the only one: others come when it has gone', async () => {
    const { time, limiter, opened } = await open(limitOf({ perSecond: 1 }, { gmail: { perMinute: 30 } }))
    limiter.isOpen('gmail')
    await time.pass(10)
    const permits = [limiter.acquire('gmail', signal), limiter.acquire('gmail', signal)]
    await time.pass(10)
    expect(await permits[0]).toBeDefined()
    expect(await permits[1]).toBeUndefined()
    const next = limiter.acquire('gmail', signal)
    const count = opened.length
    // It waits for the limit of everything: nobody is called before that.
    for (let time = 0; time < 5; time++) expect(limiter.isOpen('gmail')).toBe(false)
    expect(opened).toHaveLength(count)
    await time.pass(2000)
    expect(await next).toBeDefined()
    expect(opened).toHaveLength(count + 1)
  })
})

test('leave that nobody used is given back when a send ends', async () => {
  const limits = limitOf({ perDay: 1000 }, { gmail: { perHour: 50 } })
  const { db, time, limiter } = await open(limits)
  limiter.isOpen('gmail')
  await time.pass(10)
  const permits = await Promise.all([
    limiter.acquire('gmail', signal),
    limiter.acquire(undefined, signal),
    limiter.acquire(undefined, signal),
  ])
  const [, , third] = permits
  if (!third) throw new Error('no permit')
  limiter.giveBack(third)
  expect((await countUsed(db, limits))[0]).toBeGreaterThan(2)
  limiter.close()
  await limiter.settle()
  expect(await countUsed(db, limits)).toEqual([2])
  expect(await countUsed(db, limits, 'gmail')).toEqual([1])
  await limiter.settle()
  expect(await countUsed(db, limits)).toEqual([2])
})

test('leave that is asked for while a send ends is given back as well', async () => {
  const limits = limitOf({ perDay: 1000 })
  const { db, limiter } = await open(limits)
  const waiting = limiter.acquire(undefined, signal)
  limiter.close()
  await limiter.settle()
  expect(await waiting).toBeUndefined()
  const [row] = await db.all<{ bucket: number; count: number }>('SELECT bucket, count FROM limit_uses')
  expect(row).toEqual({ bucket: bucketOf('perDay', START_MS), count: 0 })
})
