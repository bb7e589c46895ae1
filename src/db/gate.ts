import { AsyncLocalStorage } from 'node:async_hooks'

/** Lets one piece of work at a time use the connection, in the order in which they asked. */
export interface Gate {
  /**
   * Waits for its turn, runs `work`, and lets the next one in.
   *
   * @throws TypeError at once when called from inside the work that holds the gate: it would wait for itself for ever.
   */
  readonly pass: <Result>(work: () => Promise<Result>) => Promise<Result>
  /**
   * Whether nobody is inside and nobody waits: what does not yield may use the connection at once.
   *
   * @throws TypeError as `pass` does.
   */
  readonly isFree: () => boolean
}

/** A gate for one connection. */
export function createGate(): Gate {
  const inside = new AsyncLocalStorage<{ isOpen: boolean }>()
  let last: Promise<unknown> = Promise.resolve()
  let users = 0
  const assertOutside = () => {
    if (inside.getStore()?.isOpen) throw new TypeError('inside a transaction or session, use its own queries')
  }
  return {
    isFree: () => {
      assertOutside()
      return users === 0
    },
    pass: async (work) => {
      assertOutside()
      users++
      const turn = last.then(async () => {
        const stay = { isOpen: true }
        try {
          return await inside.run(stay, work)
        } finally {
          // Tasks started inside and not awaited keep the store; they must be let in again.
          stay.isOpen = false
          users--
        }
      })
      last = turn.catch(() => undefined)
      return await turn
    },
  }
}
