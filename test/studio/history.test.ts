/** How a run went over time, while another process commits at any moment. */
import { expect, test } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { holdRun } from '../../src/delivery/index.ts'
import { encodeState } from '../../src/delivery/states.ts'
import { createRuns } from '../../src/studio/runs.ts'
import type { StoreView } from '../../src/studio/store-view.ts'
import { makeClock, makeRun, openStore } from '../delivery/make.ts'
import { makeNewsletter, openNewsletter } from '../helpers/newsletter.ts'

const ISSUE = '2026-w34'

/** A studio's view of a send that goes on. */
async function makeWatched() {
  const clock = makeClock()
  const db = await openStore()
  const run = await makeRun(db, 20)
  await holdRun(db, clock, ISSUE)
  let next = 1
  let beforeRunners = async () => {}
  const slow: Database = {
    ...db,
    all: async (sql, values) => {
      if (sql.includes('FROM runners')) await beforeRunners()
      return await db.all(sql, values)
    },
  }
  const store: StoreView = {
    read: async (_, work) => await work(slow),
    stamp: () => '',
    close: async () => {},
  }
  const app = { ...(await openNewsletter(makeNewsletter({}))), clock }
  const runs = createRuns({ app: async () => await Promise.resolve(app), store })
  return {
    runs,
    clock,
    /** The server took so many more. @param at - as the process that sends writes it. */
    accept: async (count: number, at = clock.now()) => {
      const state = encodeState('accepted')
      for (const last = next + count; next < last; next++)
        await db.run('UPDATE deliveries SET state = ?, at = ? WHERE run_key = ? AND reader_key = ?', [
          state,
          at,
          run.key,
          next,
        ])
      await db.run('UPDATE runs SET accepted = accepted + ? WHERE key = ?', [count, run.key])
    },
    holdRunners: (wait: () => Promise<void>) => void (beforeRunners = wait),
    readAccepted: async () => (await runs.read(ISSUE))?.history.map(({ accepted }) => accepted),
  }
}

test('two looks at once keep their samples in the order in which the ledger was read', async () => {
  const { runs, clock, accept, holdRunners, readAccepted } = await makeWatched()
  const released = Promise.withResolvers<void>()
  const isReached = Promise.withResolvers<void>()
  clock.move(1000)
  await accept(15)
  holdRunners(async () => {
    isReached.resolve()
    await released.promise
  })
  const first = runs.list()
  await isReached.promise
  await accept(1)
  clock.move(10)
  const second = runs.read(ISSUE)
  setImmediate(() => released.resolve())
  await Promise.all([first, second])
  const accepted = await readAccepted()
  expect(accepted?.slice(-2)).toEqual([15, 16])
  expect(accepted).toEqual(accepted?.toSorted((a, b) => a - b))
})

test('what was written before the first look and committed after it counts once', async () => {
  const { runs, clock, accept, readAccepted } = await makeWatched()
  for (let count = 0; count < 5; count++) {
    clock.move(1000)
    await accept(1)
  }
  clock.move(1000)
  const late = clock.now()
  clock.move(5)
  await runs.list()
  await accept(1, late)
  clock.move(1000)
  await accept(1)
  const accepted = await readAccepted()
  expect(accepted).toEqual(accepted?.toSorted((a, b) => a - b))
  expect(accepted?.at(-1)).toBe(7)
})
