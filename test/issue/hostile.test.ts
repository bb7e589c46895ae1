import { expect, test } from 'vitest'
import { parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'
import { FRONT } from './read.ts'

const many = (text: string, count = 10_000): string => text.repeat(count)

test.each([
  ['quotes', many('>')],
  ['lists', many('- ')],
  ['lists by indentation', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n')],
  ['brackets', many('[')],
  ['closed brackets', many('[') + many(']')],
  ['links', many('[a](')],
  ['images', many('![a](')],
  ['emphasis', many('*a **b ')],
  ['underscores', many('_a__b ')],
  ['backticks', Array.from({ length: 400 }, (_, i) => `${'`'.repeat(i)} a`).join('')],
  ['dollars', many('$a_ ')],
  ['groups of LaTeX', `$x${many('{', 900)}$`],
  ['scripts of LaTeX', `$x${many('^{a', 300)}$`],
  ['commands of LaTeX', many('\\frac{')],
  ['slots', many('{{ a ')],
  ['HTML', many('<a ')],
  ['containers', many(':::note\n')],
  ['colons', many(':')],
  ['attributes', `::toc{${many('a=b ')}}`],
  ['equal headings', many('## a\n', 3000)],
  ['underlined headings', many('a\n---\n', 3000)],
  ['footnotes', Array.from({ length: 4000 }, (_, i) => `[^${i}]: x [^${i + 1}]\n\n`).join('')],
  ['quotation marks', many('"a\' ')],
  ['hyphens', `a${many('-')}`],
  ['addresses', many('www.a')],
])('reads ten thousand %s without an exception', async (_name, body) => {
  await parseIssue(FRONT + body, 'issues/test.md', OPTIONS)
})

test.each([
  ['yaml', many('[')],
  ['yaml', many('{a: ')],
  ['yaml', many('- ')],
  ['yaml', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['json', many('[')],
  ['json', many('{"a":')],
])('refuses deep %s', async (extension, source) => {
  const { diagnostics } = await parseIssue(source, `issues/test.${extension}`, OPTIONS)
  expect(diagnostics).toHaveLength(1)
})

test('leaves prototypes alone', async () => {
  const source = `${FRONT}::toc{__proto__="x" constructor="y" toString="z"}\n\n[a][__proto__] [^constructor]\n`
  await parseIssue(source, 'issues/test.md', OPTIONS)
  await parseIssue('{"__proto__":{"polluted":1},"title":"T","week":"2024-W11"}', 'issues/test.json', OPTIONS)
  expect(Object.keys(Object.prototype)).toEqual([])
})
