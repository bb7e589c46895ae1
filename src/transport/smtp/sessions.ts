/**
 * The sessions with one server, and who gets the next one.
 *
 * Those who wait are served in order of arrival, by the first session that is free or newly opened; every event that
 * may let one of them go on (a session given back, opened, lost, refused) looks at the whole queue again, so that no
 * wake-up can be lost.
 *
 * Opening: one session first, the probe; when it is logged in, as many at a time as there are already (1, 2, 4 …), so
 * that no server sees a hundred logins at once, and a wrong password costs one. After a loss one alone tries again.
 * A refusal while other sessions work is the server's limit of connections (421 in its greeting): the messages wait for
 * those, and one more session is tried a quarter of a minute later.
 *
 * Leaving: a session counts until its good-bye is over, so that there are never more than configured. A server may count
 * it a moment longer: a refusal right after one left is asked about once more before it is believed. Each session leaves
 * after another number of messages, so that they do not all leave at the same time.
 */
import { type Attempt, readFailure } from '../attempt.ts'
import type { Session } from './session.ts'

/** How many sessions, and how one is made. */
export interface SessionsOptions {
  /** At a time. */
  readonly connections: number
  /** After so many, or up to a tenth fewer, a session says good-bye. */
  readonly messagesPerConnection: number
  /** @throws what nodemailer reports. */
  readonly connect: (signal: AbortSignal) => Promise<Session>
  /** Milliseconds from any fixed moment. */
  readonly nowMs: () => number
  /** Calls so much later, unless it is cancelled by what it returns. */
  readonly after: (ms: number, call: () => void) => () => void
}

