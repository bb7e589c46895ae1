import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { loadFixtureReaders, signToken, verifyToken } from '../../src/subscriber/index.ts'
import { makeFolder, write } from '../helpers/folder.ts'

const shipped = fileURLToPath(new URL('../../readers.yaml', import.meta.url))

function load(yaml: string) {
  return loadFixtureReaders(write(makeFolder(), 'readers.yaml', yaml))
}

function failure(yaml: string): AppError {
  try {
    load(yaml)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('expected an AppError')
}

test('reads the shipped readers, in many scripts, whose ids fit into tokens', () => {
  const readers = loadFixtureReaders(shipped)
  expect(readers.length).toBeGreaterThanOrEqual(10)
  expect(new Set(readers.map(({ id }) => id)).size).toBe(readers.length)
  expect(readers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['田中さくら', 'ليلى حدّاد', `O'Brien, "Pat"`, undefined]),
  )
  const key = { id: 'k1', secret: 's' }
  for (const { id } of readers) {
    expect(verifyToken(signToken('unsubscribe', id, key), [key])?.subscriberId).toBe(id)
  }
})

test('gives tags and fields to a reader that has none, and nothing else', () => {
  expect(load('readers:\n  - { id: a, email: a@例え.jp }\n')).toEqual([
    { id: 'a', email: 'a@xn--r8jz45g.jp', tags: [], fields: {} },
  ])
})

describe('names file, line and problem of', () => {
  test.for([
    ['a broken YAML file', 'readers:\n  - { id: a, email: a@example.com\n', 3, ''],
    ['a list that is missing', 'people: []\n', 1, 'readers'],
    ['an empty list', 'readers: []\n', 1, 'readers'],
    ['an empty file', '', 1, ''],
    [
      'an address that is none',
      'readers:\n  - id: a\n    email: a@example.com\n  - id: b\n    email: Bob <b@example.com>\n',
      5,
      '"Bob <b@example.com>"',
    ],
    [
      'an address with a line of its own',
      'readers:\n  - id: a\n    email: "a@example.com\\r\\nBcc: x@evil.example"\n',
      3,
      'readers.0.email',
    ],
    ['an id that would not fit into a token', 'readers:\n  - email: a@example.com\n    id: a b\n', 3, 'readers.0.id'],
    [
      'an unknown key',
      'readers:\n  - { id: a, email: a@example.com }\n  - { id: b, email: b@example.com, nick: b }\n',
      3,
      'nick',
    ],
    [
      'a field that is no text',
      'readers:\n  - id: a\n    email: a@example.com\n    fields:\n      n: 5\n',
      5,
      'readers.0.fields.n',
    ],
    ['an alias, which could multiply without end', 'readers:\n  - &x { id: a, email: a@example.com }\n  - *x\n', 3, ''],
    ['a key given twice', 'readers:\n  - id: a\n    id: b\n    email: a@example.com\n', 3, ''],
    [
      'an id given twice',
      'readers:\n  - { id: a, email: a@example.com }\n  - { id: a, email: b@example.com }\n',
      3,
      '"a"',
    ],
  ] as const)('%s', ([, yaml, line, part]) => {
    const error = failure(yaml)
    expect(error).toMatchObject({ code: 'subscriber/invalid-readers', kind: 'usage' })
    expect(error.message).toMatch(new RegExp(`readers\\.yaml:${line}\\)`))
    expect(error.message).toContain(part)
    expect(error.message).not.toContain('\n')
  })

  test('a file that is not there', () => {
    expect(() => loadFixtureReaders('/nowhere/readers.yaml')).toThrow(AppError)
  })
})

test('a reader’s field cannot reach a prototype', () => {
  const [reader] = load('readers:\n  - { id: a, email: a@example.com, fields: { __proto__: x, constructor: y } }\n')
  expect(Object.getPrototypeOf(reader?.fields)).toBe(Object.prototype)
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})
