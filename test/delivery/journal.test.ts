import { expect, test } from 'vitest'
import { holdRun } from '../../src/delivery/index.ts'
import { type Journal, openJournal } from '../../src/delivery/journal.ts'
import { accept, type Claim, hand } from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'
import { makeClock, makeRun, openStore, readStates } from './make.ts'

const [pending, handed, accepted] = [0, 1, 2]
const now = new Date('2026-08-21T06:00:00Z')
const ok: Attempt = { kind: 'accepted', code: 250, text: '250 Ok' }
const claimOf = (readerKey: number): Claim => ({ readerKey, state: 'pending', attempts: 0 })

async function open(readers: number) {
  const db = await openStore()
  const clock = makeClock(now)
  const run = await makeRun(db, readers)
  const { token } = await holdRun(db, clock, run.issueId)
  let commits = 0
  const journal: Journal = openJournal({
    db,
    clock,
    runKey: run.key,
    token,
    counts: run.counts,
    also: async () => await Promise.resolve(),
    onState: () => undefined,
    onCommit: () => commits++,
    onFailure: (error) => {
      throw error
    },
  })
  return { journal, commits: () => commits, states: async () => await readStates(db, run.key) }
}

test('results that nothing else follows reach the disk by themselves, one after the other', async () => {
  const { journal, states } = await open(2)
  await Promise.all([journal.write(hand(claimOf(1), now)), journal.write(hand(claimOf(2), now))])
  await journal.write(accept(claimOf(1), ok))
  expect(await states()).toEqual([accepted, handed])
  await journal.write(accept(claimOf(2), ok))
  expect(await states()).toEqual([accepted, accepted])
})

test('a result goes into the commit of the next dot', async () => {
  const { journal, commits, states } = await open(2)
  await journal.write(hand(claimOf(1), now))
  const before = commits()
  void journal.write(accept(claimOf(1), ok))
  await journal.write(hand(claimOf(2), now))
  expect(commits() - before).toBe(1)
  expect(await states()).toEqual([accepted, handed])
})

test('flushing writes what waits, and with nothing to write it keeps nobody from writing', async () => {
  const { journal, states } = await open(1)
  await journal.flush()
  expect(journal.isWriting()).toBe(false)
  const written = journal.write(hand(claimOf(1), now))
  await journal.flush()
  expect(await states()).toEqual([handed])
  await written
  void journal.write(accept(claimOf(1), ok))
  expect(await states()).not.toEqual([pending])
  await journal.flush()
  expect(await states()).toEqual([accepted])
  expect(journal.lost()).toEqual([])
})
