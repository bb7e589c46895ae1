/**
 * What `serve` does beside the public pages: it starts scheduled runs whose time has come, goes on with those it began
 * itself before a restart, and sends again what a server deferred when that is due. A run that another process holds is
 * left to it; one that the author stopped with readers pending is not touched.
 */
import type { App } from '../../app.ts'
import { AppError, messageOf } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import {
  beginRun,
  describeRun,
  findRun,
  formatLocal,
  holdRun,
  listDueRuns,
  listRunners,
  listStaleRuns,
  pauseRun,
  type Run,
  type RunEnd,
  type RunResult,
  sleep,
} from '../../delivery/index.ts'
import type { Transport } from '../../transport/index.ts'
import type { CommandContext } from '../command.ts'
import type { SendJob } from './job.ts'
import { NO_FLAGS } from './levers.ts'
import { explainWhy } from './explain-end.ts'
import { formatStatus } from './report.ts'
import { letGoQuietly, sendHeld } from './run-and-report.ts'
import { shortenWords } from './shorten-words.ts'
import { assertTransport, hasItsTransport, probe } from './with-transport.ts'

const LOOK_EVERY_MS = 2000
/** A `send` that waits for the same moment goes first. */
const GRACE_MS = 3000
/** After a server that refused, a store that failed. */
const AGAIN_MS = 10 * 60_000

/** For what is deferred for so short, and a server that asks for less: other runs wait meanwhile. */
const WAIT_MS = 5 * 60_000

/** What the pick-up works with. */
export interface PickUpJob {
  readonly context: CommandContext
  readonly app: App
  readonly db: Database
}

type Say = (text: string) => void

/**
 * Looks for due runs until the command is asked to stop; what is in flight then ends first. One run at a time: two would
 * share the same limits and connections.
 */
export async function pickUpRuns({ context, app, db }: PickUpJob): Promise<void> {
  const { clock, signal } = context
  const job: SendJob = { context, app, db, flags: { ...NO_FLAGS, waitMs: WAIT_MS }, terminal: context.terminal }
  const say: Say = (text) => context.terminal.err(`${clock.now().toISOString()} ${text}`)
  const turns = createTurns()
  const told = new Set<string>()
  const tellOnce = (key: string, text: string) => {
    if (!told.has(key)) say(text)
    told.add(key)
  }
  while (await sleep(LOOK_EVERY_MS, signal)) {
    try {
      for (const id of await listStaleRuns(db, clock.now())) tellOnce(`stale ${id}`, tellStale(await findRun(db, id)))
      const run = await findDue({ context, app, db }, turns, tellOnce)
      if (run) turns.end(run.issueId, await sendOrTell(job, run, say))
    } catch (error) {
      tellOnce(messageOf(error), `Looking for what is due failed: ${messageOf(error)}`)
    }
  }
}

function tellStale(run: Run | undefined): string {
  if (!run?.startsAt) return 'A scheduled send was moved.'
  return `${run.slug}: should have started ${formatLocal(run.startsAt)}; that is more than 24 hours ago, so it starts only when you say so: \`letterpress send ${run.slug}\`.`
}

/** When which run may be looked at again. */
interface Turns {
  /** Those whose time has come, the longest untouched first: one that can go on at once keeps no other waiting. */
  list(ids: readonly string[], nowMs: number): string[]
  /** @param againMs - not before then; milliseconds since 1970. */
  end(id: string, againMs: number): void
}

function createTurns(): Turns {
  const known = new Map<string, { readonly turn: number; readonly againMs: number }>()
  let turn = 0
  return {
    list: (ids, nowMs) =>
      ids
        .filter((id) => (known.get(id)?.againMs ?? 0) <= nowMs)
        .toSorted((a, b) => (known.get(a)?.turn ?? 0) - (known.get(b)?.turn ?? 0)),
    end: (id, againMs) => void known.set(id, { turn: ++turn, againMs }),
  }
}

