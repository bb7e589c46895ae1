import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/index.ts'
import type { PlanBody, TestBody } from '../../src/preview/api.ts'
import { startInbox } from '../../src/transport/index.ts'
import { addReaders } from '../commands/send-make.ts'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from './open-studio.ts'

const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\n---\nHello.\n\n## One\n\n### [E](https://example.com/)\n\nText of the entry.\n'
const CONFIG =
  "export default { name: 'Test', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto' }\n"

test('a test into the inbox does not stand for one through the server that would send', async () => {
  const server = await startInbox({ folder: makeNewsletter({}), port: 0, clock: systemClock })
  onTestFinished(async () => await server.close())
  const root = makeNewsletter({ 'issues/good.md': ISSUE, 'letterpress.config.ts': CONFIG })
  await runCli(root, ['subscribers', 'list'])
  await addReaders(root, 1)
  const environment = { SMTP_URL: `smtp://127.0.0.1:${server.port}` }
  const { get, post, studio } = await openStudio(root, { environment })
  const kinds = async () => (await get<PlanBody>('/api/issues/good/plan')).body.refusals.map(({ kind }) => kind)
  const state = async () => (await studio.listIssues())[0]?.state

  const inside = await post<TestBody>('/api/issues/good/test', { to: ['me@example.com'], into: 'inbox' })
  expect(inside.body).toMatchObject({ transport: 'inbox', isRecorded: false, results: [{ kind: 'accepted' }] })
  expect(await kinds()).toEqual(['untested'])
  const { body } = await get<PlanBody>('/api/issues/good/plan')
  expect(body.isTestedInInboxOnly).toBe(true)
  expect(body.refusals[0]?.text).toContain('into the embedded inbox only, and it would go out through 127.0.0.1:')
  expect(await state()).toBe('draft')
  const plan = await runCli(root, ['plan', 'good'], environment)
  expect(plan.stdout).toMatch(/tested {4}into the embedded inbox only/)
  expect((await runCli(root, ['send', 'good', '--yes'], environment)).code).not.toBe(0)

  const outside = await post<TestBody>('/api/issues/good/test', { to: ['me@example.com'] })
  expect(outside.body).toMatchObject({ transport: 'smtp', isRecorded: true })
  expect(await kinds()).toEqual([])
  await expect.poll(state).toBe('tested')
})
