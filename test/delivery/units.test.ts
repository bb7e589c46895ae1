import { describe, expect, test } from 'vitest'
import { planReconnect, planRetry, planSlowDown } from '../../src/delivery/backoff.ts'
import { RetrySection } from '../../src/delivery/options.ts'
import { parseDuration } from '../../src/delivery/plan.ts'
import { isBadAddress, settle } from '../../src/delivery/settle.ts'
import type { Claim } from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'

const retry = RetrySection.parse({})
const now = new Date('2026-08-21T06:00:00Z')

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

describe('a hint of the server', () => {
  const minutes = (hintMs: number, attempts = 1) =>
    ((planRetry({ readerKey: 1, attempts, firstAt: now, now, hintMs }, retry)?.getTime() ?? NaN) - now.getTime()) /
    60_000

  test.for([
    ['longer than the planned wait counts', 30 * 60_000, 1, 30],
    ['of a minute and more counts, though it is shorter', 60_000, 1, 1],
    ['of seconds does not', 10_000, 1, 5],
    ['that is always a minute counts less and less', 60_000, 4, 40],
    ['beyond the cap counts', 6 * 3_600_000, 1, 360],
  ] as const)('%s', ([, hintMs, attempts, least]) => {
    expect(minutes(hintMs, attempts)).toBeGreaterThanOrEqual(least)
    expect(minutes(hintMs, attempts)).toBeLessThanOrEqual(least * 1.4)
  })

  const HOUR_MS = 3_600_000
  const tryAgain = (hours: number, afterHours = 0, readerKey = 1) => {
    const asked = new Date(now.getTime() + afterHours * HOUR_MS)
    const deferral = { readerKey, attempts: 1 + afterHours, firstAt: now, now: asked, hintMs: hours * HOUR_MS }
    return ((planRetry(deferral, retry)?.getTime() ?? NaN) - now.getTime()) / HOUR_MS
  }

  test('of most of a day is waited for, and never past the time to give up', () => {
    for (let key = 1; key < 100; key++) {
      expect(tryAgain(18, 0, key)).toBeGreaterThanOrEqual(18)
      expect(tryAgain(18, 0, key)).toBeLessThanOrEqual(24)
      expect(tryAgain(23.9, 0, key)).toBeGreaterThanOrEqual(23.9)
    }
  })

  test('beyond the time to give up means one last try when it is up', () => {
    expect(tryAgain(25)).toBe(24)
    expect(tryAgain(24, 6)).toBe(24)
    expect(tryAgain(24, 24)).toBeNaN()
    expect(tryAgain(1, 24)).toBeNaN()
  })
})

describe('a pause', () => {
  test('doubles up to a minute, and is up to 40 % longer', () => {
    for (const [failures, ms] of [
      [1, 1000],
      [2, 2000],
      [3, 4000],
      [7, 60_000],
      [50, 60_000],
    ] as const) {
      const planned = planReconnect(failures, retry, 7)
      expect(planned).toBeGreaterThanOrEqual(ms)
      expect(planned).toBeLessThanOrEqual(ms * 1.4)
    }
    const runs = Array.from({ length: 100 }, (_, runKey) => planReconnect(1, retry, runKey))
    expect(new Set(runs).size).toBeGreaterThan(50)
  })

  test('that the server asked for is ten minutes, doubled up to an hour', () => {
    expect([1, 2, 3, 4, 50].map((times) => planSlowDown(times, retry) / 60_000)).toEqual([10, 20, 40, 60, 60])
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
    [{ kind: 'server', fault: 'throttled', code: 454 }, true, 'handed > pending -1'],
    [{ kind: 'server', fault: 'quota', code: 454 }, true, 'handed > pending -1'],
    [{ kind: 'server', fault: 'quota', code: 454 }, false, 'again'],
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
