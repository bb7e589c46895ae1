import { expect, test } from 'vitest'
import { ageLock, runAsleep, runFullDisk, runLocks, runTwoSenders } from './faults.ts'
import { prepareNewsletter } from './newsletter.ts'

const READERS = 200
const TRIAL = { readers: READERS, connections: 8, sendMs: 400, server: { delayMs: 5 } }

test('the disk full: nobody lost, nobody twice, and what was committed stays', async () => {
  const prepared = await prepareNewsletter(READERS)
  const verdict = await runFullDisk({ ...TRIAL, prepared, seed: 1, faults: 3 })
  expect(verdict.faults).toBeGreaterThan(0)
}, 120_000)

test('the database locked by another process, a sender that slept, two at a time: nobody is mailed twice', async () => {
  const prepared = await prepareNewsletter(READERS)
  const locked = await runLocks({ ...TRIAL, prepared, seed: 2, faults: 3, longestMs: 500 })
  expect(locked.faults).toBeGreaterThan(0)
  await runAsleep({ ...TRIAL, prepared, seed: 3, ageLock })
  await runTwoSenders({ ...TRIAL, prepared, seed: 4, startMs: 150 })
}, 120_000)
