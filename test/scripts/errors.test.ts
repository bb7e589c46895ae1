import { expect, test } from 'vitest'
import { writeErrors } from '../../scripts/reference/errors.ts'
import { listFiles, readSource } from '../helpers/source-tree.ts'

test('the reference lists every error code of the sources, once', async () => {
  const files = listFiles('src', /\.ts$/).filter((path) => /\/errors(?:\.ts|\/.*\.ts)$/.test(path))
  const codes = files.flatMap((path) =>
    Array.from(readSource(path).text.matchAll(/\bcode: '([a-z]+\/[a-z0-9-]+)'/g), ([, code]) => code),
  )
  expect(codes.length).toBeGreaterThan(100)
  const listed = Array.from((await writeErrors()).matchAll(/^\| `([^`]+)` \|/gm), ([, code]) => code)
  expect(new Set(listed)).toEqual(new Set(codes))
  expect(listed).toHaveLength(new Set(codes).size)
})
