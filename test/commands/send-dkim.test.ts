import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBounceAddress, tagIssue } from '../../src/message/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { startScript } from '../helpers/smtp-script.ts'
import { ed25519Key, PASSED, pem, RSA, ED25519, rsaKey, verdicts } from '../message/dkim-make.ts'
import { makeSending, openServer, readRows } from './send-make.ts'

const DKIM =
  "{ domain: 'news.example.com', selector: 's1', keyFile: 'data/rsa.pem', ed25519: { selector: 'e1', keyFile: 'data/e.pem' } }"
const config = (more: string) =>
  `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto', ${more} }\n`
const FILES = {
  'letterpress.config.ts': config(`dkim: ${DKIM}, bounces: { domain: 'b.example.com' }`),
  'data/rsa.pem': pem(RSA),
  'data/e.pem': pem(ED25519),
}

test('every message that is sent verifies with both keys, those of a test too', async () => {
  const server = await openServer(makeFolder())
  const sending = await makeSending(30, server.port, FILES)
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  for (const [folder, count] of [
    [server.folder, 30],
    [join(sending.root, 'tests'), 1],
  ] as const) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))
    expect(names).toHaveLength(count)
    for (const name of names) expect(await verdicts(readFileSync(join(folder, name)))).toEqual(PASSED)
  }
})

test('each message has a return address of its own, which only we can make', async () => {
  const script = await startScript({})
  const sending = await makeSending(10, script.port, FILES)
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
  const senders = script.commands.flatMap((line) => /^MAIL FROM:<([^>]+)>/i.exec(line)?.[1] ?? [])
  expect(new Set(senders).size).toBe(10)
  const secret = /LETTERPRESS_SECRET=(.+)/.exec(readFileSync(join(sending.root, '.env'), 'utf8'))?.[1] ?? ''
  for (const sender of senders) {
    const read = readBounceAddress(sender, 'b.example.com', [{ id: 'k1', secret }])
    expect(read).toMatchObject({ issueTag: tagIssue('good'), purpose: 'unsubscribe' })
    expect(readBounceAddress(sender, 'b.example.com', [{ id: 'k1', secret: `${secret}x` }])).toBeUndefined()
  }
})

const SHORT = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)
const CASES = [
  ['is gone', undefined, /data\/e\.pem cannot be read: it does not exist/],
  ['is damaged', pem(ED25519).slice(0, 60), /data\/e\.pem cannot be used/],
  ['is of the other kind', pem(RSA), /data\/e\.pem cannot be used: it is of type rsa/],
] as const

test.for(CASES)('nothing is sent when a key %s, and all of it once the key is back', async ([, key, reason]) => {
  const server = await openServer(makeFolder())
  const sending = await makeSending(3, server.port, FILES)
  const file = join(sending.root, 'data/e.pem')
  if (key === undefined) rmSync(file)
  else writeFileSync(file, key)
  for (const command of [
    ['plan', 'good'],
    ['send', 'good', '--yes'],
    ['test', 'good', '--to', 'me@example.com'],
  ]) {
    const failed = await sending.run(command)
    expect(failed, command[0]).toMatchObject({ code: 2 })
    expect(failed.stderr).toMatch(reason)
  }
  expect(readdirSync(server.folder).filter((name) => name.endsWith('.eml'))).toEqual([])
  expect(await readRows(sending.root, 'SELECT * FROM runs')).toEqual([])
  writeFileSync(file, pem(ED25519))
  expect(await sending.run(['send', 'good', '--yes'])).toMatchObject({ code: 0 })
})

test('a key that became too short stops a send that goes on; nobody is mailed, nothing is lost', async () => {
  const script = await startScript({ data: { reply: '421 4.3.2 closing', hangUp: true } })
  const sending = await makeSending(3, script.port, FILES)
  const first = await sending.run(['send', 'good', '--yes'], {
    LETTERPRESS_RETRY_RECONNECTS: '1',
    LETTERPRESS_RETRY_RECONNECT_MS: '1',
  })
  expect(first.code).not.toBe(0)
  writeFileSync(join(sending.root, 'data/rsa.pem'), SHORT)
  const server = await openServer(makeFolder())
  const env = { SMTP_URL: `smtp://127.0.0.1:${server.port}` }
  const second = await sending.run(['send', 'good', '--yes'], env)
  expect(second).toMatchObject({ code: 2 })
  expect(second.stderr).toMatch(/has 1024 bits/)
  expect(readdirSync(server.folder).filter((name) => name.endsWith('.eml'))).toEqual([])
  writeFileSync(join(sending.root, 'data/rsa.pem'), pem(RSA))
  expect(await sending.run(['send', 'good', '--yes'], env)).toMatchObject({ code: 0 })
  const names = readdirSync(server.folder).filter((name) => name.endsWith('.eml'))
  expect(names).toHaveLength(3)
  const keys = [rsaKey, ed25519Key]
  for (const name of names) expect(await verdicts(readFileSync(join(server.folder, name)), keys)).toEqual(PASSED)
})

test('a domain that DMARC does not count for the sender is refused before anything is frozen', async () => {
  const server = await openServer(makeFolder())
  const sending = await makeSending(3, server.port, FILES)
  const other = config(`dkim: ${DKIM.replace('news.example.com', 'relay.example.net')}`)
  writeFileSync(join(sending.root, 'letterpress.config.ts'), other)
  const failed = await sending.run(['send', 'good', '--yes', '--force'])
  expect(failed).toMatchObject({ code: 2 })
  expect(failed.stderr).toMatch(/Messages from news\.example\.com would be signed by relay\.example\.net/)
  expect(await readRows(sending.root, 'SELECT * FROM runs')).toEqual([])
})
