import { expect, test } from 'vitest'
import { importHalves, mailHostileIssues, mailHostileReaders, mailInternational } from './hostile.ts'

const SEED = Number(process.env['LETTERPRESS_CHAOS_SEED'] ?? 1) * 1000

test.for([1, 2, 3])('2,000 hostile readers, %d of 3', async (nth) => {
  const { imported } = await mailHostileReaders(2000, SEED + nth)
  expect(imported).toBe(2001)
})

test('60 hostile issues', async () => {
  expect(await mailHostileIssues(60, SEED)).toBeGreaterThan(10)
})

test.for([true, false])('local parts beyond ASCII, to a server with SMTPUTF8: %s', async (hasUtf8) => {
  await mailInternational(hasUtf8)
})

test('bytes that are no UTF-8 in a list', importHalves)
