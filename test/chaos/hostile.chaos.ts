import { expect, test } from 'vitest'
import { mailHostileIssues, mailHostileReaders } from './hostile.ts'

const SEED = Number(process.env['LETTERPRESS_CHAOS_SEED'] ?? 1) * 1000

test.for([1, 2, 3])('2,000 hostile readers, %d of 3', async (nth) => {
  const { imported } = await mailHostileReaders(2000, SEED + nth)
  expect(imported).toBe(2001)
})

test('60 hostile issues', async () => {
  expect(await mailHostileIssues(60, SEED)).toBeGreaterThan(10)
})
