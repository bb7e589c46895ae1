import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import { readBounceAddress, readUnsubscribeAddress, tagIssue } from '../../src/message/index.ts'
import { buildUnsubscribeAddress } from '../../src/message/unsubscribe-address.ts'
import { type BounceTarget, buildBounceAddress } from '../../src/message/verp.ts'
import { seedRandom } from '../helpers/random.ts'
import { compose, KEY, readField } from './make.ts'

const DOMAIN = 'b.news.example.com'
const READER = '0123456789abcdef01234567'
const TARGET: BounceTarget = { issueId: '2024-w11', readerId: READER, purpose: 'unsubscribe' }
const OTHER_KEY = { id: 'k2', secret: 'another secret of thirty-two characters' }
const bounce = buildBounceAddress(TARGET, DOMAIN, KEY)
const leave = buildUnsubscribeAddress(READER, 'unsubscribe', DOMAIN, KEY)

describe('the envelope sender of a message', () => {
  test('says which reader’s copy of which issue came back', () => {
    expect(readBounceAddress(bounce, DOMAIN, [KEY])).toEqual({
      issueTag: tagIssue('2024-w11'),
      readerId: READER,
      purpose: 'unsubscribe',
    })
    const test = buildBounceAddress({ ...TARGET, purpose: 'test' }, DOMAIN, KEY)
    expect(readBounceAddress(test, DOMAIN, [KEY])).toMatchObject({ readerId: READER, purpose: 'test' })
  })

  test('is one plain address with at most 64 octets before the @', () => {
    expect(parseAddress(bounce)).toBe(bounce)
    expect(bounce).toMatch(/^bounce\+b[a-z2-7]{8}-0123456789abcdef01234567-[a-z2-7]{16}@b\.news\.example\.com$/)
    expect(bounce.indexOf('@')).toBe(58)
  })

  test('is read whatever its case became on the way', () => {
    for (const text of [bounce.toUpperCase(), `B${bounce.slice(1)}`, bounce.toLowerCase()])
      expect(readBounceAddress(text, DOMAIN, [KEY]), text).toMatchObject({ readerId: READER })
  })

  test('is another one for each issue, reader, purpose and key, and the same each time', () => {
    const all = [
      buildBounceAddress({ ...TARGET, issueId: '2024-w12' }, DOMAIN, KEY),
      buildBounceAddress({ ...TARGET, readerId: READER.replace('0', '1') }, DOMAIN, KEY),
      buildBounceAddress({ ...TARGET, purpose: 'test' }, DOMAIN, KEY),
      buildBounceAddress(TARGET, DOMAIN, OTHER_KEY),
    ]
    expect(new Set([...all, bounce]).size).toBe(5)
    expect(buildBounceAddress(TARGET, DOMAIN, KEY)).toBe(bounce)
  })

  test('is read with any of several keys, and with none of others', () => {
    expect(readBounceAddress(bounce, DOMAIN, [OTHER_KEY, KEY])).toBeDefined()
    expect(readBounceAddress(bounce, DOMAIN, [OTHER_KEY])).toBeUndefined()
    expect(readBounceAddress(bounce, DOMAIN, [])).toBeUndefined()
    expect(readBounceAddress(bounce, 'news.example.com', [KEY])).toBeUndefined()
  })

  test('of an invented reader is as long, and stands for nobody in the store', () => {
    for (const readerId of ['lucia-ibanez', 'x'.repeat(64), 'A', READER.toUpperCase()]) {
      const address = buildBounceAddress({ ...TARGET, readerId }, DOMAIN, KEY)
      expect(parseAddress(address), readerId).toBe(address)
      expect(address).toHaveLength(bounce.length)
      expect(readBounceAddress(address, DOMAIN, [KEY])?.readerId).not.toBe(READER)
    }
  })
})

