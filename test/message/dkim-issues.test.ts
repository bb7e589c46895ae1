import { expect, test } from 'vitest'
import { signIssues } from './dkim-issues.ts'
import { PASSED, verdicts } from './dkim-make.ts'

test('every example issue verifies for every reader', async () => {
  const messages = await signIssues()
  expect(messages.length).toBeGreaterThan(100)
  for (const { what, raw } of messages) expect(await verdicts(raw), what).toEqual(PASSED)
})
