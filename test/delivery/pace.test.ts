import { expect, test } from 'vitest'
import { RetrySection } from '../../src/delivery/options.ts'
import { createPace, type Failure, type Pace, type Pass } from '../../src/delivery/pace.ts'

const retry = RetrySection.parse({ reconnects: 3 })
const { signal } = new AbortController()
const lost: Failure = { isThrottled: false, hintMs: 0 }
const throttled: Failure = { isThrottled: true, hintMs: 0 }
const MINUTE_MS = 60_000

function open(connections = 8, patienceMs = 24 * 60 * MINUTE_MS) {
  let ms = 0
  const pace = createPace({ connections, retry, patienceMs, runKey: 1, nowMs: () => ms })
  return { pace, move: (by: number) => void (ms += by) }
}

async function enter(pace: Pace): Promise<Pass> {
  const pass = await pace.enter(signal)
  if (!pass) throw new Error('no pass')
  return pass
}

/** Lets so many begin, and says whether one more may. */
async function isFullAfter(pace: Pace, count: number): Promise<boolean> {
  const passes = []
  for (let index = 0; index < count; index++) passes.push(await enter(pace))
  const controller = new AbortController()
  const more = pace.enter(controller.signal)
  const isFull = (await Promise.race([more, new Promise((resolve) => setTimeout(resolve, 60, 'waits'))])) === 'waits'
  controller.abort()
  const last = await more
  for (const pass of last ? [...passes, last] : passes) pace.leave(pass)
  return isFull
}

async function acceptMany(pace: Pace, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const pass = await enter(pace)
    pace.answer(pass, true)
    pace.leave(pass)
  }
}

async function failOnce(pace: Pace, failure: Failure) {
  const pass = await enter(pace)
  const setback = pace.fail(pass, failure)
  pace.leave(pass)
  return setback
}

test('begins with all connections, and with no more', async () => {
  const { pace } = open(8)
  expect(pace.allowed()).toBe(8)
  expect(await isFullAfter(pace, 8)).toBe(true)
})

test('one connection lost among healthy ones holds nobody back: half as many go on', async () => {
  const { pace } = open(8)
  const [failing, other, third] = [await enter(pace), await enter(pace), await enter(pace)]
  pace.answer(other, true)
  expect(pace.fail(failing, lost)).toEqual({ kind: 'fewer' })
  expect(pace.allowed()).toBe(4)
  expect(pace.begin(other)).toBeDefined()
  // It began before the halving.
  expect(pace.fail(third, lost)).toEqual({ kind: 'known' })
  expect(pace.allowed()).toBe(4)
})

test('without an answer since the try began the server is down: a pause, then one try', async () => {
  const { pace, move } = open(8)
  await acceptMany(pace, 1)
  const [first, second] = [await enter(pace), await enter(pace)]
  const setback = pace.fail(first, lost)
  expect(setback.kind).toBe('pause')
  expect(pace.fail(second, lost)).toEqual({ kind: 'known' })
  expect(pace.begin(second)).toBeUndefined()
  pace.leave(second)
  move('ms' in setback ? setback.ms : 0)
  expect(await isFullAfter(pace, 1)).toBe(true)
})

test('three failures without an answer between them are enough, whatever was answered before', async () => {
  const { pace } = open(8)
  const passes = [await enter(pace), await enter(pace), await enter(pace), await enter(pace)]
  const [first, second, third, fourth] = passes
  if (!first || !second || !third || !fourth) throw new Error('no pass')
  pace.answer(fourth, true)
  expect([first, second, third].map((pass) => pace.fail(pass, lost).kind)).toEqual(['fewer', 'known', 'pause'])
})

test('what was given to the server before a pause does not end it', async () => {
  const { pace } = open(8)
  const [failing, other] = [await enter(pace), await enter(pace)]
  pace.fail(failing, lost)
  pace.answer(other, true)
  const controller = new AbortController()
  const next = pace.enter(controller.signal)
  await new Promise((resolve) => setTimeout(resolve, 40))
  controller.abort()
  expect(await next).toBeUndefined()
})

test('comes back one connection at a time, to the maximum and no further', async () => {
  const { pace, move } = open(4)
  await failOnce(pace, lost)
  move(2000)
  expect(pace.allowed()).toBe(1)
  const seen = []
  for (let round = 0; round < 5; round++) {
    await acceptMany(pace, 20)
    seen.push(pace.allowed())
  }
  expect(seen).toEqual([2, 3, 4, 4, 4])
})

test('a deferred or refused delivery shows that the server is there, and opens no further connection', async () => {
  const { pace, move } = open(4)
  await failOnce(pace, lost)
  move(2000)
  for (let round = 0; round < 200; round++) {
    const pass = await enter(pace)
    pace.answer(pass, false)
    pace.leave(pass)
  }
  expect(pace.allowed()).toBe(1)
  expect(await failOnce(pace, lost)).toMatchObject({ kind: 'pause', ms: expect.closeTo(1200, -3) as number })
})

