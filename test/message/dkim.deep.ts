/**
 * Signatures as dkimpy reads them, a verifier that shares no code with ours or with mailauth. It comes with Debian's
 * python3-dkim and python3-nacl; without them this says so, and fails under CI.
 */
import { beforeAll, expect, test } from 'vitest'
import { buildKeyRecord } from '../../src/message/index.ts'
import { hasPythonDkim, verifyWithPython } from '../helpers/python-dkim.ts'
import { signIssues } from './dkim-issues.ts'
import { ed25519Key, insertBefore, rsaKey } from './dkim-make.ts'

const RECORDS = [rsaKey, ed25519Key].map(buildKeyRecord)
const NEEDS = 'python3 with dkim and nacl (Debian: python3-dkim python3-nacl)'

if (!hasPythonDkim && !process.env['CI']) console.warn(`Not tested: DKIM against dkimpy, which needs ${NEEDS}.`)

test.runIf(process.env['CI'])('dkimpy is there', () => {
  expect(hasPythonDkim, NEEDS).toBe(true)
})

let messages: Awaited<ReturnType<typeof signIssues>> = []
beforeAll(async () => {
  messages = await signIssues()
})

test.runIf(hasPythonDkim)('every example issue verifies for every reader, with both keys', () => {
  const verdicts = verifyWithPython(
    messages.map(({ raw }) => raw),
    RECORDS,
  )
  expect(verdicts).toHaveLength(messages.length)
  const failed = messages.filter((_, index) => verdicts[index]?.join() !== 'true,true').map(({ what }) => what)
  expect(failed).toEqual([])
})

test.runIf(hasPythonDkim)('a change of any octet of the signed head fails both', () => {
  const raw = messages[0]?.raw ?? Buffer.alloc(0)
  const start = raw.indexOf('\r\nFrom:') + 2
  const end = raw.indexOf('\r\n\r\n')
  const changed: Buffer[] = []
  for (let at = start; at < end; at++) {
    // Blanks and line ends are exempt: relaxed canonicalisation ignores which they are (RFC 6376 §3.4.2).
    if (/\s/.test(String.fromCharCode(raw[at] ?? 0))) continue
    const copy = Buffer.from(raw)
    copy[at] = raw[at] === 0x78 ? 0x79 : 0x78
    changed.push(copy)
  }
  expect(changed.length).toBeGreaterThan(500)
  expect(verifyWithPython(changed, RECORDS).flat()).not.toContain(true)
})

test.runIf(hasPythonDkim)('a change of any of 300 octets of the body fails both', () => {
  const raw = messages[0]?.raw ?? Buffer.alloc(0)
  const start = raw.indexOf('\r\n\r\n') + 4
  const step = Math.floor((raw.length - start) / 300)
  const changed = Array.from({ length: 300 }, (_, index) => {
    const copy = Buffer.from(raw)
    const at = start + index * step
    copy[at] = (raw[at] ?? 0) ^ 0x01
    return copy
  })
  expect(verifyWithPython(changed, RECORDS).flat()).not.toContain(true)
})

test.runIf(hasPythonDkim)('a second field of those that count fails both', () => {
  const raw = messages[0]?.raw ?? Buffer.alloc(0)
  const lines = [
    'From: evil@evil.example',
    'Subject: other',
    'Reply-To: evil@evil.example',
    'Content-Type: text/plain',
    'List-Unsubscribe: <https://evil.example/>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ]
  const changed = lines.flatMap((line) => ['From', 'Precedence'].map((before) => insertBefore(raw, before, line)))
  expect(verifyWithPython(changed, RECORDS).flat()).not.toContain(true)
})
