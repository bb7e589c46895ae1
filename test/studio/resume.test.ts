import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/index.ts'
import type { RunBody } from '../../src/preview/api.ts'
import { startInbox } from '../../src/transport/index.ts'
import { makeSending } from '../commands/send-make.ts'
import { startDev } from '../helpers/dev.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'

test('a send that was paused in the studio goes on from there, and ends with it', { timeout: 90_000 }, async () => {
  const server = await startInbox({ folder: makeNewsletter({}), port: 0, clock: systemClock })
  onTestFinished(async () => await server.close())
  const env = `SMTP_URL=smtp://127.0.0.1:${server.port}\nLETTERPRESS_LIMITS_PER_SECOND=25\n`
  const letter = await makeSending(300, server.port, { '.env': env })
  const sending = letter.start(['send', 'good', '--yes'], { LETTERPRESS_LIMITS_PER_SECOND: '25' })
  onTestFinished(() => sending.kill('SIGKILL'))
  const dev = await startDev(letter.root)
  const token = /name="letterpress-token" content="([^"]+)"/.exec(await (await fetch(dev.url)).text())?.[1] ?? ''
  const read = async () => (await (await fetch(`${dev.url}/api/runs/good`)).json()) as RunBody
  const pull = async (lever: string) => {
    const answer = await fetch(`${dev.url}/api/runs/good/${lever}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Letterpress-Token': token },
      body: '{"confirm":"good"}',
    })
    return answer.status
  }
  await expect.poll(async () => (await read()).counts?.accepted ?? 0, { timeout: 20_000 }).toBeGreaterThan(3)
  expect(await pull('pause')).toBe(200)
  expect(await sending.code).toBe(3)
  const { counts } = await read()
  expect(await pull('resume')).toBe(200)
  await expect
    .poll(async () => (await read()).counts.accepted, { timeout: 30_000 })
    .toBeGreaterThan(counts.accepted + 20)
  const run = await read()
  expect(run.state).toBe('sending')
  expect(run.runner?.pid).not.toBe(sending.pid)
  expect(await dev.stop()).toBe(0)
  const status = await letter.status()
  expect(status).toMatchObject({ state: 'incomplete', handed: 0, unknown: 0 })
  expect(status.pending).toBeGreaterThan(0)
})
