import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { createCsvReader } from '../../src/subscriber/import/csv-reader.ts'
import { sniffShape } from '../../src/subscriber/import/sniff.ts'
import { seedRandom } from '../helpers/random.ts'

interface Read {
  readonly records: string[][]
  readonly lines: number[]
  readonly problems: { line: number; reason: string }[]
}

function read(pieces: readonly string[], delimiter = ','): Read {
  const result: Read = { records: [], lines: [], problems: [] }
  const reader = createCsvReader({
    delimiter,
    onRecord: (cells, line) => {
      result.records.push(cells)
      result.lines.push(line)
    },
    onProblem: (line, reason) => result.problems.push({ line, reason }),
  })
  for (const piece of pieces) reader.write(piece)
  reader.end()
  return result
}

test('reads cells, quotes, doubled quotes and line breaks, and knows the line of each record', () => {
  const { records, lines } = read(['a,b\r\n"1, 2","say ""hi"""\n"two\nlines",x\n\n  ,""\nlast,'])
  expect(records).toEqual([
    ['a', 'b'],
    ['1, 2', 'say "hi"'],
    ['two\nlines', 'x'],
    ['  ', ''],
    ['last', ''],
  ])
  expect(lines).toEqual([1, 2, 3, 6, 7])
})

test('a quote in the middle of a cell is a character', () => {
  expect(read(['5" pipe,it"s "so"\n']).records).toEqual([['5" pipe', 'it"s "so"']])
})

test.each([
  ['a quote never closed', 'a,b\nx,"open\ny,2\nz,3\n', [{ line: 2, reason: 'a quote is opened and never closed' }]],
  [
    'text after a quote',
    'a,b\nx,"a"b\ny,2\nz,3\n',
    [{ line: 2, reason: expect.stringMatching(/after a closing quote/) as string }],
  ],
])('%s costs its own line and no other', (_, text, problems) => {
  const result = read([text])
  expect(result.problems).toEqual(problems)
  expect(result.records).toEqual([
    ['a', 'b'],
    ['y', '2'],
    ['z', '3'],
  ])
  expect(result.lines).toEqual([1, 3, 4])
})

test('an open quote at the top of a long file is given up, and the rest is read', () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `reader${index}@example.com,${index}\n`)
  const text = `a,"b\n${rows.join('')}`
  const pieces = Array.from({ length: Math.ceil(text.length / 65_536) }, (_, index) =>
    text.slice(index * 65_536, (index + 1) * 65_536),
  )
  const result = read(pieces)
  expect(result.problems).toMatchObject([{ line: 1 }])
  expect(result.records).toHaveLength(200_000)
})

test('ten thousand open quotes are read to the end', () => {
  const result = read([`${'x,"open\n'.repeat(10_001)}`])
  expect(result.records.length + result.problems.length).toBeGreaterThan(5000)
})

// Cut anywhere, also between the quotes of a pair and inside CRLF.
test('gives what csv-parse gives for 400 random lists in random pieces', () => {
  const random = seedRandom(7)
  const alphabet = ['a', 'é', '😀', ',', ';', '"', '\n', '\r\n', ' ', '0', "'", '\t']
  for (let round = 0; round < 400; round++) {
    const delimiter = random.pick([',', ';', '\t'])
    const table = Array.from({ length: 1 + random.below(6) }, () =>
      Array.from({ length: 1 + random.below(4) }, () => random.text(alphabet, 8)),
    )
    const cell = (text: string) =>
      /["\r\n]/.test(text) || text.includes(delimiter) || random.below(3) === 0
        ? `"${text.replaceAll('"', '""')}"`
        : text
    const text = table.map((row) => row.map(cell).join(delimiter) + random.pick(['\n', '\r\n'])).join('')
    const wanted = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    }) as string[][]
    const pieces: string[] = []
    for (let at = 0; at < text.length; ) {
      const end = at + 1 + random.below(7)
      pieces.push(text.slice(at, end))
      at = end
    }
    const result = read(pieces, delimiter)
    expect({ text, problems: result.problems }).toEqual({ text, problems: [] })
    expect({ text, records: result.records }).toEqual({ text, records: wanted })
  }
})

test('rubbish of any kind neither throws nor stops', () => {
  const random = seedRandom(11)
  for (let round = 0; round < 2000; round++) {
    const text = random.text(['a', ',', '"', '\n', '\r', '""', '",', ' '], 30)
    const whole = read([text])
    const cut = read(text.split(''))
    expect(cut).toEqual(whole)
  }
})

test.each([
  ['email,name\n', ','],
  ['email;name\n', ';'],
  ['email\tname\n', '\t'],
  ['name;"a,b,c,d";email\n', ';'],
  ['Tags,x,y;email;name\n', ';'],
  ['sep=;\nemail,x,y;name\n', ';'],
  ['email\n', ','],
])('finds the delimiter of %j', (text, delimiter) => {
  expect(sniffShape(text).delimiter).toBe(delimiter)
})
