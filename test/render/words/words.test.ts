import { describe, expect, test } from 'vitest'
import { formatPeriod } from '../../../src/render/words/period.ts'
import { directionOf, loadWords, WORDS } from '../../../src/render/words/index.ts'

test.each([
  ['de-AT', 'de'],
  ['AR', 'ar'],
  ['ja-JP', 'ja'],
  ['tlh', 'en'],
  ['', 'en'],
])('the words for "%s" are those of "%s"', (tag, language) => {
  expect(loadWords(tag).language).toBe(language)
})

test.each([
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['fa', 'rtl'],
  ['UR', 'rtl'],
  ['en', 'ltr'],
  ['ja', 'ltr'],
  ['az-Arab', 'rtl'],
  ['ku-Latn', 'ltr'],
  ['pa-Arab-PK', 'rtl'],
  ['ar-Latn', 'ltr'],
])('%s is read %s', (tag, direction) => {
  expect(directionOf(tag)).toBe(direction)
})

describe.each(WORDS.map((words) => [words.language, words] as const))('%s', (language, words) => {
  test('leaves no phrase empty and no placeholder behind', () => {
    const phrases = Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : []))
    const counted = [0, 1, 2, 3, 5, 11, 21, 100].map((count) => words.entries(count))
    for (const phrase of [...phrases, ...counted, words.issue(12), words.list(['A', 'B', 'C'])]) {
      expect(phrase.trim()).not.toBe('')
      expect(phrase).not.toMatch(/#|undefined/)
    }
  })

  test('differs from English wherever a reader would notice', () => {
    const english = loadWords('en')
    if (language === 'en') return
    for (const key of [
      'contents',
      'readOnline',
      'unsubscribe',
      'preferences',
      'sponsored',
      'backToContents',
    ] as const) {
      expect(words[key]).not.toBe(english[key])
    }
  })
})

test.each([
  ['ja', '2026-08-03', '2026-08-09', '2026年8月3日～9日'],
  ['ja', '2026-07-27', '2026-08-02', '2026年7月27日～8月2日'],
  ['zh-Hans', '2026-12-28', '2027-01-03', '2026年12月28日～2027年1月3日'],
  ['de', '2026-08-03', '2026-08-09', '3.–9. August 2026'],
  ['ja', '2026-08-03', '2026-08-03', '2026年8月3日'],
])('%s writes %s to %s as %s', (language, from, to, text) => {
  expect(formatPeriod({ from, to }, language)).toBe(text)
})

test('Arabic declines: none, one, two, few, many', () => {
  const { entries } = loadWords('ar')
  expect([0, 1, 2, 3, 11].map(entries)).toEqual(['لا مقالات', 'مقالة واحدة', 'مقالتان', '3 مقالات', '11 مقالة'])
})
