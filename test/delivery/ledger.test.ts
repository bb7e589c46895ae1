import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  addAudience,
  type Approval,
  assertSegment,
  findRun,
  freeze,
  holdRun,
  letGo,
  readContent,
  readStory,
  resendUnknown,
} from '../../src/delivery/index.ts'
import { openQueue } from '../../src/delivery/queue.ts'
import {
  accept,
  addCounts,
  type Claim,
  defer,
  fail,
  hand,
  markUnknown,
  skip,
  takeBack,
  type Transition,
  writeTransitions,
} from '../../src/delivery/transitions.ts'
import type { Attempt } from '../../src/transport/index.ts'
import { makeFolder, write } from '../helpers/folder.ts'
import { addReaders, EVERYBODY, makeApproval, makeClock, makeRendered, makeRun, openStore, readStates } from './make.ts'

const [pending, handed, accepted, deferred, failed, unknown, skipped] = [0, 1, 2, 3, 4, 5, 6]
const later = new Date('2026-08-21T06:05:00Z')
const now = new Date('2026-08-21T06:00:00Z')
const reply = (kind: Attempt['kind'], code: number): Attempt => ({ kind, code, text: `${code} so it is` })
const claimOf = (readerKey: number): Claim => ({ readerKey, state: 'pending', attempts: 0 })

describe('freezing', () => {
  test('writes run, content and audience at once, and counts them', async () => {
    const db = await openStore()
    const run = await makeRun(db, 3)
    expect(run).toMatchObject({ issueId: '2026-w34', state: 'open', total: 3, counts: { pending: 3, accepted: 0 } })
    expect(await readStates(db, run.key)).toEqual([pending, pending, pending])
  })

  test('keeps the images, whatever becomes of the files', async () => {
    const db = await openStore()
    const root = makeFolder()
    const path = write(root, 'a.png', Buffer.from([1, 2, 3]))
    const image = { src: 'cid:a', cid: 'a', path, filename: 'a.png', contentType: 'image/png' }
    const approval = makeApproval({}, makeRendered({ images: [image] }))
    write(root, 'a.png', Buffer.from([9]))
    const run = await db.transaction(async (tx) => await freeze(tx, approval, EVERYBODY))
    rmSync(join(root, 'a.png'))
    const content = await readContent(db, run.key)
    expect([...content.readImage(path)]).toEqual([1, 2, 3])
    expect(content.rendered).toEqual(approval.content.rendered)
    expect(content.sender).toEqual(approval.content.sender)
  })

  test('happens once per issue: the second one finds the first, and is told with it', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    await addReaders2(db)
    const again = makeApproval({ approvedBy: 'typed' })
    expect(await db.transaction(async (tx) => await freeze(tx, again, EVERYBODY))).toEqual(run)
    expect(await readStates(db, run.key)).toHaveLength(2)
    const story = await readStory(db, run.key)
    expect(story.map(({ what, how }) => [what, how])).toEqual([
      ['approved', 'flag'],
      ['approved', 'typed'],
    ])
  })

  test.for<readonly [what: string, more: Partial<Approval>, hash?: string]>([
    ['content', {}, 'b'.repeat(64)],
    ['readers', { segment: 'tag:x' }],
    ['server', { transport: 'inbox' }],
    ['time', { startsAt: new Date('2026-08-22T06:00:00Z') }],
  ])('refuses a second one with another %s, and nothing of it stays', async ([, more, hash]) => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    const other = makeApproval(more, makeRendered(hash ? { hash } : {}))
    const freezing = db.transaction(async (tx) => await freeze(tx, other, EVERYBODY))
    await expect(freezing).rejects.toMatchObject({ code: 'delivery/approved-meanwhile', kind: 'usage' })
    expect(await findRun(db, run.issueId)).toEqual(run)
    expect(await readStory(db, run.key)).toHaveLength(1)
  })

  test('refuses the same content under another id, unless forced', async () => {
    const db = await openStore()
    await makeRun(db, 1)
    const twin = makeApproval({ issueId: 'other' })
    const again = async (forced: readonly string[]) =>
      await db.transaction(async (tx) => await freeze(tx, { ...twin, forced }, EVERYBODY))
    await expect(again([])).rejects.toMatchObject({ code: 'delivery/same-content', kind: 'usage' })
    expect(await findRun(db, 'other')).toBeUndefined()
    expect(await again(['same-content'])).toMatchObject({ issueId: 'other', forced: ['same-content'] })
  })

  test('leaves nothing when it fails half-way', async () => {
    const db = await openStore()
    await addReaders(db, 2)
    const broken = { sql: 'SELECT key FROM nothing', values: [] }
    await expect(db.transaction(async (tx) => await freeze(tx, makeApproval(), broken))).rejects.toThrow()
    expect(await findRun(db, '2026-w34')).toBeUndefined()
  })

  test('takes new readers when asked, once', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    await addReaders2(db)
    expect(await db.transaction(async (tx) => await addAudience(tx, run.key, EVERYBODY))).toBe(1)
    expect(await db.transaction(async (tx) => await addAudience(tx, run.key, EVERYBODY))).toBe(0)
    expect(await findRun(db, run.issueId)).toMatchObject({ total: 3, counts: { pending: 3 } })
  })

  test('stands for one segment', async () => {
    const run = await makeRun(await openStore(), 1, { segment: 'tag:weekly' })
    expect(() => assertSegment(run, undefined)).not.toThrow()
    expect(() => assertSegment(run, 'tag:weekly')).not.toThrow()
    expect(() => assertSegment(run, '')).toThrow('tag:weekly')
  })
})

