import { openDatabase } from '../../src/db/index.ts'
import { type Begun, readRows, type Running, type Sending } from './send-make.ts'

export const HOUR_MS = 3_600_000

/** A moment from now as a time would be typed, with its offset. */
export const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()

export async function change(
  root: string,
  sql: string,
  values: readonly (number | string | null)[] = [],
): Promise<void> {
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root })
  await db.run(sql, values)
  await db.close()
}

export async function until(isDone: () => Promise<boolean> | boolean): Promise<void> {
  const untilMs = performance.now() + 40_000
  while (!(await isDone())) {
    if (performance.now() > untilMs) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Reads the ledger itself: a command for each look would cost more than the send. */
export async function untilFinished({ root }: Sending): Promise<void> {
  await until(async () => (await readRows(root, "SELECT 1 FROM runs WHERE state <> 'finished'")).length === 0)
}

/** `serve` on a free port, in a process of its own. */
export function startServe(sending: Sending, env: Readonly<Record<string, string>> = {}): Running {
  return sending.start(['serve', '--port', '0'], env)
}

/** The same in this process. */
export function beginServe(sending: Sending, env: Readonly<Record<string, string>> = {}): Begun {
  return sending.begin(['serve', '--port', '0'], env)
}

/** Scheduled by a command that was stopped, for so long ago. */
export async function makeOverdue(sending: Sending, lateMs: number, slug = 'good'): Promise<void> {
  const running = sending.begin(['send', slug, '--yes', '--at', inMs(HOUR_MS)])
  await until(() => running.stderr().includes('leaves it scheduled'))
  running.stop()
  await running.code
  await change(sending.root, 'UPDATE runs SET starts_at = ? WHERE slug = ?', [Date.now() - lateMs, slug])
}
