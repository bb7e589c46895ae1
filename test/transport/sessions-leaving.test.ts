import { describe, expect, test } from 'vitest'
import { Sessions } from '../../src/transport/smtp/sessions.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { connect, sendMany } from './make.ts'
import { type Fake, openByHand } from './sessions-by-hand.ts'

describe('connections that leave', () => {
  const wait = async () => await new Promise((resolve) => setImmediate(resolve))
  const takeAll = async (hand: ReturnType<typeof openByHand>, sessions: Sessions, count: number) => {
    const asked = Array.from({ length: count }, async () => await sessions.acquire())
    while (hand.connecting.length > 0) {
      hand.open(hand.connecting.length)
      await wait()
    }
    return (await Promise.all(asked)) as Fake[]
  }

  test('count until their good-bye is over: there are never more than configured', async () => {
    const hand = openByHand(2, 100)
    const sessions = new Sessions(hand.options)
    const held = await takeAll(hand, sessions, 2)
    const next = Array.from({ length: 2 }, async () => await sessions.acquire())
    for (const session of held) sessions.release(session, false)
    expect(hand.connecting).toHaveLength(0)
    held[0]?.leave()
    await wait()
    expect(hand.connecting).toHaveLength(1)
    held[1]?.leave()
    await wait()
    hand.open(1)
    await wait()
    hand.open(1)
    expect((await Promise.all(next)).every((outcome) => !('kind' in outcome))).toBe(true)
  })

  test.for([1, 3])(
    'and are still counted by the server: it is asked once more, not believed (%d)',
    async (connections) => {
      const hand = openByHand(connections, 100)
      const sessions = new Sessions(hand.options)
      const held = await takeAll(hand, sessions, connections)
      const next = sessions.acquire()
      for (const session of held) sessions.release(session, false)
      for (const session of held) session.leave()
      await wait()
      hand.refuse('421 4.7.0 too many connections')
      await wait()
      expect(hand.connecting).toHaveLength(0)
      hand.pass(1000)
      expect(hand.connecting).toHaveLength(1)
      hand.open(1)
      expect(await next).toHaveProperty('send')
    },
  )

  test('do not hide a limit that stays: after a few times it is believed', async () => {
    const hand = openByHand(1, 100)
    const sessions = new Sessions(hand.options)
    const [held] = (await takeAll(hand, sessions, 1)) as [Fake]
    const next = sessions.acquire()
    sessions.release(held, false)
    held.leave()
    await wait()
    let asked = 0
    for (; hand.connecting.length > 0; asked++) {
      hand.refuse('421 4.7.0 too many connections')
      await wait()
      hand.pass(300)
    }
    expect(await next).toMatchObject({ kind: 'server', fault: 'throttled' })
    expect(asked).toBeGreaterThan(1)
    expect(asked).toBeLessThan(6)
    expect(hand.timers()).toBe(0)
  })

  test('do so one after the other, and none after more messages than configured', async () => {
    const server = await startScript({})
    const transport = connect(server.port, { connections: 4, messagesPerConnection: 40 })
    const attempts = await sendMany(transport, 400)
    expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
    await transport.close()
    // 400 / 40, and a tenth more at most, besides those that were not used up.
    expect(server.connections()).toBeGreaterThan(10)
    expect(server.connections()).toBeLessThanOrEqual(16)
  })
})

test('a limit of connections is tried again by itself, while those that are open are busy', async () => {
  const { options, open, refuse, connecting, pass } = openByHand(2)
  const sessions = new Sessions(options)
  const wait = async () => await new Promise((resolve) => setImmediate(resolve))
  const asked = Array.from({ length: 2 }, async () => await sessions.acquire())
  open(1)
  await wait()
  refuse('421 4.3.2 too many connections')
  await wait()
  expect(connecting).toHaveLength(0)
  pass(15_001)
  expect(connecting).toHaveLength(1)
  open(1)
  expect((await Promise.all(asked)).every((outcome) => !('kind' in outcome))).toBe(true)
})

test('a connection that was counted too long puts off no other one', async () => {
  const { options, open, refuse, connecting, pass } = openByHand(3, 100)
  const sessions = new Sessions(options)
  const wait = async () => await new Promise((resolve) => setImmediate(resolve))
  const asked = Array.from({ length: 5 }, async () => await sessions.acquire())
  open(1)
  await wait()
  open(1)
  await wait()
  refuse('421 4.3.2 too many connections')
  await wait()
  const [first] = (await Promise.all(asked.slice(0, 2))) as [Fake, Fake]
  pass(1000)
  sessions.release(first, false)
  first.leave()
  await wait()
  refuse('421 4.3.2 too many connections')
  await wait()
  pass(249)
  expect(connecting).toHaveLength(0)
  pass(1)
  open(1)
  await asked[2]
  expect(connecting).toHaveLength(0)
  pass(14_000)
  expect(connecting).toHaveLength(1)
})

test('no server sees more connections than configured, however often they are replaced', async () => {
  const server = await startScript({ mostConnections: 3 })
  const attempts = await sendMany(connect(server.port, { connections: 3, messagesPerConnection: 2 }), 120)
  expect(attempts.filter(({ kind }) => kind !== 'accepted')).toEqual([])
  // Without one that was refused it would be 60.
  expect(server.connections()).toBeLessThan(90)
})
