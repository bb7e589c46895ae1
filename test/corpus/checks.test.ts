import { describe, expect, test } from 'vitest'
import { scoreCorpus } from './score.ts'

// Three open cases and one that was kept aside are not found by choice or by rule; see docs/inbox.md.
const MISSED = { open: 3, held: 1 } as const

describe.each(['open', 'held'] as const)('the %s part of the corpus', (part) => {
  test('has its defects found at their places, and its sound cases left in peace', async () => {
    const results = await scoreCorpus(part)
    const missed = results.flatMap(({ name, missed: gone }) => gone.map(({ rule }) => `${rule} in ${name}`))
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(MISSED[part])
    const clean = results.filter(({ expected }) => expected.length === 0)
    expect(clean.length).toBeGreaterThanOrEqual(20)
    for (const { name, findings } of clean) {
      expect(
        findings.filter(({ severity }) => severity === 'error'),
        name,
      ).toEqual([])
      expect(findings.length, name).toBeLessThanOrEqual(1)
    }
  })
})
