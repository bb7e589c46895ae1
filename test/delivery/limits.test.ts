import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../helpers/folder.ts'
import { createVirtualTime, findMost, limitOf, startSender } from './limits-make.ts'
import { openStore } from './make.ts'

const SECOND = 1000

/** Numbers that look random and are the same every time. */
function createNoise(seed: number, below: number): () => number {
  let state = seed * 2 + 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

describe('a limit per second', () => {
  test.for([0.5, 1, 2.5, 10, 50, 200])('of %d is kept in any second, and used', async (perSecond) => {
    const time = createVirtualTime()
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond }) })
    const seconds = Math.max(10, 40 / perSecond)
    await time.pass(seconds * SECOND)
    expect(findMost(sent, SECOND)).toBeLessThanOrEqual(perSecond + 1)
    expect(sent.length).toBeGreaterThanOrEqual(Math.floor(0.98 * perSecond * seconds))
  })

  test('lets nothing go in a heap: moments are even', async () => {
    const time = createVirtualTime()
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond: 10 }) })
    await time.pass(3 * SECOND)
    expect(findMost(sent, 90)).toBe(1)
  })

  test('makes good what was missed, whenever timers fire, and never more than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(5, 37, 100),
        fc.constantFrom(0, 3, 12, 60, 400),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(1000),
        async (perSecond, lateMs, busyMs, seed) => {
          const time = createVirtualTime()
          const late = createNoise(seed, lateMs + 1)
          const busy = createNoise(seed + 1, busyMs)
          const sender = startSender({
            db: await openStore(),
            time,
            limits: limitOf({ perSecond }),
            lateMs: late,
            busyMs: () => 1 + busy(),
          })
          await time.pass(6 * SECOND)
          sender.kill()
          const { sent } = sender
          expect(findMost(sent, SECOND)).toBeLessThanOrEqual(perSecond + 1)
          // Timers that are always later than what the share of 0.99 pays for cost some of the rate, never the limit.
          if (lateMs <= 12) expect(sent.length).toBeGreaterThanOrEqual(Math.floor(0.98 * 6 * perSecond) - 1)
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  test('holds while the process is stuck now and then for longer than it holds moments', async () => {
    const time = createVirtualTime()
    const noise = createNoise(7, 100)
    const lateMs = () => (noise() < 2 ? 1500 : 0)
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond: 50 }), lateMs })
    await time.pass(30 * SECOND)
    expect(findMost(sent, SECOND)).toBeLessThanOrEqual(51)
    expect(sent.length).toBeGreaterThan(50)
  })

  test('holds for what departs after waiting for connections that are just being opened', async () => {
    const time = createVirtualTime()
    const heldUpMs = () => Math.max(0, 900 - time.nowMs())
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond: 50 }), heldUpMs })
    await time.pass(10 * SECOND)
    expect(sent.filter((at) => at === 900).length).toBeGreaterThanOrEqual(20)
    expect(findMost(sent, SECOND)).toBeLessThanOrEqual(51)
    expect(sent.length).toBeGreaterThan(8 * 50)
  })

  test('holds for what departs late now and then', async () => {
    const time = createVirtualTime()
    const noise = createNoise(11, 100)
    const heldUpMs = () => (noise() < 10 ? noise() * 2 : 0)
    const { sent } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond: 50 }), heldUpMs })
    await time.pass(60 * SECOND)
    expect(findMost(sent, SECOND)).toBeLessThanOrEqual(51)
    expect(sent.length).toBeGreaterThanOrEqual(0.97 * 60 * 50)
  })

  test('saves nothing up while nobody sends', async () => {
    const time = createVirtualTime()
    const db = await openStore()
    const { sent, limiter } = startSender({ db, time, limits: limitOf({ perSecond: 10 }), connections: 0 })
    await time.pass(10 * SECOND)
    const loops = Array.from({ length: 30 }, async () => {
      if (await limiter.acquire(undefined, new AbortController().signal)) sent.push(time.nowMs())
    })
    await time.pass(4 * SECOND)
    await Promise.all(loops)
    expect(findMost(sent, 90)).toBe(1)
  })

  test('goes down by 30 % when the server asks, to a sixteenth at least, and comes back', async () => {
    const time = createVirtualTime()
    const { sent, limiter } = startSender({ db: await openStore(), time, limits: limitOf({ perSecond: 100 }) })
    const count = async () => {
      await time.pass(SECOND)
      const before = sent.length
      await time.pass(4 * SECOND)
      return (sent.length - before) / 4
    }
    limiter.slowDown()
    expect(Math.abs((await count()) - 69)).toBeLessThan(3)
    for (let step = 0; step < 20; step++) limiter.slowDown()
    expect(Math.abs((await count()) - 6.2)).toBeLessThan(1)
    for (let step = 0; step < 20; step++) limiter.recover()
    expect(await count()).toBeGreaterThan(95)
  })
})

describe('two processes on one store', () => {
  test('share the limit: together they never exceed it, and use it', async () => {
    const time = createVirtualTime()
    const folder = makeFolder()
    const limits = limitOf({ perSecond: 40 })
    const first = startSender({ db: await openStore(folder), time, limits, lateMs: createNoise(1, 10) })
    await time.pass(2345)
    const second = startSender({ db: await openStore(folder), time, limits, lateMs: createNoise(2, 10) })
    await time.pass(4 * SECOND)
    const before = first.sent.length + second.sent.length
    await time.pass(10 * SECOND)
    expect(findMost([...first.sent, ...second.sent], SECOND)).toBeLessThanOrEqual(41)
    expect(first.sent.length + second.sent.length - before).toBeGreaterThan(0.9 * 400)
    expect(Math.min(first.sent.length, second.sent.length)).toBeGreaterThan(100)
  })

  test('keep it when one is stuck with moments in hand while the other begins', async () => {
    const time = createVirtualTime()
    const folder = makeFolder()
    const limits = limitOf({ perSecond: 50 })
    let lateMs = 0
    const first = startSender({ db: await openStore(folder), time, limits, lateMs: () => lateMs })
    await time.pass(2 * SECOND)
    lateMs = 1900
    await time.pass(300)
    const second = startSender({ db: await openStore(folder), time, limits })
    await time.pass(4 * SECOND)
    lateMs = 0
    await time.pass(6 * SECOND)
    expect(second.sent.length).toBeGreaterThan(50)
    expect(findMost([...first.sent, ...second.sent], SECOND)).toBeLessThanOrEqual(51)
  })

  test('killed and started again and again never exceed it', async () => {
    const time = createVirtualTime()
    const folder = makeFolder()
    const noise = createNoise(3, 1500)
    const sent: number[] = []
    for (let life = 0; life < 15; life++) {
      const sender = startSender({
        db: await openStore(folder),
        time,
        limits: limitOf({ perSecond: 30, perMinute: 200 }),
      })
      await time.pass(100 + noise())
      sender.kill()
      sent.push(...sender.sent)
    }
    expect(sent.length).toBeGreaterThan(100)
    expect(findMost(sent, SECOND)).toBeLessThanOrEqual(31)
    expect(findMost(sent, 60 * SECOND)).toBeLessThanOrEqual(200)
  })
})
