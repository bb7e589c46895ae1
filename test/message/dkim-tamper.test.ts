import { expect, test } from 'vitest'
import { PASSED, makeSigner, verdicts } from './dkim-make.ts'
import { compose } from './make.ts'

// What follows relaxed canonicalisation of heads (RFC 6376 §3.4.2): these changes alone are not seen.
const IS_IGNORED = [
  ['the case of a field’s name', (before: string, after: string, isName: boolean) => isName && same(before, after)],
  ['one blank for another', (before: string, after: string) => /[ \t]/.test(before) && /[ \t]/.test(after)],
] as const

function same(before: string, after: string): boolean {
  return before.toLowerCase() === after.toLowerCase()
}

const { raw } = await makeSigner().sign(await compose())
const head = raw.toString('latin1', 0, raw.indexOf('\r\n\r\n'))
const ownStart = head.indexOf('\r\nFrom:') + 2

/** The message with one octet replaced. */
function change(at: number, octet: number): Buffer {
  const changed = Buffer.from(raw)
  changed[at] = octet
  return changed
}

async function isPassed(changed: Buffer): Promise<boolean> {
  return (await verdicts(changed)).some((verdict) => verdict.endsWith(' pass'))
}

test('the message itself verifies', async () => {
  expect(await verdicts(raw)).toEqual(PASSED)
})

test('a change of any octet of a signed field is seen', async () => {
  const unseen: string[] = []
  for (let at = ownStart; at < head.length; at++) {
    const before = head[at] ?? ''
    const lineStart = head.lastIndexOf('\r\n', at) + 2
    const isName = !/[ \t]/.test(head[lineStart] ?? '') && at < head.indexOf(':', lineStart)
    for (const octet of [raw[at] === 0x78 ? 0x79 : 0x78, (raw[at] ?? 0) ^ 0x20, (raw[at] ?? 0) ^ 0x01]) {
      const after = String.fromCharCode(octet)
      if (IS_IGNORED.some(([, isIgnored]) => isIgnored(before, after, isName))) continue
      if (await isPassed(change(at, octet))) unseen.push(`${at}: ${JSON.stringify(before)} to ${JSON.stringify(after)}`)
    }
  }
  expect(unseen).toEqual([])
})

test('and so is its loss', async () => {
  const unseen: string[] = []
  for (let at = ownStart; at < head.length; at++) {
    const [before = '', next = '', last = ''] = [head[at], head[at + 1], head[at - 1]]
    const isBlank = /[ \t\r\n]/.test(before) && /[ \t\r\n:]/.test(next + last)
    if (isBlank) continue
    if (await isPassed(Buffer.concat([raw.subarray(0, at), raw.subarray(at + 1)]))) unseen.push(`${at}: ${before}`)
  }
  expect(unseen).toEqual([])
})

test('a change of any of 400 octets of the body is seen, blanks and line ends too', async () => {
  const start = head.length + 4
  const step = Math.max(1, Math.floor((raw.length - start) / 400))
  const unseen: number[] = []
  for (let at = start; at < raw.length - 2; at += step) {
    if (await isPassed(change(at, (raw[at] ?? 0) ^ 0x01))) unseen.push(at)
  }
  const blank = raw.indexOf(' ', start)
  const twoBlanks = Buffer.concat([raw.subarray(0, blank), Buffer.from(' '), raw.subarray(blank)])
  if (await isPassed(twoBlanks)) unseen.push(blank)
  expect(unseen).toEqual([])
})

test('a change of any tag of a signature fails that signature', async () => {
  const first = head.slice(0, head.indexOf('\r\nDKIM-Signature', 10))
  const unseen: string[] = []
  for (const match of first.matchAll(/\b(?:v|a|c|d|s|t|bh|h|b)=./g)) {
    const at = match.index + match[0].length - 1
    const verdict = await verdicts(change(at, (raw[at] ?? 0) ^ 0x01))
    if (verdict[0] === PASSED[0]) unseen.push(match[0])
  }
  expect(unseen).toEqual([])
})

test('no text can be put behind the body', async () => {
  expect(await isPassed(Buffer.concat([raw, Buffer.from('more\r\n')]))).toBe(false)
})
