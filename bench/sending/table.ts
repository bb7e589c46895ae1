/** What every bench of sending prints: the machine, and a table. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { DatabaseSync } from 'node:sqlite'

export function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} CPUs (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB, ${process.platform}`
}

/** `Node 24.1.0, SQLite 3.50.0` of this process. */
export function describeRuntime(): string {
  const db = new DatabaseSync(':memory:')
  const row = db.prepare('SELECT sqlite_version() AS version').get()
  db.close()
  return `Node ${process.versions.node}, SQLite ${String(row?.['version'])}`
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Prints Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  console.log(['', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
}

export const whole = (value: number) => Math.round(value).toLocaleString('en')
export const ratio = (value: number) => value.toFixed(2)
