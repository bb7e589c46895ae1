import { describe, expect, test } from 'vitest'
import { readUsed } from '../../src/delivery/limits/estimate.ts'
import { resolveLimits } from '../../src/delivery/limits/limits.ts'
import { LimitsSection } from '../../src/delivery/options.ts'
import { drop, startScript } from '../helpers/smtp-script.ts'
import { openTransport, sendAgain, type Sent, sendTo } from './loop.ts'
import { limitOf } from './limits-make.ts'
import { compose, makeReader } from './make.ts'

const [pending, accepted] = [0, 2]

/** Readers of whom the first ones are at Gmail. */
function readersWith(gmail: number) {
  return {
    find: async (key: number) => await Promise.resolve(makeReader(key)),
    findDomains: async (keys: readonly number[]) =>
      await Promise.resolve(new Map(keys.map((key) => [key, key <= gmail ? 'gmail.com' : 'example.com']))),
    suppress: async () => await Promise.resolve(),
  }
}

describe('a limited group', () => {
  test('does not hold up the others', async () => {
    const server = await startScript({})
    const controller = new AbortController()
    const { result, states } = await sendTo(server.port, 40, {
      // The second one at Gmail would be later than any test.
      limits: limitOf({}, { gmail: { perSecond: 0.01 } }),
      readers: readersWith(5),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'progress' && event.counts.accepted === 36) controller.abort()
      },
    })
    expect(result.end).toEqual({ kind: 'interrupted' })
    expect(states.slice(5)).toEqual(Array.from({ length: 35 }, () => accepted))
    expect(states.slice(0, 5).filter((state) => state === pending)).toHaveLength(4)
  })

  test('gets its own, at its own pace', async () => {
    const server = await startScript({})
    const limits = limitOf({}, { gmail: { perSecond: 10 } })
    const { result, states, tookMs } = await sendTo(server.port, 40, { limits, readers: readersWith(5) })
    expect(result.end).toEqual({ kind: 'done' })
    expect(new Set(states)).toEqual(new Set([accepted]))
    expect(server.messages).toHaveLength(40)
    // Four spaces of 100 ms.
    expect(tookMs).toBeGreaterThanOrEqual(395)
  })

  test('that fills more than a batch lets the others pass', async () => {
    const server = await startScript({ extensions: ['PIPELINING'] })
    const limits = limitOf({}, { gmail: { perDay: 2 } })
    const { result, states } = await sendTo(server.port, 1110, { limits, readers: readersWith(1100) })
    expect(states.slice(1100)).toEqual(Array.from({ length: 10 }, () => accepted))
    expect(states.filter((state) => state === pending)).toHaveLength(1098)
    expect(result.end).toMatchObject({ kind: 'limited', limit: 'perDay', most: 2, group: 'gmail' })
  })

  test('that is used up while several wait for it lets the others pass', async () => {
    const server = await startScript({ extensions: ['PIPELINING'] })
    const { result, states } = await sendTo(server.port, 60, {
      limits: limitOf({}, { gmail: { perDay: 3, perSecond: 50 }, 'example.com': { perSecond: 100 } }),
      readers: readersWith(20),
      transport: openTransport(server.port, 8),
    })
    expect(result.end).toMatchObject({ kind: 'limited', limit: 'perDay', most: 3, group: 'gmail' })
    expect(states.filter((state) => state === accepted)).toHaveLength(43)
    expect(states.slice(20)).toEqual(Array.from({ length: 40 }, () => accepted))
  })

  test('whose day is used up ends the run once the others are served; the next send keeps to it', async () => {
    const server = await startScript({})
    const options = { limits: limitOf({ perSecond: 500 }, { gmail: { perDay: 3 } }), readers: readersWith(10) }
    const { db, run, result, states, events } = await sendTo(server.port, 20, options)
    expect(result.end).toMatchObject({ kind: 'limited', limit: 'perDay', most: 3, group: 'gmail' })
    expect(states.filter((state) => state === accepted)).toHaveLength(13)
    expect(run.state).toBe('open')
    expect(events.find(({ kind }) => kind === 'limited')).toMatchObject({ group: 'gmail' })
    const again = await sendAgain(server.port, db, run.issueId, options)
    expect(again.result.end.kind).toBe('limited')
    expect(server.messages).toHaveLength(13)
    const free = await sendAgain(server.port, db, run.issueId, { readers: readersWith(10) })
    expect(free.run.state).toBe('finished')
  })
})

