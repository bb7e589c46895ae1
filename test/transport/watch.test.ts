import { expect, it } from 'vitest'
import { createWatch } from '../../src/transport/smtp/watch.ts'

const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

it('keeps the process alive while something is waited for', () => {
  const before = countTimers()
  const watch = createWatch(() => undefined)
  watch.allow(600_000)
  expect(countTimers()).toBe(before + 1)
  watch.stop()
  expect(countTimers()).toBe(before)
})

it('sets no timer once it was stopped, whoever asks later', () => {
  const before = countTimers()
  const watch = createWatch(() => undefined)
  watch.allow(600_000)
  watch.stop()
  watch.allow(600_000)
  expect(countTimers()).toBe(before)
})
