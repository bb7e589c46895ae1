import { onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../../src/base/index.ts'
import type { Database } from '../../src/db/index.ts'
import {
  type Approval,
  holdRun,
  letGo,
  NO_LIMITS,
  RetrySection,
  type RetryOptions,
  type Run,
  type RunEvent,
  type RunResult,
  sendRun,
  type SendRunOptions,
} from '../../src/delivery/index.ts'
import { openSmtp, type Transport } from '../../src/transport/index.ts'
import { compose, makeReader, makeRun, openStore, readStates } from './make.ts'

/** What one send of a test came to. */
export interface Sent {
  readonly db: Database
  readonly run: Run
  readonly result: RunResult
  readonly events: readonly RunEvent[]
  readonly states: readonly number[]
  /** How long `sendRun` took. */
  readonly tookMs: number
  /** When it was over, by `performance.now()`. */
  readonly endedMs: number
}

export interface LoopOptions extends Partial<Omit<SendRunOptions, 'retry'>> {
  readonly retry?: Partial<RetryOptions>
  readonly approval?: Partial<Approval>
}

/** A transport to a local port, closed when the test ends. */
export function openTransport(port: number, connections = 2, timeoutMs = 2000): Transport {
  const transport = openSmtp({ url: `smtp://127.0.0.1:${port}`, connections, timeoutMs })
  onTestFinished(async () => {
    transport.destroy()
    await transport.close()
  })
  return transport
}

/** Freezes a run for so many readers and sends it as `send` would. */
export async function sendTo(port: number, readers: number, options: LoopOptions = {}): Promise<Sent> {
  const db = options.db ?? (await openStore())
  const run = await makeRun(db, readers, options.approval)
  return await sendAgain(port, db, run.issueId, options)
}

/** Sends what is left. */
export async function sendAgain(port: number, db: Database, issueId: string, options: LoopOptions = {}): Promise<Sent> {
  const clock: Clock = options.clock ?? systemClock
  const events: RunEvent[] = []
  const held = await holdRun(db, clock, issueId)
  const startedMs = performance.now()
  const result = await sendRun({
    db,
    clock,
    runKey: held.run.key,
    token: held.token,
    counts: held.run.counts,
    readers: {
      find: async (key) => await Promise.resolve(makeReader(key)),
      suppress: async (tx, email) =>
        void (await tx.run("UPDATE subscribers SET status = 'bounced' WHERE email = ?", [email])),
    },
    transport: options.transport ?? openTransport(port),
    compose,
    limits: NO_LIMITS,
    waitMs: 0,
    drainMs: 5000,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...options,
    retry: RetrySection.parse({ reconnectMs: 10, reconnects: 3, ...options.retry }),
  })
  const endedMs = performance.now()
  // A broken store keeps the lock; it goes stale by itself.
  const run = await letGo(db, clock, held).catch(() => held.run)
  return { db, run, result, events, states: await readStates(db, run.key), tookMs: endedMs - startedMs, endedMs }
}
