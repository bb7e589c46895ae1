import { expect } from 'vitest'
import { fillSlots, type Segments, type SlotFormat, type SlotValues } from '../../src/render/index.ts'
import { needsStuffing } from '../../src/transport/smtp/hand-over.ts'
import { findFaults } from './make.ts'

/** A part without children, decoded by RFC 2045 and nothing else. */
export interface Leaf {
  readonly type: string
  readonly bytes: Buffer
}

/** The leaves of a message in order, found by its boundaries. */
export function readLeaves(raw: Buffer): Leaf[] {
  return readEntity(raw.toString('latin1'))
}

function readEntity(entity: string): Leaf[] {
  const end = entity.indexOf('\r\n\r\n')
  const head = entity.slice(0, end).replaceAll(/\r\n[ \t]/g, ' ')
  const body = entity.slice(end + 4)
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1]
  if (boundary === undefined) {
    const isText = head.includes('Content-Transfer-Encoding: quoted-printable')
    const bytes = isText ? decodeQuotedPrintable(body) : Buffer.from(body, 'base64')
    return [{ type: /^Content-Type: ([^;]+)/m.exec(head)?.[1] ?? '', bytes }]
  }
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`)
  expect(parts[0]).toBe('')
  expect(['--', '--\r\n']).toContain(parts.at(-1))
  return parts.slice(1, -1).flatMap((part) => readEntity(part.replace(/^\r\n/, '')))
}

function decodeQuotedPrintable(body: string): Buffer {
  expect(body).not.toMatch(/=(?![0-9A-F]{2}|\r\n)/)
  const octets = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(octets, 'latin1')
}

/** What a reader of the mail must find: the filled text with the line ends of a mail, in UTF-8. */
export function fillExactly(segments: Segments, values: SlotValues, format: SlotFormat): Buffer {
  const clean = (text: string) => text.toWellFormed().replaceAll(/\r\n?/g, '\n')
  const parts = segments.map((part) => {
    if (typeof part === 'string') return clean(part)
    return part.fallback === undefined ? part : { ...part, fallback: clean(part.fallback) }
  })
  return Buffer.from(fillSlots(parts, values, format).replaceAll('\n', '\r\n'))
}

/** Asserts what makes bytes fit for any way a mail may go: lines of 76 columns in the body, nothing to stuff or to mend. */
export function expectFit(raw: Buffer): void {
  expect(findFaults(raw)).toEqual([])
  expect(needsStuffing(raw)).toBe(false)
  const text = raw.toString('latin1')
  const body = text.slice(text.indexOf('\r\n\r\n') + 4).split('\r\n')
  expect(body.filter((line) => line.length > 76)).toEqual([])
  expect(body.filter((line) => /^(?:\.|From )|[ \t]$/.test(line))).toEqual([])
}
