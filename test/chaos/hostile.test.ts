import { expect, test } from 'vitest'
import { mailHostileIssues, mailHostileReaders } from './hostile.ts'

test('hostile readers: RCPT equals the list, no field is added, nobody finds a defect', async () => {
  expect(await mailHostileReaders(150, 1)).toEqual({ imported: 151, refused: 15 })
}, 300_000)

test('hostile issues: refused with a reason, or sound on the wire', async () => {
  expect(await mailHostileIssues(3, 3)).toBeGreaterThan(1)
}, 300_000)
