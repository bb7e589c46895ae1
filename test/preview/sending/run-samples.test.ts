import { expect, test } from 'vitest'
import type { RunSample } from '../../../src/preview/api.ts'
import { formatDuration } from '../../../src/preview/ui/figures.ts'
import { chooseTicks, toPoints, toRates } from '../../../src/preview/ui/sending/run-samples.ts'

const START = Date.parse('2026-08-21T06:00:00Z')
const sample = (second: number, accepted: number, failed = 0): RunSample => ({
  at: new Date(START + second * 1000).toISOString(),
  pending: 1000 - accepted - failed,
  handed: 0,
  accepted,
  deferred: 0,
  failed,
  unknown: 0,
  skipped: 0,
})

test('rates are of whole seconds, however close the samples lie', () => {
  const points = toPoints([sample(0, 0), sample(0.1, 9), sample(0.2, 10), sample(1, 10), sample(3, 28, 2)])
  expect(toRates(points).map(({ at, rate }) => [(at - START) / 1000, rate])).toEqual([
    [1, 10],
    [2, 10],
    [3, 10],
  ])
})

test('nothing is said of the rate before a second has passed', () => {
  expect(toRates(toPoints([sample(0, 0), sample(0.5, 100)]))).toEqual([])
  expect(toRates([])).toEqual([])
})

test('a retry that takes results back is no negative rate', () => {
  expect(toRates(toPoints([sample(0, 10), sample(1, 20), sample(2, 15)])).map(({ rate }) => rate)).toEqual([20, 0])
})

test('a long send is thinned out to what a chart shows, with its end', () => {
  const points = toPoints(Array.from({ length: 3600 }, (_, second) => sample(second, second)))
  expect(points.length).toBeLessThanOrEqual(242)
  expect(points[0]?.accepted).toBe(0)
  expect(points.at(-1)?.accepted).toBe(3599)
  const rates = toRates(points)
  expect(rates.length).toBeLessThanOrEqual(60)
  for (const { rate } of rates) expect(rate).toBeCloseTo(1, 1)
})

test('ticks lie evenly between the first and the last moment', () => {
  expect(chooseTicks(toPoints([sample(0, 0), sample(1, 1), sample(8, 8)])).map((at) => (at - START) / 1000)).toEqual([
    0, 2, 4, 6, 8,
  ])
})

test.for([
  [0.4, '0 seconds'],
  [1, '1 second'],
  [59, '59 seconds'],
  [200, '3 min 20 s'],
  [3600, '1 h'],
  [7500, '2 h 5 min'],
  [100_000, '1 day 3 h'],
] as const)('%d seconds are %s', ([seconds, words]) => {
  expect(formatDuration(seconds)).toBe(words)
})
