import { expect, test } from 'vitest'
import { finish, runKills, runServerKills, setStage } from './kills.ts'
import { prepareNewsletter } from './newsletter.ts'
import type { Taken } from './receiver-types.ts'
import { judge, newStory } from './verdict.ts'

const READERS = 200
/** Of a machine with nothing else to do. */
const TIMES = { startMs: 150, sendMs: 300 }

test('sender and server killed at a stage or at any moment: nobody lost, nobody twice, nobody who left', async () => {
  const prepared = await prepareNewsletter(READERS)
  const trial = { ...TIMES, prepared, readers: READERS, connections: 8 }
  const skipped = await runKills({ ...trial, seed: 1, kills: 3, unknown: 'skip' })
  const resent = await runKills({ ...trial, seed: 2, kills: 2, unknown: 'resend' })
  const served = await runServerKills({ ...trial, seed: 3, kills: 2, server: { delayMs: 5 } })
  // On a busy machine a moment may come too late for one of them.
  expect(skipped.faults + resent.faults + served.faults).toBeGreaterThan(0)
}, 300_000)

test('what these suites count is seen: a reader left out, one mailed twice, one who had left', async () => {
  const prepared = await prepareNewsletter(4)
  const stage = await setStage({ prepared, readers: 4, connections: 1, seed: 4 })
  await finish(stage, 'nothing done to it')
  const log = stage.receiver.log()
  const mail = (to: string): Taken => ({ to: [to], id: `<${to}>`, sha: to, connection: 1, startedAt: 0, at: 0 })
  const without = log.filter(({ to }) => !to.includes('reader-2@example.com'))
  const told = await judge(
    stage.newsletter,
    [...without, mail('reader-3@example.com'), mail('bounced-3@example.com')],
    newStory(),
  )
  expect(told).toMatchObject({
    lost: ['reader-2@example.com'],
    twice: ['reader-3@example.com'],
    suppressed: ['bounced-3@example.com'],
    differing: ['reader-3@example.com'],
    wrong: [],
    broken: [],
  })
}, 300_000)