async function addReaders2(db: Parameters<typeof addReaders>[0]): Promise<void> {
  await db.run(
    `INSERT INTO subscribers (id, email, email_key, status, tags, fields, joined_at, created_at, updated_at)
      VALUES ('new', 'new@example.com', 'new@example.com', 'active', '', '{}', 0, 0, 0)`,
  )
}

describe('a transition', () => {
  const paths: readonly (readonly [string, readonly ((claim: Claim) => Transition)[], number, number])[] = [
    ['accepted', [(c) => hand(c, now), (c) => accept(c, reply('accepted', 250))], accepted, 1],
    ['refused at the recipient', [(c) => fail(c, 'claimed', reply('permanent', 550), now)], failed, 1],
    ['refused after the dot', [(c) => hand(c, now), (c) => fail(c, 'handed', reply('permanent', 554), now)], failed, 1],
    [
      'deferred at the recipient',
      [(c) => defer(c, 'claimed', reply('transient', 451), { firstAt: now, nextAt: later })],
      deferred,
      1,
    ],
    [
      'deferred after the dot, then accepted',
      [
        (c) => hand(c, now),
        (c) => defer(c, 'handed', reply('transient', 451), { firstAt: now, nextAt: later }),
        (c) => hand({ ...c, state: 'deferred', attempts: 1, firstAt: now }, now),
        (c) => accept(c, reply('accepted', 250)),
      ],
      accepted,
      2,
    ],
    ['lost after the dot', [(c) => hand(c, now), (c) => markUnknown(c, { kind: 'unknown', text: '' })], unknown, 1],
    ['lost before the dot', [(c) => hand(c, now), (c) => takeBack(c)], pending, 0],
    ['unsubscribed meanwhile', [(c) => skip(c, 'unsubscribed')], skipped, 0],
  ]

  test.for(paths)('%s: ends where it should, with its counters', async ([, steps, state, attempts]) => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    for (const step of steps) {
      await db.transaction(async (tx) => {
        await addCounts(tx, run.key, await writeTransitions(tx, run.key, [step(claimOf(1))], now), 5)
      })
    }
    expect(await readStates(db, run.key)).toEqual([state, pending])
    const row = await db.get('SELECT attempts, first_at, next_at FROM deliveries WHERE reader_key = 1')
    expect(row).toMatchObject({ attempts, next_at: state === deferred ? later.getTime() : null })
    await expectTrueCounters(db, run.issueId)
  })

  test.for(paths)('%s: a crash after any step loses nobody and mails nobody twice', async ([, steps]) => {
    for (let crash = 0; crash <= steps.length; crash++) {
      const db = await openStore()
      const clock = makeClock(now)
      const run = await makeRun(db, 2)
      for (const step of steps.slice(0, crash)) {
        await db.transaction(async (tx) => {
          await addCounts(tx, run.key, await writeTransitions(tx, run.key, [step(claimOf(1))], now), 5)
        })
      }
      const before = (await readStates(db, run.key))[0]
      const held = await holdRun(db, clock, run.issueId)
      expect(held.recovered).toBe(before === handed ? 1 : 0)
      expect((await readStates(db, run.key))[0]).toBe(before === handed ? unknown : before)
      await expectTrueCounters(db, run.issueId)
      clock.move(3_600_000)
      const queue = openQueue(db, run.key, clock)
      const keys = [(await queue.take())?.readerKey, (await queue.take())?.readerKey].filter((key) => key !== undefined)
      expect(keys).toEqual(before === pending || before === deferred ? [1, 2] : [2])
    }
  })

  test('that takes a try back takes its time back with it, and leaves that of those before', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    const due: Claim = { readerKey: 2, state: 'deferred', attempts: 1, firstAt: now }
    const at = { firstAt: now, nextAt: later }
    const back = [takeBack({ ...claimOf(1), firstAt: later }), takeBack({ ...due, firstAt: now })]
    await db.transaction(async (tx) => {
      await writeTransitions(tx, run.key, [defer(claimOf(2), 'claimed', reply('transient', 451), at)], now)
      await writeTransitions(tx, run.key, [hand(claimOf(1), later), hand(due, now)], later)
      await writeTransitions(tx, run.key, back, later)
    })
    const rows = await db.all('SELECT attempts, first_at FROM deliveries ORDER BY reader_key')
    expect(rows).toEqual([
      { attempts: 0, first_at: null },
      { attempts: 1, first_at: now.getTime() },
    ])
    expect(back.map(({ claim: { firstAt } }) => firstAt)).toEqual([undefined, now])
  })

  test('from a state that the row is not in is refused, and its whole group with it', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    const group = [hand(claimOf(1), now), accept(claimOf(2), reply('accepted', 250))]
    await expect(db.transaction(async (tx) => await writeTransitions(tx, run.key, group, now))).rejects.toThrow(
      'another state',
    )
    expect(await readStates(db, run.key)).toEqual([pending, pending])
  })

  test('keeps the reply of everything but plain acceptance', async () => {
    const db = await openStore()
    const run = await makeRun(db, 2)
    const attempt: Attempt = { kind: 'permanent', code: 550, enhancedCode: '5.1.1', text: '550 5.1.1 nobody' }
    await db.transaction(async (tx) => {
      await writeTransitions(tx, run.key, [hand(claimOf(1), now), fail(claimOf(2), 'claimed', attempt, now)], now)
      await writeTransitions(tx, run.key, [accept(claimOf(1), reply('accepted', 250))], now)
    })
    expect(await db.all('SELECT reader_key, number, kind, code, enhanced_code, reply FROM attempts')).toEqual([
      { reader_key: 2, number: 1, kind: 'permanent', code: 550, enhanced_code: '5.1.1', reply: '550 5.1.1 nobody' },
    ])
  })

  test('unknown ones are sent again only by the author’s word', async () => {
    const db = await openStore()
    const run = await makeRun(db, 1)
    await db.transaction(async (tx) => {
      await writeTransitions(tx, run.key, [hand(claimOf(1), now)], now)
      await addCounts(tx, run.key, { pending: -1, handed: 1 }, 0)
    })
    const clock = makeClock(now)
    const held = await holdRun(db, clock, run.issueId)
    const queue = openQueue(db, run.key, clock)
    expect(await queue.take()).toBeUndefined()
    expect(await letGo(db, clock, held)).toMatchObject({ state: 'finished', counts: { unknown: 1 } })
    expect(await db.transaction(async (tx) => await resendUnknown(tx, run.key, { at: now, how: 'flag' }))).toBe(1)
    expect(await findRun(db, run.issueId)).toMatchObject({ state: 'open', counts: { pending: 1, unknown: 0 } })
    const claim = await openQueue(db, run.key, clock).take()
    expect(claim).toMatchObject({ readerKey: 1, attempts: 1 })
    // It is given up only `retry.giveUpMs` after the word.
    expect(claim?.firstAt).toBeUndefined()
  })
})

async function expectTrueCounters(db: Parameters<typeof readStates>[0], issueId: string): Promise<void> {
  const run = await findRun(db, issueId)
  const states = await readStates(db, run?.key ?? 0)
  const count = (state: number) => states.filter((one) => one === state).length
  expect(run?.counts).toEqual({
    pending: count(pending),
    handed: count(handed),
    accepted: count(accepted),
    deferred: count(deferred),
    failed: count(failed),
    unknown: count(unknown),
    skipped: count(skipped),
  })
}