describe('the address that unsubscribes', () => {
  test('says who wants to leave, and fits', () => {
    expect(readUnsubscribeAddress(leave, DOMAIN, [KEY])).toEqual({ purpose: 'unsubscribe', subscriberId: READER })
    expect(readUnsubscribeAddress(leave.toUpperCase(), DOMAIN, [KEY])).toMatchObject({ subscriberId: READER })
    expect(parseAddress(leave)).toBe(leave)
    expect(leave.indexOf('@')).toBe(64)
    const test = buildUnsubscribeAddress(READER, 'test', DOMAIN, KEY)
    expect(readUnsubscribeAddress(test, DOMAIN, [KEY])).toEqual({ purpose: 'test', subscriberId: READER })
  })

  test('is none of a bounce, nor the other way round, with the tags of one put into the other', () => {
    expect(readUnsubscribeAddress(bounce, DOMAIN, [KEY])).toBeUndefined()
    expect(readBounceAddress(leave, DOMAIN, [KEY])).toBeUndefined()
    const mac = leave.slice(38, 54)
    expect(readBounceAddress(bounce.replace(/-[a-z2-7]{16}@/, `-${mac}@`), DOMAIN, [KEY])).toBeUndefined()
  })
})

test.for([
  ['bounce', bounce, (text: string) => readBounceAddress(text, DOMAIN, [KEY, OTHER_KEY])],
  ['unsubscribe', leave, (text: string) => readUnsubscribeAddress(text, DOMAIN, [KEY, OTHER_KEY])],
] as const)('of 120,000 changed addresses of the kind %s none is taken', ([, address, read]) => {
  const random = seedRandom(22)
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789-+@.= \r\n%\u{0}é')
  const taken: string[] = []
  for (let round = 0; round < 120_000; round++) {
    const at = round % address.length
    const piece = random.text(letters, 1 + (round % 3))
    const kinds = [
      address.slice(0, at) + piece + address.slice(at + piece.length),
      address.slice(0, at) + piece + address.slice(at),
      address.slice(0, at) + address.slice(at + 1),
      address.slice(0, at) + (address[at + 1] ?? '') + (address[at] ?? '') + address.slice(at + 2),
    ]
    const changed = kinds[round % kinds.length] ?? ''
    if (changed.toLowerCase() !== address && read(changed)) taken.push(changed)
  }
  expect(taken).toEqual([])
  expect(read(address)).toBeDefined()
})

describe('a message', () => {
  test('with a domain for bounces has an envelope sender and an address to unsubscribe of its own', async () => {
    const { envelope, raw } = await compose({ options: { bouncesDomain: DOMAIN }, reader: { id: READER } })
    expect(envelope).toEqual({ from: bounce, to: 'lucia@example.com' })
    expect(readField(raw, 'From')).toBe('"Ada Example" <ada@news.example.com>')
    expect(readField(raw, 'List-Unsubscribe')).toContain(`, <mailto:${leave}?subject=unsubscribe>`)
    expect(raw.toString()).not.toContain(bounce)
  })

  test('without one comes back to the sender', async () => {
    const { envelope } = await compose()
    expect(envelope.from).toBe('ada@news.example.com')
  })

  test('of a test has a return address that changes nothing', async () => {
    const { envelope } = await compose({
      options: { bouncesDomain: DOMAIN, purpose: 'test' },
      reader: { id: READER },
    })
    expect(readBounceAddress(envelope.from, DOMAIN, [KEY])?.purpose).toBe('test')
  })

  test('takes requests to unsubscribe where the configuration says, else at replyTo, else at from', async () => {
    const mailto = async (options: Parameters<typeof compose>[0]) =>
      /<mailto:([^?]*)\?subject=unsubscribe%20u1\./.exec(
        readField((await compose(options)).raw, 'List-Unsubscribe') ?? '',
      )?.[1]
    const unsubscribeMailbox = { name: 'x', address: parseAddress('leave@example.net') ?? bounce }
    expect(await mailto({ options: { unsubscribeMailbox } })).toBe('leave@example.net')
    expect(await mailto({})).toBe('reply@example.com')
  })
})
