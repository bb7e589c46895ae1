import { expect, test } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import { createAddressReader } from '../../src/subscriber/import/address.ts'
import { createSeen } from '../../src/subscriber/import/seen.ts'
import { seedRandom } from '../helpers/random.ts'

test('gives what parseAddress gives, for 20,000 texts good and bad', () => {
  const random = seedRandom(5)
  const read = createAddressReader()
  const pieces = [
    'a',
    'B',
    '.',
    '-',
    '_',
    '+',
    '@',
    ' ',
    '%',
    '!',
    'é',
    '名',
    '\n',
    '"',
    '<',
    '(',
    '=?',
    '/',
    '0',
    '..',
    'x'.repeat(30),
  ]
  const domains = [
    'example.com',
    'Example.COM',
    'bücher.example',
    'xn--bcher-kva.example',
    'localhost',
    '-bad.com',
    'a..b',
    '[127.0.0.1]',
    'ex ample.com',
    `${'y'.repeat(60)}.`.repeat(4) + 'com',
    '例え.テスト',
  ]
  for (let round = 0; round < 20_000; round++) {
    const text = random.below(10) === 0 ? random.text(pieces, 12) : `${random.text(pieces, 6)}@${random.pick(domains)}`
    expect([text, read(text)]).toEqual([text, parseAddress(text)])
  }
})

test('remembers 200,000 texts and no other', () => {
  const seen = createSeen()
  for (let index = 0; index < 200_000; index++) expect(seen.has(`reader${index}@example.com`)).toBe(false)
  for (let index = 0; index < 200_000; index += 7) expect(seen.has(`reader${index}@example.com`)).toBe(true)
})
