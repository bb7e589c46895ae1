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

/** How fast it went between one point and the next. */
export function toRates(points: readonly Point[]): RatePoint[] {
  return points.slice(1).flatMap((point, index) => {
    const before = points[index]
    const seconds = before ? (point.at - before.at) / 1000 : 0
    if (!before || seconds <= 0) return []
    return [{ at: point.at, rate: Math.max(0, Math.round(((done(point) - done(before)) / seconds) * 10) / 10) }]
  })
}

function done({ accepted, failed, deferred, unknown }: Point): number {
  return accepted + failed + deferred + unknown
}
