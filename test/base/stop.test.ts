import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const fixture = fileURLToPath(new URL('../fixtures/process/stopping.ts', import.meta.url))

/** Starts a command that is over after so long. */
function start(drainMs: number) {
  const child = spawn(process.execPath, [fixture, String(drainMs)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  const untilSaid = async (word: string) => {
    while (!said.includes(word)) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms))
  return { child, ended, untilSaid, pause, isAlive: () => child.exitCode === null && child.signalCode === null }
}

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s after a command is over ends its process at once',
  async (name) => {
    const { child, ended, untilSaid } = start(0)
    await untilSaid('over')
    child.kill(name)
    expect(await ended).toBe(name)
  },
)

test('the first one lets a command drain, its echo changes nothing, a later one ends it', async () => {
  const { child, ended, untilSaid, pause, isAlive } = start(10_000)
  await untilSaid('listening')
  child.kill('SIGINT')
  await untilSaid('stopping')
  child.kill('SIGINT')
  await pause(600)
  expect(isAlive()).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toBe(40)
})

test('the echo of one that was obeyed does not change how the process ends; a later one ends it', async () => {
  const { child, ended, untilSaid, pause, isAlive } = start(200)
  await untilSaid('listening')
  child.kill('SIGINT')
  await untilSaid('over')
  child.kill('SIGTERM')
  await pause(600)
  expect(isAlive()).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toBe(41)
})
