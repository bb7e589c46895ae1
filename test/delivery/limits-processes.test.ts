import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../helpers/folder.ts'
import { findMost } from './limits-make.ts'
import { openStore } from './make.ts'

const PER_SECOND = 40
const PER_MINUTE = 150
const root = fileURLToPath(new URL('../..', import.meta.url))

/** A process that sends until it is killed; `times` grows. */
function start(folder: string, times: number[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['scripts/run.js', 'test/delivery/limits-process.ts', folder, String(PER_SECOND), String(PER_MINUTE)],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString()}`.split('\n')
    rest = lines.pop() ?? ''
    times.push(...lines.map(Number))
  })
  return child
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('processes that run at once, are killed and started again keep the limits together', async () => {
  const folder = makeFolder()
  await (await openStore(folder)).all('SELECT 1')
  const times: number[][] = [[], [], []]
  const [first = [], second = [], third = []] = times
  const one = start(folder, first)
  await until(() => first.length >= 20)
  const two = start(folder, second)
  await until(() => second.length >= 20)
  one.kill('SIGKILL')
  await once(one, 'exit')
  const three = start(folder, third)
  // The minute is full: nobody gets more.
  await until(() => third.length > 0 || times.flat().length >= 140)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  two.kill('SIGKILL')
  three.kill('SIGKILL')
  await Promise.all([once(two, 'exit'), once(three, 'exit')])
  expect(findMost(times.flat(), 1000)).toBeLessThanOrEqual(PER_SECOND + 1)
  expect(times.flat().length).toBeLessThanOrEqual(PER_MINUTE)
  expect(times.flat().length).toBeGreaterThan(60)
}, 60_000)
