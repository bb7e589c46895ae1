import { expect, test } from 'vitest'
import { findNearest } from '../../src/base/index.ts'

const BLOCKS = ['toc', 'promo', 'mentoring', 'sponsor', 'note', 'meta']

test.for([
  ['promp', 'promo'],
  ['Promo', 'promo'],
  ['pormo', 'promo'],
  ['mentorng', 'mentoring'],
  ['sponser', 'sponsor'],
  ['tco', 'toc'],
  ['nots', 'note'],
  ['PROMOO', 'promo'],
] as const)('suggests for %s', ([name, known]) => {
  expect(findNearest(name, BLOCKS)).toBe(known)
})

test.for(['banana', 'x', '', 'advertisement', 'pro mo tion', '🙂', 'constructor', '__proto__'])(
  'suggests nothing for %j',
  (name) => {
    expect(findNearest(name, BLOCKS)).toBeUndefined()
  },
)

test('suggests the closest, and the first of two that are equally close', () => {
  expect(findNearest('note', ['nota', 'note'])).toBe('note')
  expect(findNearest('nots', ['note', 'noto'])).toBe('note')
})

test('suggests nothing where nothing is known, or for a name longer than any', () => {
  expect(findNearest('promo', [])).toBeUndefined()
  expect(findNearest('p'.repeat(65), ['p'.repeat(65)])).toBeUndefined()
})
