import { describe, expect, test } from 'vitest'
import { planReconnect, planRetry } from '../../src/delivery/backoff.ts'
import { RetrySection } from '../../src/delivery/options.ts'
import { createPause } from '../../src/delivery/pause.ts'
import { parseDuration } from '../../src/delivery/plan.ts'
import { createRateLimit } from '../../src/delivery/rate-limit.ts'
import { isBadAddress, settle } from '../../src/delivery/settle.ts'
import type { Claim } from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'

const retry = RetrySection.parse({})
const now = new Date('2026-08-21T06:00:00Z')

describe('the rate limit', () => {
  test('gives even moments, never more than the limit and one in any second', () => {
    const nowMs = 0
    const limit = createRateLimit(10, () => nowMs)
    const moments = Array.from({ length: 50 }, () => limit.reserve())
    expect(moments.slice(0, 4)).toEqual([0, 100, 200, 300])
    for (const start of moments) {
      expect(moments.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(11)
    }
  })

  test('saves nothing up while nobody sends', () => {
    let nowMs = 0
    const limit = createRateLimit(10, () => nowMs)
    limit.reserve()
    nowMs = 10_000
    expect([limit.reserve(), limit.reserve()]).toEqual([0, 100])
  })

  test('is none when that is written out', () => {
    const limit = createRateLimit('unlimited', () => 0)
    expect([limit.reserve(), limit.reserve()]).toEqual([0, 0])
  })
})

describe('a deferred delivery', () => {
  const at = (attempts: number, readerKey = 1, firstAt = now) =>
    ((planRetry({ readerKey, attempts, firstAt, now }, retry)?.getTime() ?? NaN) - now.getTime()) / 60_000

  test('waits twice as long each time, up to the cap, and at most 40 % longer', () => {
    for (const [attempts, minutes] of [
      [1, 5],
      [2, 10],
      [3, 20],
      [7, 240],
      [20, 240],
    ] as const) {
      expect(at(attempts)).toBeGreaterThanOrEqual(minutes)
      expect(at(attempts)).toBeLessThanOrEqual(minutes * 1.4)
    }
  })

  test('does not come back together with all the others', () => {
    const dues = new Set(Array.from({ length: 100 }, (_, key) => at(1, key)))
    expect(dues.size).toBeGreaterThan(90)
  })

  test('is given up when it would be older than a day', () => {
    expect(at(1, 1, new Date(now.getTime() - 24 * 3_600_000))).toBeNaN()
  })
})

describe('the pause', () => {
  test('doubles up to a minute', () => {
    expect([1, 2, 3, 7, 8, 50].map((failures) => planReconnect(failures, retry))).toEqual([
      1000, 2000, 4000, 60_000, 60_000, 60_000,
    ])
  })

  test('lets one try at a time until the server answers, and counts failures of one moment once', async () => {
    let nowMs = 0
    const pause = createPause({ ...retry, reconnects: 2 }, () => nowMs)
    const { signal } = new AbortController()
    const [first, second] = [await pause.enter(signal), await pause.enter(signal)]
    if (!first || !second) throw new Error('no pass')
    expect([pause.fail(first), pause.fail(second)]).toEqual(['new', 'known'])
    expect(pause.isValid(first)).toBe(false)
    nowMs = 1000
    const probe = await pause.enter(signal)
    expect(probe).toEqual({ round: 1, isProbe: true })
    const other = pause.enter(signal)
    await expect(Promise.race([other, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])).resolves.toBe(
      'waits',
    )
    pause.succeed()
    if (probe) pause.leave(probe)
    expect(await other).toEqual({ round: 1, isProbe: false })
  })

  test('gives up after so many in a row', async () => {
    let nowMs = 0
    const pause = createPause({ ...retry, reconnects: 2 }, () => nowMs)
    const { signal } = new AbortController()
    const verdicts = []
    for (let round = 0; round < 3; round++) {
      const pass = await pause.enter(signal)
      if (!pass) throw new Error('no pass')
      verdicts.push(pause.fail(pass))
      pause.leave(pass)
      nowMs += 60_000
    }
    expect(verdicts).toEqual(['new', 'new', 'enough'])
  })

  test('ends with the signal', async () => {
    const pause = createPause(retry, () => 0)
    const controller = new AbortController()
    const pass = await pause.enter(controller.signal)
    if (pass) pause.fail(pass)
    const waiting = pause.enter(controller.signal)
    controller.abort()
    expect(await waiting).toBeUndefined()
  })
})

test('durations are a number and a unit', () => {
  expect(['90s', '30m', '2h', '1.5h', '0s', '100ms'].map(parseDuration)).toEqual([
    90_000, 1_800_000, 7_200_000, 5_400_000, 0, 100,
  ])
  for (const text of ['', '30', 'm', '-1m', '1e3s', ' 1m', '1 m', '1d', '0x10s', '99999999999h']) {
    expect(parseDuration(text), text).toBeUndefined()
  }
})

describe('a reply', () => {
  const claim: Claim = { readerKey: 1, state: 'pending', attempts: 0 }
  const decide = (attempt: Omit<Attempt, 'text'>, isHanded: boolean) => {
    const settled = settle({ claim, attempt: { text: '', ...attempt }, isHanded, firstAt: now, now }, retry)
    return settled === 'again' ? settled : `${settled.from} > ${settled.to} ${settled.tries}`
  }

  test.for([
    [{ kind: 'accepted', code: 250 }, true, 'handed > accepted 0'],
    [{ kind: 'permanent', code: 550 }, false, 'pending > failed 1'],
    [{ kind: 'permanent', code: 554 }, true, 'handed > failed 0'],
    [{ kind: 'transient', code: 451 }, false, 'pending > deferred 1'],
    [{ kind: 'transient', code: 451 }, true, 'handed > deferred 0'],
    [{ kind: 'unknown' }, true, 'handed > unknown 0'],
    [{ kind: 'server', fault: 'connection' }, false, 'again'],
    [{ kind: 'server', fault: 'busy', code: 421 }, false, 'again'],
    [{ kind: 'server', fault: 'login', code: 530 }, false, 'again'],
    [{ kind: 'server', fault: 'connection' }, true, 'handed > pending -1'],
    [{ kind: 'server', fault: 'size', code: 552 }, true, 'handed > pending -1'],
    [{ kind: 'server', fault: 'busy', code: 421 }, true, 'handed > deferred 0'],
  ] as const)('%j, handed %s: %s', ([attempt, isHanded, expected]) => {
    expect(decide(attempt, isHanded)).toBe(expected)
  })

  test.for([
    [550, '5.1.1', true],
    [553, '5.1.3', true],
    [550, '5.1.0', false],
    [550, '5.1.10', true],
    [550, '5.1.8', false],
    [552, '5.2.2', false],
    [550, '5.7.1', false],
    [550, undefined, false],
  ] as const)('%s %s means a bad address: %s', ([code, enhancedCode, expected]) => {
    const attempt: Attempt = { kind: 'permanent', code, text: '', ...(enhancedCode ? { enhancedCode } : {}) }
    expect(isBadAddress(attempt)).toBe(expected)
    expect(isBadAddress({ ...attempt, kind: 'transient' })).toBe(false)
  })
})
