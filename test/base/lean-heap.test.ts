import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

// In a process of its own: the heap is the whole process's.
const script = `
import { setImmediate as turn } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'
import { keepHeapLean } from './src/base/lean-heap.ts'
async function work() {
  let most = 0
  let late = []
  for (let round = 0; round < 1200; round++) {
    for (let index = 0; index < 3000; index++) late.push({ round, list: [index] })
    if (late.length > 250_000) late = []
    await turn()
    most = Math.max(most, getHeapStatistics().total_heap_size)
  }
  return most
}
const before = await work()
const end = keepHeapLean()
await work()
const during = await work()
end()
console.log(JSON.stringify({ before, during, after: await work() }))
`

test('while the heap is kept lean it holds a fraction of what it does otherwise, and after that as much as before', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  const { before = 0, during = 0, after = 0 } = JSON.parse(stdout) as Record<string, number>
  expect(during).toBeGreaterThan(0)
  expect(during / before).toBeLessThan(0.75)
  expect(during / after).toBeLessThan(0.75)
})
