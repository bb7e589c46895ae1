import { expect, test } from 'vitest'
import { explainEnd } from '../../src/commands/delivery/explain-end.ts'
import { describeLimit, describeUsed } from '../../src/commands/delivery/limits.ts'
import { describeUnsent } from '../../src/delivery/index.ts'
import { estimateSeconds, type Used } from '../../src/delivery/limits/estimate.ts'
import { findGroup } from '../../src/delivery/limits/groups.ts'
import { PRESETS } from '../../src/delivery/limits/presets.ts'

const DAY = 86_400
const day = (most: number, used = 0, sinceMs = 0): Used => ({ limit: 'perDay', most, used, sinceMs })
const hour = (most: number, used = 0): Used => ({ limit: 'perHour', most, used, sinceMs: 0 })

test.for([
  [100, 10, [], 10],
  [100, 10, [day(2000)], 10],
  [2000, 'unlimited', [day(2000)], 0],
  [2001, 'unlimited', [day(2000)], DAY],
  [5000, 10, [day(2000)], 2 * DAY + 100],
  // 800 go now, the other 200 when the first of those sent six hours ago are a day old.
  [1000, 10, [day(2000, 1200, 6 * 3_600_000)], DAY * 0.75 + 20],
  [300, 10, [day(2000), hour(100)], 2 * 3600 + 10],
  [2150, 'unlimited', [day(2000), hour(100)], DAY + 3600],
] as const)('%d at %s a second with %j take %d seconds', ([count, perSecond, used, seconds]) => {
  expect(estimateSeconds(count, { perSecond }, used)).toBe(seconds)
})

test('nothing is estimated without a limit', () => {
  expect(estimateSeconds(100, { perSecond: 'unlimited' }, [])).toBeUndefined()
})

test('limits are told as people write them', () => {
  expect(describeLimit({ limit: 'perDay', most: 2000 })).toBe('2,000 a day')
  expect(describeLimit({ limit: 'perHour', most: 100, group: 'gmail' })).toBe('100 an hour to gmail')
  expect(describeUsed([day(2000, 1200), hour(100)])).toBe('1,200 of 2,000 a day are used')
  expect(describeUsed([day(2000)])).toBeUndefined()
})

test('a run that a limit ended says when to go on', () => {
  const until = new Date('2026-08-22T06:00:00Z')
  const lines = explainEnd({ kind: 'limited', limit: 'perDay', most: 2000, until }, describeUnsent('x'), 'x')
  expect(lines[0]).toBe('Stopped: 2,000 a day are used up until 2026-08-22T06:00:00.000Z.')
  expect(lines[1]).toBe('`letterpress send` goes on then; with --wait it waits.')
})

test.for([
  ['gmail.com', 'gmail'],
  ['googlemail.com', 'gmail'],
  ['hotmail.co.uk', 'microsoft'],
  ['outlook.de', 'microsoft'],
  ['yahoo.co.jp', 'yahoo'],
  ['me.com', 'icloud'],
  ['example.com', 'example.com'],
  ['gmail.com.example.net', undefined],
  ['notgmail.com', undefined],
  ['web.de', undefined],
] as const)('%s is in the group %s', ([domain, group]) => {
  const limited = new Set(['gmail', 'microsoft', 'yahoo', 'icloud', 'example.com'])
  expect(findGroup(limited, domain)).toBe(group)
})

test('every preset limits something and names its source and date', () => {
  for (const [name, preset] of Object.entries(PRESETS)) {
    const { source, url, readOn, ...rest } = preset
    expect(
      Object.values(rest).some((value) => typeof value === 'number' && value > 0),
      name,
    ).toBe(true)
    expect(source.length, name).toBeGreaterThan(5)
    expect(new URL(url).protocol).toBe('https:')
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})
