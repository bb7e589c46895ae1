import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signToken, type TokenKey, verifyToken } from '../../src/subscriber/index.ts'
import { seedRandom } from '../helpers/random.ts'

const KEY: TokenKey = { id: 'k1', secret: 'a secret of at least thirty-two characters' }
const OLD: TokenKey = { id: 'k0', secret: 'the secret of last year, still honoured' }
const token = signToken('unsubscribe', 'lucia-ibanez', KEY)

/** Base64url with the same value as another text: the last character's unused bits differ. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

test('a signed token stands for its reader and purpose', () => {
  expect(verifyToken(token, [KEY])).toEqual({ purpose: 'unsubscribe', subscriberId: 'lucia-ibanez' })
  expect(verifyToken(signToken('test', 'lucia-ibanez', KEY), [KEY])).toEqual({
    purpose: 'test',
    subscriberId: 'lucia-ibanez',
  })
})

test('has the documented form, safe in paths and subjects, without an address', () => {
  expect(token).toMatch(/^u1\.k1\.lucia-ibanez\.[\w-]{22}$/)
  expect(encodeURIComponent(token)).toBe(token)
  const tag = createHmac('sha256', KEY.secret).update('u1\nlucia-ibanez').digest().subarray(0, 16).toString('base64url')
  expect(token.endsWith(`.${tag}`)).toBe(true)
})

test('is the same every time, and differs per reader, purpose and key', () => {
  expect(signToken('unsubscribe', 'lucia-ibanez', KEY)).toBe(token)
  const others = [
    signToken('unsubscribe', 'lucia-ibane', KEY),
    signToken('test', 'lucia-ibanez', KEY),
    signToken('unsubscribe', 'lucia-ibanez', OLD),
    signToken('unsubscribe', 'lucia-ibanez', { ...KEY, secret: `${KEY.secret}x` }),
  ].map((other) => other.slice(-22))
  expect(new Set([token.slice(-22), ...others]).size).toBe(5)
})

test('of an old key stays valid while the key is known', () => {
  const old = signToken('unsubscribe', 'lucia-ibanez', OLD)
  expect(verifyToken(old, [KEY, OLD])).toBeDefined()
  expect(verifyToken(old, [KEY])).toBeUndefined()
  expect(verifyToken(old, [])).toBeUndefined()
})

describe('refuses', () => {
  test('a test token made into a real one, and the other way round', () => {
    const test = signToken('test', 'lucia-ibanez', KEY)
    expect(verifyToken(test.replace(/^t1/, 'u1'), [KEY])).toBeUndefined()
    expect(verifyToken(token.replace(/^u1/, 't1'), [KEY])).toBeUndefined()
  })

  test('one key’s tag under another key’s name', () => {
    expect(verifyToken(token.replace('.k1.', '.k0.'), [KEY, OLD])).toBeUndefined()
    expect(verifyToken(token, [{ ...OLD, id: 'k1' }])).toBeUndefined()
  })

  test.for([
    ['nothing', ''],
    ['blanks around it', ` ${token} `],
    ['a line feed after it', `${token}\n`],
    ['a NUL after it', `${token}\u{0}`],
    ['text after it', `${token}.x`],
    ['padding', `${token}==`],
    ['capital letters', token.toUpperCase()],
    ['full-width letters', token.replace('u1', 'ｕ1')],
    ['no tag', token.slice(0, -22)],
    ['an empty tag', 'u1.k1.lucia-ibanez.'],
    ['a tag of zeros', `u1.k1.lucia-ibanez.${'A'.repeat(22)}`],
    ['no reader', token.replace('lucia-ibanez', '')],
    ['a path for a reader', token.replace('lucia-ibanez', '../../etc')],
    ['an address for a reader', token.replace('lucia-ibanez', 'lucia@example.com')],
    ['a reader of 65 characters', signToken('unsubscribe', 'x'.repeat(65), KEY)],
    ['an unknown purpose', token.replace('u1', 'p1')],
    ['an unknown key', token.replace('k1', 'k9')],
    ['a prototype’s name for a key', token.replace('k1', '__proto__')],
    ['another text with dots', 'u1.k1.lucia.ibanez.AAAAAAAAAAAAAAAAAAAAAA'],
    ['100,000 characters', `u1.k1.${'a'.repeat(100_000)}.${'A'.repeat(22)}`],
  ] as const)('%s', ([, text]) => {
    expect(verifyToken(text, [KEY, OLD])).toBeUndefined()
  })

  test('each of 10,000 mutated tokens', () => {
    const random = seedRandom(5)
    const characters = Array.from(`${ALPHABET}.=+/% \n\u{0}é`)
    const forged = new Set<string>()
    while (forged.size < 10_000) {
      const at = random.below(token.length)
      const other = random.pick(characters)
      const change = random.below(4)
      let text = token.slice(0, at) + other + token.slice(at + 1)
      if (change === 1) text = token.slice(0, at) + token.slice(at + 1)
      if (change === 2) text = token.slice(0, at) + other + token.slice(at)
      if (change === 3)
        text = `${token.slice(0, -22)}${random.text(Array.from(ALPHABET), 1000).padEnd(22, other).slice(0, 22)}`
      if (text !== token) forged.add(text)
    }
    expect([...forged].filter((text) => verifyToken(text, [KEY, OLD]) !== undefined)).toEqual([])
  })

  test('each other last character, also where the bits it adds are not used', () => {
    const others = Array.from(ALPHABET).filter((character) => !token.endsWith(character))
    expect(others).toHaveLength(63)
    for (const character of others) expect(verifyToken(token.slice(0, -1) + character, [KEY])).toBeUndefined()
  })
})
