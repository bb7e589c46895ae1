import { expect, test } from 'vitest'
import { createPaint, formatCodeFrame } from '../../src/base/index.ts'
import { parseIssue } from '../../src/issue/index.ts'
import { OPTIONS } from './blocks.ts'
import { FRONT } from './read.ts'

const CASES = [
  ['unknown-block', `${FRONT}Hello.\n\n::promp{name="ebook"}\n\nMore.\n`],
  ['wrong-date', '---\ntitle: Papers\ndate: 2024-02-31\nsubjct: x\n---\nHello.\n'],
  ['unclosed-block', `${FRONT}:::note{title="N"}\nText.\n\n## A\n`],
] as const

test.each(CASES)('shows %s with the lines around it', async (name, source) => {
  const { diagnostics, source: text } = await parseIssue(source, 'issues/test.md', OPTIONS)
  const shown = diagnostics
    .map((problem) => {
      const place = `${problem.file}:${problem.range?.start.line}:${problem.range?.start.column}`
      return `${problem.severity} ${problem.code}  ${problem.message}\n  ${place}\n${formatCodeFrame(problem, text, createPaint(false))}\n  hint: ${problem.hint}\n`
    })
    .join('\n')
  await expect(shown).toMatchFileSnapshot(new URL(`../golden/issue/${name}.txt`, import.meta.url).pathname)
})
