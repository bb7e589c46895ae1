import { describe, expect, test } from 'vitest'
import { addWeek, weekOf } from '../../src/base/index.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)

test.for([
  ['2024-03-11', '2024-W11'],
  ['2024-03-17', '2024-W11'],
  ['2024-03-18', '2024-W12'],
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2018-12-31', '2019-W01'],
  ['2016-01-01', '2015-W53'],
  ['2017-01-01', '2016-W52'],
  ['2000-02-29', '2000-W09'],
  ['1970-01-01', '1970-W01'],
] as const)('%s lies in week %s', ([date, week]) => {
  expect(weekOf(day(date))).toBe(week)
})

test('counts in UTC, whatever the time of the day', () => {
  expect(weekOf(new Date('2024-03-17T23:59:59.999Z'))).toBe('2024-W11')
  expect(weekOf(new Date('2024-03-18T00:00:00.000Z'))).toBe('2024-W12')
})

describe('from 1970 to 2100', () => {
  /** Walks day by day from a known Monday, which is all that ISO 8601 says: no formula is shared with the code. */
  function* walk(): Generator<readonly [date: Date, week: string]> {
    let monday = new Date(Date.UTC(1968, 11, 30))
    let [year, number] = [1969, 1]
    while (monday.getUTCFullYear() <= 2100) {
      for (let offset = 0; offset < 7; offset++) {
        yield [new Date(monday.getTime() + offset * 86_400_000), `${year}-W${String(number).padStart(2, '0')}`]
      }
      monday = new Date(monday.getTime() + 7 * 86_400_000)
      const thursday = new Date(monday.getTime() + 3 * 86_400_000)
      number = thursday.getUTCFullYear() === year ? number + 1 : 1
      year = thursday.getUTCFullYear()
    }
  }

  test('every day lies in the week that counting day by day gives', () => {
    const wrong = [...walk()].filter(([date, week]) => weekOf(date) !== week)
    expect(wrong).toEqual([])
  })

  test('the years with 53 weeks are those that begin on a Thursday, or on a Wednesday when they are leap years', () => {
    const found: number[] = []
    const expected: number[] = []
    for (let year = 1970; year <= 2100; year++) {
      if (weekOf(new Date(Date.UTC(year, 11, 28))).endsWith('W53')) found.push(year)
      const first = new Date(Date.UTC(year, 0, 1)).getUTCDay()
      const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      if (first === 4 || (first === 3 && isLeap)) expected.push(year)
    }
    expect(found).toEqual(expected)
    expect(found).toContain(2026)
  })
})

test('a week later is the same day of the next week', () => {
  expect(addWeek(day('2024-12-30')).toISOString()).toBe('2025-01-06T00:00:00.000Z')
  expect(weekOf(addWeek(day('2026-12-28')))).toBe('2027-W01')
})
