import { expect, test } from 'vitest'
import { startScript } from '../helpers/smtp-script.ts'
import { change, HOUR_MS, makeOverdue, beginServe, until } from './schedule-make.ts'
import { ISSUE, listReceivers, makeSending, readRows } from './send-make.ts'

const count = (text: string, words: string) => text.split(words).length - 1

test('serve waits until a full window of a limit opens again, and says so', async () => {
  const server = await startScript({})
  const sending = await makeSending(3, server.port)
  await makeOverdue(sending, HOUR_MS)
  const serving = beginServe(sending, { LETTERPRESS_LIMITS_PER_HOUR: '2' })
  await until(() => serving.stderr().includes('Goes on by itself at'))
  expect(serving.stderr()).toContain('good: Stopped: 2 an hour are used up')
  expect(server.messages).toHaveLength(2)
  // Several looks later it is still left alone.
  await new Promise((resolve) => setTimeout(resolve, 6000))
  expect(count(serving.stderr(), 'good: sending to')).toBe(1)
  expect(await sending.status()).toMatchObject({ state: 'incomplete', accepted: 2, pending: 1 })
  serving.stop()
  expect(await serving.code).toBe(0)
}, 60_000)

test('serve sends what else is due when one send fails, and looks at that one later', async () => {
  const server = await startScript({})
  const other = ISSUE.replace('title: Good', 'title: Other').replace('Text.', 'Something else altogether.')
  const sending = await makeSending(2, server.port, { 'issues/other.md': other })
  await makeOverdue(sending, HOUR_MS)
  await sending.run(['test', 'other', '--to', 'me@example.com'])
  await makeOverdue(sending, HOUR_MS, 'other')
  await change(sending.root, "UPDATE run_contents SET content = '{' WHERE run_key = 1")
  const before = server.messages.length
  const serving = beginServe(sending)
  await until(() => serving.stderr().includes('other: finished: 2 accepted'))
  await new Promise((resolve) => setTimeout(resolve, 3000))
  serving.stop()
  expect(await serving.code).toBe(0)
  expect(serving.stderr()).toMatch(/good: Stopped: .*JSON/)
  expect(count(serving.stderr(), 'good: sending to')).toBe(1)
  expect(listReceivers(server.messages.slice(before)).toSorted()).toEqual([
    'reader-1@example.com',
    'reader-2@example.com',
  ])
  expect(await readRows(sending.root, 'SELECT slug, state FROM runs ORDER BY key')).toEqual([
    { slug: 'good', state: 'open' },
    { slug: 'other', state: 'finished' },
  ])
}, 60_000)
