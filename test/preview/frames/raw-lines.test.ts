import { expect, test } from 'vitest'
import { readWire } from '../../../src/preview/ui/views/raw-lines.ts'

const MESSAGE = [
  'Subject: A long',
  ' subject',
  'Content-Type: multipart/alternative;',
  '\tboundary="b 1"',
  '',
  'Preamble',
  '--b 1',
  'Content-Type: text/plain',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Soft =',
  'line =3D hard',
  '--b 10',
  '--b 1',
  'Content-Type: text/html',
  '',
  '<a href=',
  '--b 1--',
  'After',
].join('\r\n')

test('tells fields, folds, boundaries and soft breaks apart', () => {
  const { lines } = readWire(MESSAGE)
  expect(lines.map(({ kind }) => kind)).toEqual([
    'field',
    'fold',
    'field',
    'fold',
    'blank',
    'body',
    'boundary',
    'field',
    'field',
    'blank',
    'soft',
    'body',
    // Begins like the boundary, but is another.
    'body',
    'boundary',
    'field',
    'blank',
    // Not quoted-printable, so that nothing is soft.
    'body',
    'boundary',
    'body',
  ])
  expect(lines.map(({ text }) => text).join('\r\n')).toBe(MESSAGE)
})

test('measures the parts that hold something', () => {
  expect(readWire(MESSAGE).parts).toEqual([
    { type: 'text/plain', line: 6, octets: 31 },
    { type: 'text/html', line: 13, octets: 10 },
  ])
})

test('a message without parts is one part', () => {
  expect(readWire('Subject: x\r\n\r\nHello').parts).toEqual([{ type: 'text/plain', line: 0, octets: 7 }])
})
