import { expect, test } from 'vitest'
import { renderExamples } from './examples.ts'
import { listMarkupProblems } from './mail-markup.ts'

test('html-validate says where markup is wrong', async () => {
  const problems = await listMarkupProblems('<!doctype html><html lang="en"><body><p><div>x</div></p></body></html>')
  expect(problems.join('\n')).toContain("close-order at 1:54: Stray end tag '</p>'")
})

// All templates and issues are looked at by `npm run test:deep`.
test.each(['digest', 'classic'])('html-validate has nothing against the %s template', async (template) => {
  const files = ['craft-of-the-mail', 'arabic', 'reading-list']
  const examples = await renderExamples([template], (file) => files.some((name) => file.includes(name)))
  expect(examples).toHaveLength(files.length)
  for (const { what, html } of examples) expect(await listMarkupProblems(html), what).toEqual([])
})
