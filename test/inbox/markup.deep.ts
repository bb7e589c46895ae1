/** The markup of every template × every example issue, as the Nu HTML checker and html-validate judge it: no errors. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Example, renderExamples } from './examples.ts'
import { listMarkupProblems } from './mail-markup.ts'
import { requireProgram } from './programs.ts'
import { listVnuErrors, requireVnu } from './vnu.ts'

const JAVA = { name: 'Java', packages: ['default-jre-headless'], probe: ['java', '-version'] } as const

let examples: readonly Example[]
beforeAll(async () => {
  examples = await renderExamples()
}, 300_000)

test('html-validate finds nothing', { timeout: 300_000 }, async () => {
  const problems: string[] = []
  for (const { what, html } of examples) {
    for (const problem of await listMarkupProblems(html)) problems.push(`${what}: ${problem}`)
  }
  expect(problems).toEqual([])
})

describe.skipIf(!((await requireProgram(JAVA)) && (await requireVnu())))('the Nu HTML checker', () => {
  test('finds no error', { timeout: 600_000 }, async () => {
    const wrong = { what: 'a faulty document', html: '<!doctype html><title>x</title><p><center>x</p>' }
    const errors = await listVnuErrors([wrong, ...examples])
    expect(errors.filter((error) => error.startsWith(wrong.what)).length).toBeGreaterThan(0)
    expect(errors.filter((error) => !error.startsWith(wrong.what))).toEqual([])
  })
})
