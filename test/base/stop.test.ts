import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const fixture = fileURLToPath(new URL('../fixtures/process/stopping.ts', import.meta.url))

/** Starts a command of the fixture. */
async function start(kind: 'over' | 'draining' | 'drained') {
  const child = spawn(process.execPath, [fixture, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  const untilSaid = async (word: string) => {
    while (!said.includes(word)) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await untilSaid('ready')
  return { child, ended, untilSaid, isAlive: () => child.exitCode === null && child.signalCode === null }
}

/** Longer than an echo takes at most. */
const pause = async () => await new Promise((resolve) => setTimeout(resolve, 600))

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s after a command is over ends its process at once',
  async (name) => {
    const { child, ended } = await start('over')
    child.kill(name)
    expect(await ended).toBe(name)
  },
)

test.for([
  ['the first one lets a command drain, its echo changes nothing, a later one ends it', 'draining', 40],
  ['the echo of one that was obeyed does not change how the process ends; a later one ends it', 'drained', 41],
] as const)('%s', async ([, kind, code]) => {
  const { child, ended, untilSaid, isAlive } = await start(kind)
  child.kill('SIGINT')
  await untilSaid('stopped')
  await pause()
  expect(isAlive()).toBe(true)
  child.kill('SIGINT')
  expect(await ended).toBe(code)
})
