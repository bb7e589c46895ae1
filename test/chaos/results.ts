import { cpus, totalmem } from 'node:os'
import type { Verdict } from './verdict.ts'

/** Verdicts of one kind, to be added up. */
export interface Result {
  readonly what: string
  readonly verdicts: readonly Verdict[]
  readonly seconds: number
}

/** A table in Markdown: what was done to the sends, and what was counted at the receiving server. */
export function formatResults(results: readonly Result[]): string {
  const sum = (verdicts: readonly Verdict[], count: (verdict: Verdict) => number) =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0)
  const rows = results.map(({ what, verdicts, seconds }) => [
    what,
    verdicts.length,
    sum(verdicts, ({ readers }) => readers),
    sum(verdicts, ({ faults }) => faults),
    sum(verdicts, ({ unknown }) => unknown),
    sum(verdicts, ({ unknownArrived }) => unknownArrived),
    sum(verdicts, ({ again }) => again),
    sum(verdicts, ({ lost, wrong }) => lost.length + wrong.length),
    sum(verdicts, ({ twice }) => twice.length),
    sum(verdicts, ({ suppressed }) => suppressed.length),
    Math.round(seconds),
  ])
  const head = [
    'what was done',
    'sends',
    'readers',
    'faults',
    'unknown',
    'of which arrived',
    'sent again by choice',
    'lost or told wrongly',
    'twice otherwise',
    'to who had left',
    'seconds',
  ]
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return [
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GiB.`,
    '',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')
}
