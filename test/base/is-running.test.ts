import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { isRunning } from '../../src/base/index.ts'

test('a process runs until it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  expect(isRunning(pid)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isRunning(pid)).toBe(false)
  expect(isRunning(process.pid)).toBe(true)
})

test.skipIf(process.platform !== 'linux')('one that ended and is not reaped by its parent does not run', async () => {
  // The shell's own child ends later; `exec` leaves a parent that never waits for it.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'])
  onTestFinished(() => void parent.kill('SIGKILL'))
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  await expect.poll(() => isRunning(pid)).toBe(false)
  expect(() => process.kill(pid, 0)).not.toThrow()
})