test('a server that takes one connection only is asked for a second one less and less often', async () => {
  const { pace, move } = open(5)
  await failOnce(pace, lost)
  move(2000)
  let refusals = 0
  for (let accepted = 0; accepted < 5000; accepted++) {
    if (pace.allowed() > 1) {
      refusals++
      const [first, second] = [await enter(pace), await enter(pace)]
      pace.answer(first, true)
      expect(pace.fail(second, lost)).toEqual({ kind: 'fewer' })
      pace.leave(first)
      pace.leave(second)
    } else await acceptMany(pace, 1)
  }
  expect(refusals).toBeGreaterThan(3)
  expect(refusals).toBeLessThan(15)
})

test('pauses get longer until there were too many in a row', async () => {
  const { pace, move } = open()
  const setbacks = []
  for (let round = 0; round < 4; round++) {
    setbacks.push(await failOnce(pace, lost))
    move(2 * MINUTE_MS)
  }
  expect(setbacks.map(({ kind }) => kind)).toEqual(['pause', 'pause', 'pause', 'enough'])
  const waits = setbacks.map((setback) => ('ms' in setback ? setback.ms : 0))
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
})

test('a server that asks for less gets nothing for ten minutes, then one connection, then one more per hundred', async () => {
  const { pace, move } = open(4)
  const [failing, healthy] = [await enter(pace), await enter(pace)]
  pace.answer(healthy, true)
  // Other connections being answered changes nothing about it.
  expect(pace.fail(failing, throttled)).toEqual({ kind: 'pause', ms: 10 * MINUTE_MS })
  move(10 * MINUTE_MS - 1)
  const controller = new AbortController()
  const early = pace.enter(controller.signal)
  await new Promise((resolve) => setTimeout(resolve, 40))
  controller.abort()
  expect(await early).toBeUndefined()
  move(1)
  expect(await isFullAfter(pace, 1)).toBe(true)
  await acceptMany(pace, 99)
  expect(pace.allowed()).toBe(1)
  await acceptMany(pace, 1)
  expect(pace.allowed()).toBe(2)
})

test('a server that takes one message after each pause waits longer each time', async () => {
  const { pace, move } = open()
  const waits = []
  for (let round = 0; round < 3; round++) {
    const setback = await failOnce(pace, throttled)
    waits.push('ms' in setback ? setback.ms / MINUTE_MS : 0)
    move(60 * MINUTE_MS)
    await acceptMany(pace, 1)
  }
  expect(waits).toEqual([10, 20, 40])
})

test('a hint longer than the pause counts', async () => {
  const { pace } = open()
  expect(await failOnce(pace, { isThrottled: true, hintMs: 50 * MINUTE_MS })).toMatchObject({ ms: 50 * MINUTE_MS })
  const other = open().pace
  expect(await failOnce(other, { isThrottled: false, hintMs: 5 * MINUTE_MS })).toMatchObject({ ms: 5 * MINUTE_MS })
})

test('the word to slow down counts when the connection was lost a moment before, and counts once', async () => {
  const { pace } = open()
  const [first, second, third] = [await enter(pace), await enter(pace), await enter(pace)]
  expect(pace.fail(first, lost).kind).toBe('pause')
  expect(pace.fail(second, throttled)).toEqual({ kind: 'pause', ms: 10 * MINUTE_MS })
  expect(pace.fail(third, throttled)).toEqual({ kind: 'known' })
})

test('a pause longer than the run may wait ends it', async () => {
  const { pace, move } = open(4, 30 * MINUTE_MS)
  expect(await failOnce(pace, throttled)).toMatchObject({ kind: 'pause', ms: 10 * MINUTE_MS })
  move(10 * MINUTE_MS)
  expect(await failOnce(pace, throttled)).toMatchObject({ kind: 'pause', ms: 20 * MINUTE_MS })
  move(20 * MINUTE_MS)
  expect(await failOnce(pace, throttled)).toMatchObject({ kind: 'enough', ms: 40 * MINUTE_MS })
})

test('the signal ends the waiting', async () => {
  const { pace } = open()
  await failOnce(pace, lost)
  const controller = new AbortController()
  const waiting = pace.enter(controller.signal)
  controller.abort()
  expect(await waiting).toBeUndefined()
})

test('those that wait for a turn get one when another is over, and when more are allowed', async () => {
  const { pace, move } = open(2)
  const [first, second] = [await enter(pace), await enter(pace)]
  const waiting = [enter(pace), enter(pace)] as const
  pace.leave(first)
  const third = await waiting[0]
  expect(pace.fail(second, lost)).toMatchObject({ kind: 'pause' })
  expect(pace.begin(third)).toBeUndefined()
  pace.leave(third)
  move(2 * MINUTE_MS)
  const probe = await enter(pace)
  for (let index = 0; index < 20; index++) pace.answer(probe, true)
  expect(pace.allowed()).toBe(2)
  const fourth = await waiting[1]
  expect(pace.begin(fourth)).toBeDefined()
  const late = enter(pace)
  pace.leave(fourth)
  expect(pace.begin(await late)).toBeDefined()
})