describe('a limit of everything', () => {
  test('that is used up for longer than the wait ends the run, and says when to go on', async () => {
    const server = await startScript({})
    const before = Date.now()
    const options = { limits: limitOf({ perHour: 4 }) }
    const { db, run, result, states } = await sendTo(server.port, 10, options)
    expect(states.filter((state) => state === accepted)).toHaveLength(4)
    expect(states.filter((state) => state === pending)).toHaveLength(6)
    const { end } = result
    if (end.kind !== 'limited') throw new Error(`ended: ${end.kind}`)
    expect(end).toMatchObject({ limit: 'perHour', most: 4 })
    expect(end.until.getTime()).toBeGreaterThan(before + 3_600_000)
    expect(end.until.getTime()).toBeLessThan(before + 3_700_000)
    await sendAgain(server.port, db, run.issueId, options)
    expect(server.messages).toHaveLength(4)
  })

  test('counts what went out before it was set', async () => {
    const server = await startScript({})
    const { db, run } = await sendTo(server.port, 10, { limits: limitOf({ perHour: 4 }) })
    await db.run('DELETE FROM limit_uses')
    const { result } = await sendAgain(server.port, db, run.issueId, { limits: limitOf({ perHour: 6, perDay: 8 }) })
    expect(result.end).toMatchObject({ kind: 'limited', limit: 'perHour' })
    expect(server.messages).toHaveLength(6)
  })

  test('holds over all connections', async () => {
    const server = await startScript({})
    const { tookMs } = await sendTo(server.port, 11, { limits: limitOf({ perSecond: 20 }) })
    // Ten spaces of 50 ms: slower machines take longer, none less.
    expect(tookMs).toBeGreaterThanOrEqual(495)
    expect(server.messages).toHaveLength(11)
  })
})

describe('what is used of a limit', () => {
  const limits = limitOf({ perHour: 1000, perDay: 2000 })
  const readUsedUp = async ({ db }: Sent) => (await readUsed(db, limits, new Date())).map(({ used }) => used)

  test('is what went out, without the leave that was in hand', async () => {
    const server = await startScript({})
    expect(await readUsedUp(await sendTo(server.port, 10, { limits }))).toEqual([10, 10])
  })

  test('is not who was skipped, and no message that could not be made', async () => {
    const server = await startScript({})
    const sent = await sendTo(server.port, 20, {
      limits,
      readers: {
        find: async (key) => await Promise.resolve(key <= 8 ? 'unsubscribed' : makeReader(key)),
        suppress: async () => await Promise.resolve(),
      },
      compose: async (reader, date) => (reader.id === 'r9' ? undefined : await compose(reader, date)),
    })
    expect(sent.run.counts).toMatchObject({ skipped: 8, failed: 1, accepted: 11 })
    expect(await readUsedUp(sent)).toEqual([11, 11])
  })

  test('is no try that met no server, and each that was refused', async () => {
    const rcpt = ['450 4.2.1 later', '550 5.1.1 nobody', '250 ok']
    const server = await startScript({ greeting: [drop, drop, '220 script'], rcpt })
    const sent = await sendTo(server.port, 5, { limits, transport: openTransport(server.port, 1) })
    expect(sent.run.counts).toMatchObject({ deferred: 1, failed: 1, accepted: 3 })
    expect(await readUsedUp(sent)).toEqual([5, 5])
  })

  test('opens again for those behind the ones that were skipped', async () => {
    const server = await startScript({})
    const { result, run } = await sendTo(server.port, 40, {
      limits: limitOf({ perDay: 10 }),
      readers: {
        find: async (key) => await Promise.resolve(key <= 30 ? 'unsubscribed' : makeReader(key)),
        suppress: async () => await Promise.resolve(),
      },
    })
    expect(result.end).toEqual({ kind: 'done' })
    expect(run.counts).toMatchObject({ skipped: 30, accepted: 10 })
  })
})

describe('the configuration', () => {
  test('is 10 a second when it says nothing', () => {
    expect(resolveLimits(LimitsSection.parse({}))).toMatchObject({ perSecond: 10, perDay: 'unlimited' })
  })

  test('takes a preset, and its own numbers over it', () => {
    expect(resolveLimits(LimitsSection.parse({ preset: 'ses-sandbox' }))).toMatchObject({ perSecond: 1, perDay: 200 })
    const own = resolveLimits(LimitsSection.parse({ preset: 'ses-sandbox', perSecond: 14, perDay: 'unlimited' }))
    expect(own).toMatchObject({ perSecond: 14, perDay: 'unlimited' })
  })

  test.for([
    { perSecond: 0 },
    { perSecond: NaN },
    { perDay: -1 },
    { perDay: 1.5 },
    { perHour: '100' },
    { preset: 'nobody' },
    { domains: { gmial: { perDay: 1 } } },
    { domains: { 'Gmail.com': { perDay: 1 } } },
    { domains: { gmail: { perday: 1 } } },
    { perMinutes: 1 },
  ])('refuses %j', (section) => {
    expect(LimitsSection.safeParse(section).success).toBe(false)
  })
})
