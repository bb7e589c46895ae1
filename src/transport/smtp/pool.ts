import type { Message } from '../../message/index.ts'
import type { Attempt } from '../attempt.ts'
import type { SmtpServer } from '../smtp-url.ts'
import type { Handover } from '../transport.ts'
import type { Timeouts } from './connect.ts'
import { openSession } from './session.ts'
import { Sessions } from './sessions.ts'

/** Connections to one server, opened as they are needed. */
export interface Pool {
  probe(): Promise<Attempt>
  send(message: Message, handover?: Handover): Promise<Attempt>
  /** Says good-bye on every connection; nothing may be in flight. */
  close(): Promise<void>
  /** Cuts every connection. */
  destroy(): void
}

/** How many connections, for how long. */
export interface PoolOptions {
  readonly connections: number
  readonly messagesPerConnection: number
  readonly timeouts: Timeouts
}

const READY: Attempt = { kind: 'accepted', text: 'ready' }

/**
 * Opens no connection yet. A connection that the server ended between two messages is replaced, for that tells
 * nothing but the server's patience; one that is lost after 354 is not.
 */
export function openPool(server: SmtpServer, { timeouts, ...options }: PoolOptions): Pool {
  const sessions = new Sessions({
    ...options,
    connect: async (signal) => await openSession(server, timeouts, signal),
    nowMs: () => performance.now(),
    after: (ms, call) => {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
  })
  return {
    probe: async () => {
      const session = await sessions.acquire()
      if ('kind' in session) return session
      sessions.release(session, false)
      return READY
    },
    send: async (message, handover) => {
      for (;;) {
        const session = await sessions.acquire()
        if ('kind' in session) return session
        const isUsed = session.used() > 0
        let attempt: Attempt | undefined
        try {
          attempt = await session.send(message, handover)
        } finally {
          sessions.release(session, attempt !== undefined && isLoss(attempt))
        }
        if (!isUsed || session.wasAsked() || !isStale(attempt)) return attempt
      }
    },
    close: async () => await sessions.close(),
    destroy: () => sessions.destroy(),
  }
}

function isLoss({ kind, fault }: Attempt): boolean {
  return kind === 'unknown' || fault === 'connection'
}

/** Whether another connection may do what this one, used before, did not. A slowed-down sender is slowed down there too. */
function isStale({ fault, code }: Attempt): boolean {
  return fault === 'connection' || (fault === 'busy' && code === 421)
}
