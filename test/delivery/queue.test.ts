import { expect, test } from 'vitest'
import { openQueue, type Queue } from '../../src/delivery/queue.ts'
import { makeClock, makeRun, openStore } from './make.ts'

const clock = makeClock()

/** A run whose readers are at Gmail, but for those with the keys given. */
async function open(readers: number, others: readonly number[] = []) {
  const db = await openStore()
  const run = await makeRun(db, readers)
  const closed = new Set<string>()
  const asked: number[] = []
  const groups = {
    find: async (keys: readonly number[]) => {
      asked.push(...keys)
      return await Promise.resolve(new Map(keys.filter((key) => !others.includes(key)).map((key) => [key, 'gmail'])))
    },
    isOpen: (group: string) => !closed.has(group),
  }
  return { db, run, closed, asked, queue: openQueue(db, run.key, clock, groups) }
}

async function takeAll(queue: Queue, most = Infinity): Promise<number[]> {
  const keys: number[] = []
  while (keys.length < most) {
    const claim = await queue.take()
    if (!claim) break
    keys.push(claim.readerKey)
  }
  return keys
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('a closed group holds nobody else up, however many of it come first', async () => {
  const { queue, closed } = await open(12_000, [11_990, 12_000])
  closed.add('gmail')
  expect(await takeAll(queue)).toEqual([11_990, 12_000])
  expect([...queue.waiting()]).toEqual(['gmail'])
  expect(queue.taken()).toBe(2)
})

test('what was passed over comes once each, in its order, when its group opens', async () => {
  const { queue, closed, asked } = await open(7000, [3, 6999])
  closed.add('gmail')
  expect(await takeAll(queue)).toEqual([3, 6999])
  closed.clear()
  const expected = range(1, 7000).filter((key) => key !== 3 && key !== 6999)
  expect(await takeAll(queue)).toEqual(expected)
  expect([...queue.waiting()]).toEqual([])
  // The ledger is gone through twice, not once for each batch.
  expect(asked.length).toBeLessThanOrEqual(2 * 7000)
})

test('a group that opens and closes again and again loses nobody', async () => {
  const { queue, closed } = await open(5000, range(2001, 2100))
  const keys: number[] = []
  for (let round = 0; keys.length < 5000 && round < 100; round++) {
    closed.clear()
    const some = await takeAll(queue, 130)
    closed.add('gmail')
    keys.push(...some, ...(await takeAll(queue)))
    const last = keys.at(-1) ?? 0
    // Some could not go after all.
    if (round % 7 === 0) {
      queue.giveBack({ readerKey: last, state: 'pending', attempts: 0, group: 'gmail' })
      keys.pop()
    }
  }
  expect(keys.sort((a, b) => a - b)).toEqual(range(1, 5000))
  expect(queue.taken()).toBe(5000)
})

test('those that were put back come last, also past a closed group', async () => {
  const { db, run, queue, closed } = await open(3000, [1, 2, 2999])
  await db.run("UPDATE deliveries SET note = 'refused' WHERE run_key = ? AND (reader_key <= 2 OR reader_key > 2000)", [
    run.key,
  ])
  closed.add('gmail')
  expect(await takeAll(queue)).toEqual([1, 2, 2999])
  closed.clear()
  expect(await takeAll(queue)).toEqual([...range(3, 2998), 3000])
})

test('deferred ones of a group come before the others once it is open', async () => {
  const { db, run, queue, closed } = await open(4000, [5])
  await db.run('UPDATE deliveries SET state = 3, next_at = 5000 - reader_key WHERE run_key = ? AND reader_key > 2500', [
    run.key,
  ])
  closed.add('gmail')
  expect(await takeAll(queue)).toEqual([5])
  closed.clear()
  const keys = await takeAll(queue)
  expect(keys.slice(0, 1500).sort((a, b) => a - b)).toEqual(range(2501, 4000))
  expect(keys.slice(1500)).toEqual(range(1, 2500).filter((key) => key !== 5))
})
