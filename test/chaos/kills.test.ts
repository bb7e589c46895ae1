import { expect, test } from 'vitest'
import { measureSend, runKills, runServerKills } from './kills.ts'
import { prepareNewsletter } from './newsletter.ts'

const READERS = 300

test('the sender killed at a stage or at any moment: nobody lost, nobody twice, nobody who left', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, connections: 8 }
  const times = await measureSend({ ...trial, seed: 0 })
  const skipped = await runKills({ ...trial, ...times, seed: 1, kills: 6, unknown: 'skip' })
  expect(skipped.faults).toBeGreaterThan(2)
  const resent = await runKills({ ...trial, ...times, seed: 2, kills: 4, unknown: 'resend' })
  expect(resent.faults).toBeGreaterThan(1)
  expect(resent.unknown).toBe(0)
}, 120_000)

test('the server killed at any moment: nobody lost, nobody twice', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { prepared, readers: READERS, connections: 8, server: { delayMs: 5 } }
  const { sendMs } = await measureSend({ ...trial, seed: 0 })
  const verdict = await runServerKills({ ...trial, sendMs, seed: 3, kills: 4 })
  expect(verdict.faults).toBeGreaterThan(1)
}, 120_000)
