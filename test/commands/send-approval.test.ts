/** What is approved is what goes out, whatever happens while the name is typed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { send } from '../../src/commands/send.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { HOUR_MS, inMs, until } from './schedule-make.ts'
import { addReaders, ISSUE, makeSending, readRows, runAsked, type Sending } from './send-make.ts'

const FULL = '454 Throttling failure: Daily message quota exceeded.'
/** One reader is served, and the quota used up. */
const SPENT = { dot: ['250 ok', FULL, FULL, '250 ok'] } as const
const ONE = { LETTERPRESS_SMTP_CONNECTIONS: '1' }

async function open(readers: number, files?: Readonly<Record<string, string>>) {
  const server = await startScript(SPENT)
  return { server, sending: await makeSending(readers, server.port, files) }
}

/** Sends at a terminal where something happens before the name is typed. */
async function sendWhile(sending: Sending, happens: () => unknown, more: object = {}) {
  const answer = async () => {
    await happens()
    return 'good'
  }
  return await runAsked({ ...sending, env: { ...sending.env, ...ONE } }, send, {}, answer, more)
}

async function listApprovals({ root }: Sending): Promise<unknown[]> {
  return await readRows(root, "SELECT how FROM run_events WHERE what = 'approved' ORDER BY key")
}

describe('another terminal approves the issue while the name is typed', () => {
  test('with another text: nothing more goes out, and it is said', async () => {
    const { server, sending } = await open(4)
    const sent = sendWhile(sending, async () => {
      writeFileSync(join(sending.root, 'issues/good.md'), ISSUE.replace('Text.', 'Other text.'))
      await sending.run(['send', 'good', '--yes', '--force', '--wait', '1m'], ONE)
    })
    await expect(sent).rejects.toMatchObject({
      code: 'delivery/approved-meanwhile',
      kind: 'usage',
      message: expect.stringMatching(
        /content [0-9a-f]{64}.* instead of [0-9a-f]{64}.*Nothing was sent by this command/,
      ) as string,
    })
    expect(server.taken).toHaveLength(1)
    expect(await sending.status()).toMatchObject({ accepted: 1, pending: 3 })
    expect(await listApprovals(sending)).toEqual([{ how: 'flag' }])
  }, 60_000)

  test('for fewer readers: it does not pass for done', async () => {
    const { server, sending } = await open(3)
    const sent = sendWhile(sending, async () => {
      expect(await sending.run(['send', 'good', '--yes', '--segment', 'tag:even'], ONE)).toMatchObject({ code: 0 })
    })
    await expect(sent).rejects.toMatchObject({
      code: 'delivery/approved-meanwhile',
      message: expect.stringContaining('for the segment "tag:even" instead of everybody') as string,
      hint: expect.stringContaining('letterpress status good') as string,
    })
    expect(server.taken).toHaveLength(1)
  }, 60_000)

  test('for another time: it is left as it is', async () => {
    const { server, sending } = await open(2)
    const sent = sendWhile(sending, async () => {
      const other = sending.start(['send', 'good', '--yes', '--at', inMs(HOUR_MS)])
      await until(() => other.stderr().includes('leaves it scheduled'))
      other.kill('SIGTERM')
      await other.code
    })
    await expect(sent).rejects.toMatchObject({
      code: 'delivery/approved-meanwhile',
      message: expect.stringContaining('instead of at once') as string,
    })
    expect(server.taken).toHaveLength(0)
    expect(await sending.status()).toMatchObject({ state: 'scheduled', pending: 2 })
  }, 60_000)

  test('as it is approved here: both approvals are kept, and everybody gets it once', async () => {
    const { server, sending } = await open(4)
    const sent = await sendWhile(sending, async () => {
      expect(await sending.run(['send', 'good', '--yes', '--wait', '1m'], ONE)).toMatchObject({ code: 3 })
    })
    expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining('approved meanwhile') as string })
    expect(server.taken).toHaveLength(4)
    expect(await listApprovals(sending)).toEqual([{ how: 'flag' }, { how: 'typed' }])
  }, 60_000)
})

test('readers who come while the name is typed get it too, and that is said', async () => {
  const server = await startScript({})
  const sending = await makeSending(1, server.port)
  const sent = await sendWhile(sending, async () => await addReaders(sending.root, 1, 2))
  expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining('2 get it, not 1') as string })
  expect(server.taken).toHaveLength(2)
}, 60_000)

describe('an image', () => {
  const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  const WITH_IMAGE = ISSUE.replace('Text.', `${'Words beside the picture. '.repeat(20)}\n\n![A dot](good/dot.gif)`)

  test.for([
    ['replaced', (file: string) => writeFileSync(file, Buffer.concat([GIF, Buffer.from('other')]))],
    ['removed', (file: string) => rmSync(file)],
  ] as const)('%s while the name is typed goes out as it was tested', { timeout: 60_000 }, async ([, change]) => {
    const server = await startScript({})
    const sending = await makeSending(2, server.port)
    const file = join(sending.root, 'issues/good/dot.gif')
    mkdirSync(join(sending.root, 'issues/good'))
    writeFileSync(file, GIF)
    writeFileSync(join(sending.root, 'issues/good.md'), WITH_IMAGE)
    expect(await sending.run(['test', 'good', '--to', 'me@example.com'])).toMatchObject({ code: 0 })
    expect(await sendWhile(sending, () => change(file))).toMatchObject({ code: 0 })
    const mails = await Promise.all(server.taken.map(async (message) => await PostalMime.parse(message)))
    expect(mails.map(({ attachments }) => Buffer.from(attachments[0]?.content as ArrayBuffer))).toEqual([GIF, GIF, GIF])
  })
})
