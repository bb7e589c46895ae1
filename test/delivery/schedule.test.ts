import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  beginRun,
  cancelRun,
  endCancelled,
  findRun,
  formatLocal,
  holdRun,
  isStale,
  letGo,
  listDueRuns,
  listStaleRuns,
  moveStart,
  parseStart,
  pauseRun,
  readStory,
  resumeRun,
} from '../../src/delivery/index.ts'
import { addReaders, EVERYBODY, makeApproval, makeClock, makeRun, openStore } from './make.ts'
import { freeze } from '../../src/delivery/index.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-08-21T06:00:00Z')
const command = { at: now, how: 'command' } as const

let zone: string | undefined
beforeEach(() => {
  zone = process.env['TZ']
  process.env['TZ'] = 'Europe/Berlin'
})
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe('a time', () => {
  const GOOD: readonly (readonly [text: string, iso: string])[] = [
    ['2026-11-27 08:00', '2026-11-27T07:00:00.000Z'],
    ['2026-11-27T08:00:30', '2026-11-27T07:00:30.000Z'],
    ['2026-11-27T08:00+05:30', '2026-11-27T02:30:00.000Z'],
    ['2026-11-27T08:00Z', '2026-11-27T08:00:00.000Z'],
    ['2026-11-27 08:00 -0800', '2026-11-27T16:00:00.000Z'],
    // It is 08:00 here.
    ['08:01', '2026-08-21T06:01:00.000Z'],
    ['08:00', '2026-08-22T06:00:00.000Z'],
    ['7:30', '2026-08-22T05:30:00.000Z'],
    ['now', '2026-08-21T06:00:00.000Z'],
    // Summer time ends that night: the day has 25 hours.
    ['2026-10-26 08:00', '2026-10-26T07:00:00.000Z'],
  ]
  test.for(GOOD)('%s is %s', ([text, iso]) => {
    expect(parseStart(text, now)).toEqual({ startsAt: new Date(iso) })
  })

  test.for([
    ['tomorrow', 'no date and time'],
    ['', 'no date and time'],
    ['2026-11-27', 'no date and time'],
    ['2026-02-30 08:00', 'no such date'],
    ['2026-13-01 08:00', 'no such date'],
    ['2026-11-27 24:00', 'no such date'],
    ['25:00', 'no such time'],
    ['2026-08-20 08:00', 'in the past'],
    ['2028-08-20 08:00', 'more than a year'],
    ['2027-03-28 02:30', 'does not exist here'],
  ] as const)('%s is refused: %s', ([text, words]) => {
    expect(parseStart(text, now)).toEqual({ problem: expect.stringContaining(words) as string })
  })

  test('that comes twice is the first of the two, and that is said', () => {
    expect(parseStart('2026-10-25 02:30', now)).toEqual({
      startsAt: new Date('2026-10-25T00:30:00Z'),
      remark: expect.stringContaining('first') as string,
    })
  })

  test('of every day is found also when the clocks leave it out tonight', () => {
    const evening = new Date('2027-03-27T20:00:00Z')
    expect(parseStart('02:30', evening)).toEqual({ startsAt: new Date('2027-03-29T00:30:00Z') })
  })

  test('is told with its day and offset', () => {
    expect(formatLocal(new Date('2026-11-27T07:00:00Z'))).toBe('Fri 2026-11-27 08:00 +01:00')
  })
})

