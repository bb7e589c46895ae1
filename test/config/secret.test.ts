import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { ensureSecret } from '../../src/config/index.ts'
import { makeFolder } from '../helpers/folder.ts'

const KNOWN = 'a secret of thirty-two characters'

const read = (root: string) => readFileSync(join(root, '.env'), 'utf8')

test('a known secret is used, and nothing is written', () => {
  const root = makeFolder()
  expect(ensureSecret(root, { LETTERPRESS_SECRET: KNOWN })).toEqual({ value: KNOWN })
  expect(() => read(root)).toThrow('ENOENT')
})

test('a new one is 256 bits of chance, in a file for its owner alone, with a word on backing it up', () => {
  const root = makeFolder()
  const secret = ensureSecret(root, {})
  expect(secret.value).toMatch(/^[\w-]{43}$/)
  expect(secret.writtenTo).toBe(join(root, '.env'))
  expect(parseEnv(read(root))).toEqual({ LETTERPRESS_SECRET: secret.value })
  expect(read(root)).toContain('Back it up')
  expect(statSync(join(root, '.env')).mode & 0o777).toBe(0o600)
  expect(ensureSecret(makeFolder(), {}).value).not.toBe(secret.value)
})

test.for([
  ['ends in a line feed', 'SMTP_URL=smtp://localhost\n'],
  ['ends without one', 'SMTP_URL=smtp://localhost'],
  ['ends in CRLF', 'SMTP_URL=smtp://localhost\r\n'],
  ['has an empty secret', 'SMTP_URL=smtp://localhost\nLETTERPRESS_SECRET=\n'],
  ['has a secret in a comment', 'SMTP_URL=smtp://localhost\n# LETTERPRESS_SECRET=old'],
] as const)('what stands in a file that %s is kept', ([, before]) => {
  const root = makeFolder({ '.env': before })
  const { value } = ensureSecret(root, { LETTERPRESS_SECRET: '' })
  expect(read(root).startsWith(before)).toBe(true)
  expect(parseEnv(read(root))).toEqual({ SMTP_URL: 'smtp://localhost', LETTERPRESS_SECRET: value })
})

test('it is made once: who asks again with what they read before gets the same', () => {
  const root = makeFolder()
  const first = ensureSecret(root, {})
  const second = ensureSecret(root, {})
  expect(second).toEqual({ value: first.value })
  expect(read(root).match(/LETTERPRESS_SECRET=/g)).toHaveLength(1)
})

describe('a file that cannot be written', () => {
  test.for([
    ['is a folder', (root: string) => mkdirSync(join(root, '.env'))],
    ['lies in a folder that is none', () => undefined],
  ] as const)('because it %s is reported, with what to do instead', ([what, prepare]) => {
    const root = makeFolder({ file: '' })
    prepare(root)
    let error: unknown
    try {
      ensureSecret(what === 'is a folder' ? root : join(root, 'file'), {})
    } catch (reason) {
      error = reason
    }
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'config/secret-not-written',
      kind: 'environment',
      hint: expect.stringContaining('LETTERPRESS_SECRET') as string,
    })
    expect((error as AppError).message).toContain('Nothing was sent')
    expect((error as AppError).message).not.toMatch(/[\w-]{43}/)
  })
})

test.each(['short', 'a'.repeat(31)])('refuses %s, which could be guessed', (secret) => {
  expect(() => ensureSecret(makeFolder(), { LETTERPRESS_SECRET: secret })).toThrow('it needs 32 at least')
})
