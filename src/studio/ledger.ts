import type { App } from '../app.ts'
import type { RunStatus } from '../delivery/index.ts'
import type { IssueState } from '../preview/index.ts'
import type { StoreView } from './store-view.ts'

/** What the ledger knows of all issues, for the list. */
export interface Ledger {
  /** By id of the issue. */
  readonly runs: ReadonlyMap<string, { readonly state: IssueState; readonly isRehearsal: boolean }>
  /** Hashes of what was test-sent the way that a send would take. */
  readonly tested: ReadonlySet<string>
}

const EMPTY: Ledger = { runs: new Map(), tested: new Set() }

/** Reads the ledger again when it has changed. A store that cannot be read is told where it is asked for. */
export function createLedgerView(store: StoreView): (app: App) => Promise<Ledger> {
  let known: { readonly stamp: string; readonly ledger: Ledger; readonly isMoving: boolean } | undefined
  return async (app) => {
    const stamp = store.stamp(app)
    // A process that sends may die without a word.
    if (known?.stamp === stamp && !known.isMoving) return known.ledger
    try {
      const ledger = await readLedger(app, store)
      known = { stamp, ledger, isMoving: [...ledger.runs.values()].some(({ state }) => state === 'sending') }
      return ledger
    } catch {
      return known?.ledger ?? EMPTY
    }
  }
}

async function readLedger(app: App, store: StoreView): Promise<Ledger> {
  const now = app.clock.now()
  const found = await store.read(app, async (db) => {
    // Late: a newsletter that has no list yet needs none of it, and the author waits for the first mail.
    const { describeRun, listRunners, listRuns, listTestedHashes } = await import('../delivery/index.ts')
    const [all, runners] = [await listRuns(db), await listRunners(db, now)]
    const runs = all.map((run) => {
      const { state } = describeRun(run, runners.get(run.key))
      const told = { state: toIssueState(state), isRehearsal: run.transport === 'inbox' }
      return [run.issueId, told] as const
    })
    return { runs: new Map(runs), tested: await listTestedHashes(db, app.config.smtp.url ? 'smtp' : 'inbox') }
  })
  return found ?? EMPTY
}

function toIssueState(state: RunStatus['state']): IssueState {
  if (state === 'finished') return 'sent'
  return state === 'unsent' ? 'draft' : state
}
