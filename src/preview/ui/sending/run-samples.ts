import type { RunSample } from '../../api.ts'

/** A point of the chart. */
export interface Point {
  /** Epoch milliseconds. */
  readonly at: number
  readonly accepted: number
  readonly failed: number
  readonly deferred: number
  readonly unknown: number
}

export interface RatePoint {
  readonly at: number
  /** Messages per second since the point before. */
  readonly rate: number
}

/** More points than pixels make the page slow and are seen by nobody. */
const MOST = 240

/** Counts over time, thinned out to what a chart can show; the first and the last stay. */
export function toPoints(history: readonly RunSample[]): Point[] {
  const step = Math.ceil(history.length / MOST)
  return history
    .filter((_, index) => index % step === 0 || index === history.length - 1)
    .map(({ at, accepted, failed, deferred, unknown }) => ({ at: Date.parse(at), accepted, failed, deferred, unknown }))
}

/** The shortest time that a rate is told of; within less it says nothing. */
const LEAST_MS = 1000
const STEPS = 60

/** How fast it went, in steps of equal length. */
export function toRates(points: readonly Point[]): RatePoint[] {
  const [first, last] = [points[0]?.at, points.at(-1)?.at]
  if (first === undefined || last === undefined || last - first < LEAST_MS) return []
  const stepMs = Math.max(LEAST_MS, (last - first) / STEPS)
  const times = Array.from({ length: Math.floor((last - first) / stepMs) }, (_, index) => first + (index + 1) * stepMs)
  let before = 0
  return times.map((at) => {
    const now = doneAt(points, at)
    const rate = Math.max(0, Math.round(((now - before) * 10_000) / stepMs) / 10)
    before = now
    return { at, rate }
  })
}

/** What was done by then; between two points as if it had gone evenly. */
function doneAt(points: readonly Point[], at: number): number {
  const next = points.findIndex((point) => point.at >= at)
  const [a, b] = [points[next - 1], points[next]]
  if (!b) return done(points.at(-1))
  if (!a || b.at === a.at) return done(b)
  return done(a) + ((done(b) - done(a)) * (at - a.at)) / (b.at - a.at)
}

/** Moments for the axis, evenly apart. */
export function chooseTicks(points: readonly { readonly at: number }[], count = 5): number[] {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  return Array.from({ length: count }, (_, index) => Math.round(first + ((last - first) * index) / (count - 1)))
}

function done(point: Point | undefined): number {
  return point ? point.accepted + point.failed + point.deferred + point.unknown : 0
}
