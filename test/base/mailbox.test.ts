import { expect, test } from 'vitest'
import { parseMailbox } from '../../src/base/index.ts'

test.for([
  ['Ada Example <ada@example.com>', 'Ada Example', 'ada@example.com'],
  ['"Example, Ada" <ada@example.com>', 'Example, Ada', 'ada@example.com'],
  ['ada@example.com', '', 'ada@example.com'],
  ['<ada@example.com>', '', 'ada@example.com'],
  ['  Ada  <ada@example.com>  ', 'Ada', 'ada@example.com'],
  ['\tAda\t<ada@example.com>', 'Ada', 'ada@example.com'],
  ['田中さくら <sakura@例え.jp>', '田中さくら', 'sakura@xn--r8jz45g.jp'],
  ['ليلى حدّاد <laila@example.com>', 'ليلى حدّاد', 'laila@example.com'],
  ['Ada (news) <ada@example.com>', 'Ada (news)', 'ada@example.com'],
  ["O'Brien & Co. <ada@example.com>", "O'Brien & Co.", 'ada@example.com'],
  ['"" <ada@example.com>', '', 'ada@example.com'],
] as const)('reads %s', ([text, name, address]) => {
  expect(parseMailbox(text)).toEqual({ name, address })
})

test.for([
  '',
  'Ada',
  'Ada <>',
  'Ada <ada>',
  'Ada <ada@example.com',
  'Ada ada@example.com>',
  'Ada ada@example.com',
  'Ada <ada@example.com> Lovelace',
  'Ada <a@example.com> <b@example.com>',
  'Ada <a@example.com>, Bob <b@example.com>',
  'Ada <<ada@example.com>>',
  '"Ada" L <ada@example.com>',
  '"Ada <ada@example.com>',
  'Ada" <ada@example.com>',
  'Ada <ada @example.com>',
  'Ada <ada@example.com\r\n>',
  'Ada\r\nBcc: x@evil.example <ada@example.com>',
  'Ada\u{0} <ada@example.com>',
  '"A\nda" <ada@example.com>',
  'Ada <a@example.com,b@example.com>',
  'Ada <@evil.example:ada@example.com>',
])('refuses %j', (text) => {
  expect(parseMailbox(text)).toBeUndefined()
})

test('keeps overrides, separators and lone surrogates out of the name', () => {
  expect(parseMailbox('A\u{202e}d\u{2028}a\u{d800} <ada@example.com>')?.name).toBe('Ad a')
})

test('reads a hostile text of 100,000 characters without catastrophic backtracking', () => {
  expect(parseMailbox(`${' '.repeat(100_000)}<`)).toBeUndefined()
  expect(parseMailbox(`"${'a '.repeat(50_000)}`)).toBeUndefined()
})
