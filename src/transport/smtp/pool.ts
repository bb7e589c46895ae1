import type { Message } from '../../message/index.ts'
import { type Attempt, readFailure } from '../attempt.ts'
import type { SmtpServer } from '../smtp-url.ts'
import type { Handover } from '../transport.ts'
import { openSession, type Session, type Timeouts } from './session.ts'

/** Connections to one server, opened as they are needed. */
export interface Pool {
  probe(): Promise<Attempt>
  send(message: Message, handover?: Handover): Promise<Attempt>
  /** Says good-bye on every connection; nothing may be in flight. */
  close(): void
  /** Cuts every connection. */
  destroy(): void
}

const READY: Attempt = { kind: 'accepted', text: 'ready' }

/** Hands out a session, waiting for one when all are busy. */
interface Sessions {
  /** @throws what nodemailer reports. */
  acquire(): Promise<Session>
  release(session: Session): void
  end(bid: (session: Session) => void): void
}

/**
 * Opens no connection yet. A connection that the server ended between two messages is replaced, for that tells
 * nothing but the server's patience; one that is lost after 354 is not.
 */
export function openPool(server: SmtpServer, connections: number, timeouts: Timeouts): Pool {
  const sessions = createSessions(connections, async (signal) => await openSession(server, timeouts, signal))
  const use = async (work: (session: Session) => Promise<Attempt>): Promise<Attempt> => {
    let session: Session
    try {
      session = await sessions.acquire()
    } catch (error) {
      return readFailure(error, false)
    }
    try {
      return await work(session)
    } finally {
      sessions.release(session)
    }
  }
  return {
    probe: async () => await use(async () => await Promise.resolve(READY)),
    send: async (message, handover) => {
      for (;;) {
        let canReplace = false
        const attempt = await use(async (session) => {
          canReplace = session.used() > 0
          return await session.send(message, {
            beforeFinalDot: async () => {
              // From here on the caller has to know what became of it.
              canReplace = false
              await handover?.beforeFinalDot()
            },
          })
        })
        // A server that slows this sender down would hear the same message again at once.
        const isStale = attempt.fault === 'connection' || (attempt.fault === 'busy' && attempt.code === 421)
        if (!canReplace || !isStale) return attempt
      }
    },
    close: () => sessions.end((session) => session.quit()),
    destroy: () => sessions.end((session) => session.destroy()),
  }
}

/**
 * One connection logs in before any other is tried: a wrong password costs one login, not one for each connection.
 * Those that wait for it share its failure.
 */
function createSessions(connections: number, connect: (signal: AbortSignal) => Promise<Session>): Sessions {
  const idle: Session[] = []
  const all = new Set<Session>()
  const waiting: (() => void)[] = []
  const ended = new AbortController()
  let opening = 0
  let probe: Promise<unknown> | undefined
  let isProven = false
  const wake = () => waiting.shift()?.()

  const open = async (): Promise<Session> => {
    opening++
    const start = connect(ended.signal)
    if (!isProven) probe = start
    try {
      const session = await start
      isProven = true
      all.add(session)
      return session
    } catch (error) {
      isProven = false
      throw error
    } finally {
      opening--
      if (probe === start) probe = undefined
    }
  }

  return {
    acquire: async () => {
      for (;;) {
        if (ended.signal.aborted) throw new Error('The connections are closed')
        const session = idle.pop()
        if (session?.isOpen()) return session
        if (session) all.delete(session)
        else if (probe) await probe
        else if (all.size + opening >= connections) await new Promise<void>((resolve) => waiting.push(resolve))
        else {
          try {
            return await open()
          } catch (error) {
            wake()
            throw error
          }
        }
      }
    },
    release: (session) => {
      if (session.isOpen() && !ended.signal.aborted) idle.push(session)
      else {
        session.quit()
        all.delete(session)
      }
      wake()
    },
    end: (bid) => {
      ended.abort()
      for (const session of all) bid(session)
      for (const resume of waiting.splice(0)) resume()
    },
  }
}
