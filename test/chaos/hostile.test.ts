import { expect, test } from 'vitest'
import { importHalves, mailHostileIssues, mailHostileReaders, mailInternational } from './hostile.ts'

test('hostile readers: RCPT equals the list, no field is added, nobody finds a defect', async () => {
  const { imported, refused } = await mailHostileReaders(250, 1)
  expect(imported).toBe(251)
  expect(refused).toBe(25)
}, 120_000)

test('hostile issues: refused with a reason, or sound on the wire', async () => {
  expect(await mailHostileIssues(6, 1)).toBeGreaterThan(1)
  await importHalves()
}, 120_000)

test('local parts beyond ASCII: to a server with SMTPUTF8 alone', async () => {
  await mailInternational(true)
  await mailInternational(false)
}, 60_000)