async function findDue(
  { context, app, db }: PickUpJob,
  turns: Turns,
  tellOnce: (key: string, text: string) => void,
): Promise<Run | undefined> {
  const nowMs = context.clock.now().getTime()
  const runners = await listRunners(db, new Date(nowMs))
  for (const id of turns.list(await listDueRuns(db, new Date(nowMs - GRACE_MS)), nowMs)) {
    const run = await findRun(db, id)
    if (!run || runners.has(run.key)) continue
    if (hasItsTransport(app, run)) return run
    const [was, is] = run.transport === 'inbox' ? ['the embedded inbox', 'SMTP'] : ['SMTP', 'the embedded inbox']
    tellOnce(`transport ${id}`, `${run.slug}: was approved for ${was}, and this is ${is}: it is left alone.`)
  }
  return undefined
}

/** @returns when it may be looked at again, in milliseconds since 1970. */
async function sendOrTell(job: SendJob, run: Run, say: Say): Promise<number> {
  const { clock } = job.context
  try {
    return await sendDue(job, run, say)
  } catch (error) {
    say(`${run.slug}: Stopped: ${messageOf(error)}`)
    return goOnAt(new Date(clock.now().getTime() + AGAIN_MS), run, say)
  }
}

function goOnAt(at: Date, { slug }: Run, say: Say): number {
  say(`${slug}: Goes on by itself at ${at.toISOString()}.`)
  return at.getTime()
}

async function sendDue(job: SendJob, run: Run, say: Say): Promise<number> {
  const { app, context } = job
  const transport = await app.openTransport()
  try {
    const answer = await probe(transport, context.signal)
    if (!answer) return 0
    if (answer.kind !== 'accepted') {
      say(`${run.slug}: ${transport.place} cannot be used: ${shortenWords(answer)}. Nothing was sent.`)
      return goOnAt(new Date(context.clock.now().getTime() + AGAIN_MS), run, say)
    }
    return await sendOver(job, run, transport, say)
  } finally {
    await transport.close()
  }
}

async function sendOver(job: SendJob, { issueId, slug }: Run, transport: Transport, say: Say): Promise<number> {
  const { context, db } = job
  const { clock } = context
  const held = await holdRun(db, clock, issueId, {
    isByServe: true,
    prepare: async (tx, found) => {
      assertTransport(job, found)
      await beginRun(tx, found, { at: clock.now(), how: 'serve' })
    },
  }).catch(giveWay)
  if (!held) return 0
  const { recovered } = held
  if (recovered > 0) say(`${slug}: of ${recovered} messages it is unknown whether they arrived; they are left alone.`)
  say(`${slug}: sending to ${held.run.counts.pending + held.run.counts.deferred} of ${held.run.total} readers.`)
  let result: RunResult | undefined
  let after: Run
  try {
    result = await sendHeld(job, held, transport, QUIET)
    const { kind } = result.end
    if (kind === 'refusals' || kind === 'unknowns') {
      const word = { at: clock.now(), how: 'serve', detail: kind } as const
      await db.transaction(async (tx) => await pauseRun(tx, held.run.key, word))
    }
  } finally {
    after = await letGoQuietly(job, held, result)
  }
  const status = describeRun(after, undefined)
  say(`${slug}: ${formatStatus(status)}`)
  const isPaused = after.state === 'paused' && result.end.kind !== 'paused'
  const lines = isPaused ? explainWhy({ kind: 'paused' }, status, slug) : []
  for (const line of [...explainWhy(result.end, status, slug), ...lines]) say(`${slug}: ${line}`)
  if (result.end.kind === 'failed') say(`${slug}: Stopped: ${messageOf(result.end.error)}`)
  const again = findAgain(result.end, after, clock.now())
  return again ? goOnAt(again, after, say) : 0
}

const QUIET = { show: () => undefined, say: () => undefined, end: () => undefined }

// Another process was faster, or the author changed their mind.
function giveWay(error: unknown): undefined {
  const codes = ['delivery/lock-held', 'delivery/cancelled', 'delivery/paused', 'delivery/scheduled']
  if (error instanceof AppError && codes.includes(error.code)) return undefined
  throw error
}

/** @returns undefined when the ledger tells when it is due again, or nothing is left to do. */
function findAgain(end: RunEnd, { state, counts }: Run, now: Date): Date | undefined {
  if (state !== 'open' || end.kind === 'interrupted') return undefined
  if (end.kind === 'later') return end.dueAt
  if (end.kind === 'limited') return end.until
  const isLeft = counts.pending + counts.handed > 0
  return isLeft || end.kind === 'failed' || end.kind === 'server' ? new Date(now.getTime() + AGAIN_MS) : undefined
}
