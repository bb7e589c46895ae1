import { expect, onTestFinished } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import type { Counts, RetryOptions, RunEnd } from '../../src/delivery/index.ts'
import { openSmtp, type Transport } from '../../src/transport/index.ts'
import { type ScriptedServer, type SmtpScript, startScript } from '../helpers/smtp-script.ts'
import { type LoopOptions, sendTo, type Sent } from './loop.ts'
import { openStore } from './make.ts'

/** How a server behaves, and what must come of it. */
export interface Behaving extends Pick<LoopOptions, 'waitMs' | 'readers'> {
  readonly script: SmtpScript
  /** Readers of the run: three. */
  readonly audience?: number
  /** One. */
  readonly connections?: number
  /** `user:password` */
  readonly login?: string
  /** An address of this machine that does not count as loopback, so that TLS is required. */
  readonly isRemote?: boolean
  readonly timeoutMs?: number
  /** The ledger's disk takes so long for each commit. */
  readonly diskMs?: number
  readonly retry?: Partial<RetryOptions>

  /** Deliveries in each state that is not empty; left out: all accepted. */
  readonly counts?: Partial<Counts>
  /**
   * Every row of the attempts: `2 permanent 550 5.1.1: words`, `-` for one about the server, with its fault. Those come
   * first: they are written at once, the others with the next group.
   */
  readonly attempts: readonly string[]
  /** Keys of readers that are never mailed again: none. */
  readonly suppressed?: readonly number[]
  /** How the run ends: done, with nothing left to do. */
  readonly end?: Partial<RunEnd>
  /** Times the loop paused for the server: 0. */
  readonly pauses?: number
  /** What else is to be seen on the wire. */
  readonly seen?: (server: ScriptedServer, sent: Sent) => void
}

const ANY_ADDRESS = '0.0.0.0'

/** Sends to the server and compares ledger, list, end and wire with what the row says. */
export async function expectBehaviour(row: Behaving): Promise<void> {
  const { script, audience = 3, suppressed = [], end = { kind: 'done' }, pauses = 0 } = row
  const server = await startScript(script)
  const sent = await sendTo(server.port, audience, {
    transport: open(row, server.port),
    waitMs: row.waitMs ?? 0,
    ...(row.diskMs === undefined ? {} : { db: await openSlowStore(row.diskMs) }),
    ...(row.readers ? { readers: row.readers } : {}),
    ...(row.retry ? { retry: row.retry } : {}),
  })
  const { db, run, result, states, events } = sent
  const counts = Object.fromEntries(Object.entries(run.counts).filter(([, count]) => count > 0))
  expect(counts).toEqual(row.counts ?? { accepted: audience })
  expect(await readAttempts(db)).toEqual(row.attempts)
  const bounced = await db.all<{ key: number }>("SELECT key FROM subscribers WHERE status = 'bounced' ORDER BY key")
  expect(bounced.map(({ key }) => key)).toEqual(suppressed)
  expect(result).toMatchObject({ end, unsaved: 0, isStuck: false, counts: run.counts })
  expect(events.filter(({ kind }) => kind === 'pause')).toHaveLength(pauses)
  expectOnceEach(server, states)
  row.seen?.(server, sent)
}

// Whoever has it in the server's eyes is accepted or in doubt, and has it once.
function expectOnceEach({ taken }: ScriptedServer, states: readonly number[]): void {
  const [accepted, unknown] = [2, 5]
  const receivers = taken.map((message) => Number(/^To: .*<reader-(\d+)@/m.exec(String(message))?.[1]))
  expect(new Set(receivers).size).toBe(receivers.length)
  for (const key of receivers) expect([accepted, unknown]).toContain(states[key - 1])
  expect(receivers.length).toBeGreaterThanOrEqual(states.filter((state) => state === accepted).length)
}

async function readAttempts(db: Database): Promise<string[]> {
  const rows = await db.all<Record<string, string | number | null>>(
    'SELECT * FROM attempts ORDER BY reader_key IS NOT NULL, key',
  )
  return rows.map(({ reader_key, kind, fault, code, enhanced_code, reply }) => {
    const parts = [reader_key ?? '-', kind, fault, code, enhanced_code].filter((part) => part !== null)
    return `${parts.join(' ')}: ${String(reply)}`
  })
}

function open(row: Behaving, port: number): Transport {
  const { login, isRemote = false, connections = 1, timeoutMs = 2000 } = row
  const url = `smtp://${login ? `${login}@` : ''}${isRemote ? ANY_ADDRESS : '127.0.0.1'}:${port}`
  const transport = openSmtp({ url, connections, timeoutMs })
  onTestFinished(async () => {
    transport.destroy()
    await transport.close()
  })
  return transport
}

/** A store whose disk is slow. */
async function openSlowStore(diskMs: number): Promise<Database> {
  const db = await openStore()
  return {
    ...db,
    transaction: async (work) => {
      await new Promise((resolve) => setTimeout(resolve, diskMs))
      return await db.transaction(work)
    },
  }
}