/** How long a limit of connections is taken as it was found. */
const RAISE_MS = 15_000
/** The same without a word of the server, which may have been away for a moment. */
const RETRY_MS = 5000
/** How long a server may count a session that has left, how soon it is asked again, and how often. */
const RECOUNT = { withinMs: 1000, afterMs: 250, times: 3 }
/** How much fewer messages one session carries than another. */
const SPREAD = 0.1
/** Multiples of it, without their whole part, lie apart from each other however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2
const CLOSED: Attempt = { kind: 'server', fault: 'connection', text: 'The connections are closed' }

/** Hands out sessions. Opens none before the first is asked for. */
export class Sessions {
  readonly #options: SessionsOptions
  readonly #idle: Session[] = []
  /** With the messages that each may carry. */
  readonly #all = new Map<Session, number>()
  /** Their good-byes. */
  readonly #leaving = new Map<Session, Promise<void>>()
  readonly #waiting: ((outcome: Session | Attempt) => void)[] = []
  readonly #ended = new AbortController()
  #opening = 0
  /** Whether the last thing known of the server is that it lets us in. */
  #isProven = false
  /** At most `connections`. */
  #cap: number
  #raiseAtMs = 0
  #leftAtMs = -Infinity
  #recounts = 0
  #opened = 0
  /** Nothing is opened before. */
  #waitUntilMs = 0
  #cancelTimer: (() => void) | undefined

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#cap = options.connections
  }

  /** A session, at once when one is free; or why there is none. Every session is given back by `release`. */
  acquire(): Session | Attempt | Promise<Session | Attempt> {
    if (this.#ended.signal.aborted) return CLOSED
    const free = this.#waiting.length === 0 ? this.#takeIdle() : undefined
    if (free) return free
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#serve()
    })
  }

  /** @param isLost - the connection broke: the server may be gone for all of them. */
  release(session: Session, isLost: boolean): void {
    if (isLost) this.#isProven = false
    const isSpent = session.used() >= (this.#all.get(session) ?? 0) || this.#ended.signal.aborted
    if (session.isOpen() && !isSpent) this.#idle.push(session)
    else {
      this.#all.delete(session)
      if (session.isOpen()) this.#leave(session)
    }
    this.#serve()
  }

  /** Says good-bye on every connection; nothing may be in flight. */
  async close(): Promise<void> {
    this.#end()
    for (const session of this.#all.keys()) this.#leave(session)
    await Promise.all(this.#leaving.values())
  }

  /** Cuts every connection. */
  destroy(): void {
    this.#end()
    for (const session of [...this.#all.keys(), ...this.#leaving.keys()]) session.destroy()
  }

  #leave(session: Session): void {
    if (this.#leaving.has(session)) return
    const bye = session.quit().then(() => {
      this.#leaving.delete(session)
      this.#leftAtMs = this.#options.nowMs()
      this.#serve()
    })
    this.#leaving.set(session, bye)
  }

  #end(): void {
    this.#ended.abort()
    this.#cancelTimer?.()
    for (const resolve of this.#waiting.splice(0)) resolve(CLOSED)
  }

  #takeIdle(): Session | undefined {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop()) {
      if (session.isOpen()) return session
      this.#all.delete(session)
    }
    return undefined
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const session = this.#takeIdle()
      if (!session) break
      this.#waiting.shift()?.(session)
    }
    while (this.#mayOpen()) void this.#open()
  }

  #mayOpen(): boolean {
    const atOnce = this.#isProven ? Math.max(1, this.#all.size) : 1
    if (this.#opening >= Math.min(this.#waiting.length, atOnce) || this.#ended.signal.aborted) return false
    const nowMs = this.#options.nowMs()
    if (nowMs < this.#waitUntilMs) return false
    const count = this.#all.size + this.#opening + this.#leaving.size
    if (count < this.#cap) return true
    if (count > this.#cap || this.#cap >= this.#options.connections || this.#opening > 0) return false
    if (nowMs < this.#raiseAtMs) return false
    this.#cap++
    return true
  }

  async #open(): Promise<void> {
    this.#opening++
    try {
      const session = await this.#options.connect(this.#ended.signal)
      this.#opening--
      this.#isProven = true
      this.#recounts = 0
      this.#all.set(session, this.#spread())
      if (this.#ended.signal.aborted) session.destroy()
      else this.#idle.push(session)
    } catch (error) {
      this.#opening--
      this.#isProven = false
      this.#refuse(readFailure(error, false))
    }
    this.#serve()
  }

  #spread(): number {
    const most = this.#options.messagesPerConnection
    const share = (this.#opened++ * GOLDEN_RATIO) % 1
    return most === Infinity ? most : most - Math.floor(most * SPREAD * share)
  }

  #refuse(attempt: Attempt): void {
    const others = this.#all.size + this.#opening
    if (isAboutConnections(attempt) && attempt.code !== undefined && this.#mayBeRecounted()) {
      this.#recounts++
      this.#waitUntilMs = this.#options.nowMs() + RECOUNT.afterMs
      return this.#serveAfter(RECOUNT.afterMs)
    }
    // Nobody can be served: those that wait share the failure.
    if (others === 0) {
      this.#cap = this.#options.connections
      for (const resolve of this.#waiting.splice(0)) resolve(attempt)
    } else if (isAboutConnections(attempt)) {
      this.#cap = others
      const raiseMs = attempt.code === undefined ? RETRY_MS : RAISE_MS
      this.#raiseAtMs = this.#options.nowMs() + raiseMs
      this.#serveAfter(raiseMs)
    } else this.#waiting.shift()?.(attempt)
  }

  /** Whether the server may still count one that has left. */
  #mayBeRecounted(): boolean {
    if (this.#recounts >= RECOUNT.times) return false
    return this.#leaving.size > 0 || this.#options.nowMs() - this.#leftAtMs < RECOUNT.withinMs
  }

  #serveAfter(ms: number): void {
    this.#cancelTimer?.()
    if (!this.#ended.signal.aborted) this.#cancelTimer = this.#options.after(ms, () => this.#wake())
  }

  /** A timer may fire too early, and there is only one. */
  #wake(): void {
    this.#serve()
    const nowMs = this.#options.nowMs()
    const raiseAtMs = this.#cap < this.#options.connections ? this.#raiseAtMs : 0
    const next = [this.#waitUntilMs, raiseAtMs].filter((ms) => ms > nowMs)
    if (next.length > 0 && this.#waiting.length > 0) this.#serveAfter(Math.ceil(Math.min(...next) - nowMs))
  }
}

/** Whether sessions that are open may go on as if nothing had happened. */
function isAboutConnections({ fault, enhancedCode }: Attempt): boolean {
  return fault === 'busy' || fault === 'connection' || (fault === 'throttled' && enhancedCode !== '4.7.28')
}
