import { expect, test } from 'vitest'
import { findLooseEnd } from '../../../src/check/style/brackets.ts'

test.for([
  ['.a{color:red', 'brace', 2],
  ['@media screen{.a{color:red}', 'brace', 13],
  ['.a{color:red}}', 'extra', 13],
  ['.a{} /* open', 'comment', 5],
  ['@import "a.css"', 'at-rule', 0],
  ['@media screen', 'at-rule', 0],
  ['.a{ @apply x }', 'at-rule', 4],
] as const)('%s has a loose %s', ([css, kind, offset]) => {
  expect(findLooseEnd(css)).toEqual({ kind, offset })
})

test.for([
  '',
  '.a{color:red}',
  '@import "a.css";.a{}',
  '@media screen{.a{}}',
  '.a::after{content:"}"}',
  '.a{background:url("a{b.png")}',
  '/* } @media { */ .a{}',
  'a[x-apple-data-detectors]{color:inherit}',
  ".a{content:'\\'}'}",
])('%j is whole', (css) => {
  expect(findLooseEnd(css)).toBeUndefined()
})

test('takes linear time', () => {
  expect(findLooseEnd('"'.repeat(100_001) + '{'.repeat(100_000))?.kind).toBe('brace')
})
