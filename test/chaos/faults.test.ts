import { expect, test } from 'vitest'
import { ageLock, runAsleep, runFullDisk, runLocks, runTwoSenders } from './faults.ts'
import { prepareNewsletter } from './newsletter.ts'

const READERS = 200

test('disk full, database locked, a sender that slept, two at a time: nobody lost, nobody twice', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, connections: 8, sendMs: 300, server: { delayMs: 5 } }
  const full = await runFullDisk({ ...trial, seed: 1, faults: 2 })
  const locked = await runLocks({ ...trial, seed: 2, faults: 2, longestMs: 400 })
  await runAsleep({ ...trial, seed: 3, ageLock })
  await runTwoSenders({ ...trial, seed: 4, startMs: 150 })
  expect(full.faults + locked.faults).toBeGreaterThan(0)
}, 300_000)
