import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/index.ts'
import { findRun, readProgress } from '../../src/delivery/index.ts'
import { makeSending } from '../commands/send-make.ts'
import { startScript } from '../helpers/smtp-script.ts'

test('tells how a run went, up to the counts it ended with', { timeout: 30_000 }, async () => {
  const refusing = ['250 ok', '550 5.1.1 no such mailbox', '250 ok']
  const server = await startScript({ rcpt: refusing })
  const sending = await makeSending(30, server.port)
  expect((await sending.run(['send', 'good', '--yes'], { LETTERPRESS_LIMITS_PER_SECOND: '40' })).code).toBe(0)
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root: sending.root })
  const run = await findRun(db, 'good')
  if (!run) throw new Error('the run is not there')
  const [from, until] = [run.approvedAt, run.finishedAt ?? new Date()]
  const moments = await readProgress(db, run, { from, until, steps: 10 })
  expect(moments.length).toBeGreaterThan(2)
  expect(moments.length).toBeLessThanOrEqual(11)
  const { at: _, ...end } = moments.at(-1) ?? { at: from }
  expect(end).toEqual(run.counts)
  expect(end).toMatchObject({ accepted: 29, failed: 1, pending: 0 })
  const times = moments.map(({ at }) => at.getTime())
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const accepted = moments.map((moment) => moment.accepted)
  expect(accepted).toEqual(accepted.toSorted((a, b) => a - b))
  // Of the time before the first message there is nothing to tell.
  expect(await readProgress(db, run, { from, until: from, steps: 10 })).toEqual([])
  await db.close()
})
