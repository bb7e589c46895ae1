/**
 * The states of one delivery, and what moves between them. Each arrow is one function of transitions.ts, ledger.ts or
 * runs.ts, and one row of ENTRIES below.
 *
 * ```
 *            ┌──── takeBack: the connection was lost before the dot ────┐
 *            ▼                                                          │
 *  freeze ▶ pending ──── hand: 354 arrived, before the final dot ────▶ handed ── accept: 2xx ──▶ accepted
 *            │  ▲  ╲                                                   ▲  │ ╲─── fail: 5xx ────▶ failed
 *            │  │   ╲─ fail: 5xx to RCPT or DATA ─▶ failed             │  ╲──── defer: 4xx ───▶ deferred
 *            │  │    ╲ defer: 4xx to RCPT or DATA ▶ deferred ── hand ──┘   ╲─── markUnknown, recover ▶ unknown
 *            │  └── resend: the author says so ── unknown        ╲── fail, defer: as from pending
 *            │◀──── putBack: refused as everybody was (doubt.ts) ─── pending, deferred
 *            └───── skip: unsubscribed, suppressed, gone ──▶ skipped ◀── skip ── deferred
 * ```
 *
 * What survives a crash: everything that was committed. `handed` is committed and on the disk before the final dot is
 * written, so a row in any other state was not mailed since, and a row found `handed` at the next start may have been:
 * recover makes it `unknown`, and nobody mails it again without the author's word. Results are committed in groups
 * after the reply; a result lost with the process leaves its row `handed`.
 * Which rows are being worked on stands in memory alone: one runner holds the run (lock.ts), and its commits fail once
 * another has taken over.
 */
export const STATES = ['pending', 'handed', 'accepted', 'deferred', 'failed', 'unknown', 'skipped'] as const

export type DeliveryState = (typeof STATES)[number]

/** How many deliveries of a run are in each state. */
export type Counts = Readonly<Record<DeliveryState, number>>

/** Number of a state in the table; never changes. */
export function encodeState(state: DeliveryState): number {
  return STATES.indexOf(state)
}

/** @throws TypeError for a number that no state has. */
export function decodeState(code: number): DeliveryState {
  const state = STATES[code]
  if (state === undefined) throw new TypeError(`no delivery state has the number ${code}`)
  return state
}

/** Whether a text names a state. */
export function isState(text: string): text is DeliveryState {
  return (STATES as readonly string[]).includes(text)
}

/** States in which a run has something left to do. */
export const UNFINISHED: readonly DeliveryState[] = ['pending', 'handed', 'deferred']