describe('a scheduled run', () => {
  const startsAt = new Date(now.getTime() + HOUR_MS)

  async function schedule() {
    const db = await openStore()
    const clock = makeClock(now)
    const run = await makeRun(db, 3, { startsAt })
    const begin = async () =>
      await holdRun(db, clock, run.issueId, {
        prepare: async (tx, found) => await beginRun(tx, found, { at: clock.now(), how: 'serve' }),
      })
    return { db, clock, run, begin }
  }

  test('is sent by nobody before its time, and by one when it has come', async () => {
    const { db, clock, run, begin } = await schedule()
    expect(run).toMatchObject({ state: 'open', startsAt })
    await expect(holdRun(db, clock, run.issueId)).rejects.toMatchObject({ code: 'delivery/scheduled' })
    await expect(begin()).rejects.toMatchObject({ code: 'delivery/scheduled' })
    expect(await listDueRuns(db, clock.now())).toEqual([])
    clock.move(HOUR_MS)
    expect(await listDueRuns(db, clock.now())).toEqual([run.issueId])
    const held = await begin()
    expect(held.run).toMatchObject({ startedAt: startsAt })
    expect(held.run.startsAt).toBeUndefined()
    await expect(begin()).rejects.toMatchObject({ code: 'delivery/lock-held' })
    expect((await readStory(db, run.key)).map(({ what }) => what)).toEqual(['approved', 'scheduled', 'started'])
  })

  test('can be moved, and then keeps the new time', async () => {
    const { db, clock, run } = await schedule()
    const later = new Date(startsAt.getTime() + HOUR_MS)
    expect(await db.transaction(async (tx) => await moveStart(tx, run.key, later, command))).toBe(true)
    clock.move(HOUR_MS)
    expect(await listDueRuns(db, clock.now())).toEqual([])
    clock.move(HOUR_MS)
    expect(await listDueRuns(db, clock.now())).toEqual([run.issueId])
  })

  test('that has begun cannot be moved', async () => {
    const { db, clock, run, begin } = await schedule()
    clock.move(HOUR_MS)
    await letGo(db, clock, await begin())
    const later = new Date(startsAt.getTime() + 2 * HOUR_MS)
    expect(await db.transaction(async (tx) => await moveStart(tx, run.key, later, command))).toBe(false)
    expect((await findRun(db, run.issueId))?.startsAt).toBeUndefined()
  })

  test('more than a day late is not due any more', async () => {
    const { db, clock, run } = await schedule()
    clock.move(25 * HOUR_MS)
    expect(isStale(run, clock.now())).toBe(false)
    expect(await listDueRuns(db, clock.now())).toEqual([run.issueId])
    clock.move(1)
    expect(isStale(run, clock.now())).toBe(true)
    expect(await listDueRuns(db, clock.now())).toEqual([])
    expect(await listStaleRuns(db, clock.now())).toEqual([run.issueId])
  })

  test('that is paused does not start; resumed it does; cancelled it never does', async () => {
    const { db, clock, run } = await schedule()
    clock.move(HOUR_MS)
    await db.transaction(async (tx) => await pauseRun(tx, run.key, command))
    expect(await listDueRuns(db, clock.now())).toEqual([])
    await db.transaction(async (tx) => await resumeRun(tx, run.key, command))
    expect(await listDueRuns(db, clock.now())).toEqual([run.issueId])
    await db.transaction(async (tx) => await cancelRun(tx, run.key, command))
    expect(await listDueRuns(db, clock.now())).toEqual([])
    expect(await endCancelled(db, clock, run.issueId)).toBe(3)
  })
})

describe('serve takes up', () => {
  async function makeDue(pending: number, deferred: number, byServe: boolean) {
    const db = await openStore()
    await addReaders(db, pending + deferred)
    const run = await db.transaction(async (tx) => await freeze(tx, makeApproval(), EVERYBODY))
    await db.run('UPDATE deliveries SET state = 3, next_at = ? WHERE reader_key > ?', [now, pending])
    await db.run('UPDATE runs SET deferred = ?, by_serve = ?', [deferred, byServe])
    return { db, run }
  }

  test.for([
    ['deferred readers that are due, when nobody else is left', 0, 2, false, 0, true],
    ['nothing before they are due', 0, 2, false, -1, false],
    ['nothing of a send that the author stopped with readers pending', 2, 2, false, 0, false],
    ['what it began itself, after a restart', 2, 0, true, 0, true],
  ] as const)('%s', async ([, pending, deferred, byServe, aheadMs, isDue]) => {
    const { db, run } = await makeDue(pending, deferred, byServe)
    expect(await listDueRuns(db, new Date(now.getTime() + aheadMs))).toEqual(isDue ? [run.issueId] : [])
  })
})
