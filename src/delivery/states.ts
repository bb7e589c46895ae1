/**
 * The states of one delivery, and what moves between them.
 *
 * ```
 *              ┌───────────────────── takeBack ───────────────────────┐
 *              ▼                                                      │
 *  freeze ▶ pending ─────────────────── hand ─────────────────────▶ handed ── accept ──▶ accepted
 *            │ │ │                                                  ▲ │ │ │
 *            │ │ └── defer ──▶ deferred ──────── hand ──────────────┘ │ │ └── markUnknown, recover ──▶ unknown
 *            │ │                ▲ │ │ │                               │ │
 *            │ │                │ │ │ └── putBack ──▶ pending         │ └── fail ──▶ failed
 *            │ │                │ │ └── fail ──▶ failed               │
 *            │ │                └─┼───────────── defer ───────────────┘
 *            │ └── fail ──▶ failed└── skip ──▶ skipped
 *            └── skip ──▶ skipped                      failed ── retryFailed ──▶ pending ◀── resendUnknown ── unknown
 * ```
 *
 * | function | when |
 * | --- | --- |
 * | `freeze`, `addAudience` | the send is approved, or new readers are added (runs.ts) |
 * | `hand` | 354 has arrived; on the disk before the final dot goes out |
 * | `accept` | 2xx to the dot |
 * | `defer` | 4xx to RCPT, DATA or the dot; 421 to the dot. Due as backoff.ts says, or as the server does |
 * | `fail` | 5xx to RCPT, DATA or the dot, once it is believed (doubt.ts); or deferred for longer than `giveUpMs` |
 * | `failUncomposed` | no message can be made for this reader |
 * | `takeBack` | handed, and certainly not taken for a reason that is not the reader's: the connection was lost before the dot; no login, too large, slowed down, quota used up; a refusal that is not believed yet. The try does not count |
 * | `putBack` | refused as others were, for what is the sender's (doubt.ts, limit-doubt.ts), or broken off again and again (broken-off.ts): it comes after the others, in this send or the next. It counts as pending meanwhile |
 * | `markUnknown` | the dot went out and no reply came |
 * | `recover` | the next start finds it handed |
 * | `resendUnknown`, `retryFailed` | the author says so |
 * | `skip`, `skipRest` | unsubscribed, suppressed or forgotten since; the run was cancelled |
 *
 * Before the dot nothing is written for what says nothing about the reader: a connection lost, 421, 4xx or 5xx to
 * anything but RCPT and DATA, 503, a refused login, a limit of the sender. The delivery stays as it is, no attempt
 * counts, and judge.ts decides what it means for the run: go on with fewer connections, pause (pace.ts), or stop. One
 * with which that happens twice in a send, or that ends it, is put behind the others, so that it holds nobody up.
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
