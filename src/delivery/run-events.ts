import type { Queries } from '../db/index.ts'

/** What happened to a run; its deliveries have their own states. */
export type RunStep =
  | 'approved'
  | 'scheduled'
  | 'moved'
  | 'started'
  | 'paused'
  | 'resumed'
  | 'cancelled'
  | 'retried'
  | 'resent'
  | 'new-readers'
  | 'recovered'

/** How the author said so: by typing the name, by a flag, with a command of that name, by a button of the studio, or `serve` by itself. */
export type Consented = 'typed' | 'flag' | 'command' | 'studio' | 'serve'

/** One line of a run's story. */
export interface StoryLine {
  readonly at: Date
  readonly what: RunStep
  readonly how?: Consented
  /** A count, a time, or what --force overrode (JSON list). */
  readonly detail?: string
}

/** Keeps what happened, in the transaction in which it does. */
export async function tell(tx: Queries, runKey: number, { at, what, how, detail }: StoryLine): Promise<void> {
  await tx.run('INSERT INTO run_events (run_key, at, what, how, detail) VALUES (?, ?, ?, ?, ?)', [
    runKey,
    at,
    what,
    how ?? null,
    detail ?? null,
  ])
}

interface Row {
  readonly at: number
  readonly what: RunStep
  readonly how: Consented | null
  readonly detail: string | null
}

/** What happened to a run, oldest first. */
export async function readStory(db: Queries, runKey: number): Promise<StoryLine[]> {
  const rows = await db.all<Row>('SELECT at, what, how, detail FROM run_events WHERE run_key = ? ORDER BY key', [
    runKey,
  ])
  return rows.map(({ at, what, how, detail }) => ({
    at: new Date(at),
    what,
    ...(how === null ? {} : { how }),
    ...(detail === null ? {} : { detail }),
  }))
}
