import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/index.ts'
import type { PlanBody, RunBody, RunsBody, RunsEvent } from '../../src/preview/api.ts'
import { makeSending } from '../commands/send-make.ts'
import { startInbox } from '../../src/transport/index.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { connectEvents } from './events.ts'
import { openStudio } from './open-studio.ts'

const slow = { LETTERPRESS_LIMITS_PER_SECOND: '20' }

test('tells the plan, before and after it was approved', { timeout: 60_000 }, async () => {
  const sending = await makeSending(5)
  const { get } = await openStudio(sending.root)
  const before = (await get<PlanBody>('/api/issues/good/plan')).body
  expect(before).toMatchObject({
    issue: 'good',
    audience: 5,
    leftOut: { suppressed: 0, unsubscribed: 0 },
    transport: 'inbox',
    refusals: [],
    command: 'npx letterpress send good',
    testedAt: expect.any(String) as string,
    sizeBytes: expect.any(Number) as number,
  })
  expect((await sending.run(['send', 'good', '--yes'])).code).toBe(0)
  const after = (await get<PlanBody>('/api/issues/good/plan')).body
  expect(after.run).toMatchObject({ state: 'finished', counts: { accepted: 5 }, levers: [] })
  expect((await get('/api/issues/none/plan')).status).toBe(404)
})

test('a send in a terminal shows as it goes, and stops when the author says so', { timeout: 90_000 }, async () => {
  const server = await startInbox({ folder: makeNewsletter({}), port: 0, clock: systemClock })
  onTestFinished(async () => await server.close())
  const letter = await makeSending(400, server.port)
  const resumed: string[] = []
  const { get, post, preview, studio } = await openStudio(letter.root, { goOn: (slug) => resumed.push(slug) })
  const events = connectEvents(`${preview.url}/events?live`)
  onTestFinished(() => events.close())
  await events.next('ready')
  const sending = letter.start(['send', 'good', '--yes'], slow)
  onTestFinished(() => sending.kill('SIGKILL'))

  const seen = await events.next<RunsEvent>('runs', ({ runs }) => (runs[0]?.counts.accepted ?? 0) > 5)
  expect(seen.runs[0]).toMatchObject({ issue: 'good', state: 'sending', total: 400, levers: ['pause', 'cancel'] })
  await events.next<RunsEvent>('runs', ({ runs }) => (runs[0]?.secondsLeft ?? 0) > 0)
  const run = (await get<RunBody>('/api/runs/good')).body
  expect(run).toMatchObject({
    subject: 'Good',
    runner: { pid: sending.pid },
    story: [{ what: 'approved', how: 'flag' }],
  })
  const accepted = run.history.map((sample) => sample.accepted)
  expect(accepted.length).toBeGreaterThan(1)
  expect(accepted).toEqual(accepted.toSorted((a, b) => a - b))
  expect((await studio.listIssues())[0]).toMatchObject({ slug: 'good', state: 'sending' })

  expect(await post('/api/runs/good/pause', { confirm: 'goo' })).toMatchObject({
    status: 409,
    body: { error: { code: 'studio/not-typed' } },
  })
  expect(await post('/api/runs/good/pause', { confirm: 'good' })).toMatchObject({
    status: 200,
    body: { state: 'paused' },
  })
  expect(await sending.code).toBe(3)
  const paused = await letter.status()
  expect(paused.state).toBe('paused')
  expect(paused.pending).toBeGreaterThan(0)
  expect((await post('/api/runs/good/pause', { confirm: 'good' })).status).toBe(409)

  expect((await post('/api/runs/good/resume', { confirm: 'good' })).status).toBe(200)
  expect(resumed).toEqual(['good'])
  const cancelled = await post<RunBody>('/api/runs/good/cancel', { confirm: 'good' })
  expect(cancelled.body).toMatchObject({ state: 'cancelled', levers: [], counts: { pending: 0 } })
  expect(cancelled.body.counts.skipped + cancelled.body.counts.accepted).toBe(400)
  expect(cancelled.body.story.map(({ what, how }) => [what, how])).toEqual([
    ['approved', 'flag'],
    ['paused', 'studio'],
    ['resumed', 'studio'],
    ['cancelled', 'typed'],
  ])
  expect((await get<RunsBody>('/api/runs')).body.runs).toMatchObject([{ state: 'cancelled' }])
  expect((await letter.run(['plan', 'good'])).stdout).toMatch(/approved .*cancelled: .*; it cannot be sent again$/m)
  expect((await post('/api/runs/none/cancel', { confirm: 'none' })).status).toBe(404)
})
