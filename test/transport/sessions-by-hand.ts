import type { Session } from '../../src/transport/smtp/session.ts'
import type { SessionsOptions } from '../../src/transport/smtp/sessions.ts'

export interface Fake extends Session {
  isBroken: boolean
  /** Ends its good-bye. */
  leave(): void
}

/** Sessions that are opened and refused by the test, with a clock of its own. */
export function openByHand(connections: number, used = 1) {
  const connecting: { resolve: (session: Session) => void; reject: (error: Error) => void }[] = []
  let now = 0
  let timers: { readonly at: number; readonly call: () => void }[] = []
  const makeSession = (bye = Promise.withResolvers<void>()): Fake => ({
    isBroken: false,
    leave: () => bye.resolve(),
    isOpen() {
      return !this.isBroken
    },
    used: () => used,
    wasAsked: () => false,
    send: async () => await Promise.resolve({ kind: 'accepted', text: '' }),
    quit: async () => await bye.promise,
    destroy: () => undefined,
  })
  const options: SessionsOptions = {
    connections,
    messagesPerConnection: 100,
    connect: async () => await new Promise((resolve, reject) => connecting.push({ resolve, reject })),
    nowMs: () => now,
    after: (ms, call) => {
      const timer = { at: now + ms, call }
      timers.push(timer)
      return () => void (timers = timers.filter((each) => each !== timer))
    },
  }
  return {
    options,
    connecting,
    open: (count: number) => connecting.splice(0, count).forEach(({ resolve }) => resolve(makeSession())),
    refuse: (response: string) => connecting.shift()?.reject(Object.assign(new Error(response), { response })),
    pass: (ms: number) => {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { call } of due) call()
    },
    timers: () => timers.length,
  }
}
