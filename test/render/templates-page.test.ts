import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/base/index.ts'
import { makeNewsletter, openNewsletter } from '../helpers/newsletter.ts'

const page = readFileSync(join(packageRoot, 'docs', 'templates.md'), 'utf8')

/** Every file of the page: its path on a line of its own, then its text. */
const files = Object.fromEntries(
  Array.from(page.matchAll(/^`([^`\n]+)`:\n\n```\w+\n([^]*?)^```$/gm), ([, path = '', text = '']) => [path, text]),
)

const [, example = ''] = /^```markdown\n([^]*?)^```$/m.exec(page) ?? []

test('the template, the block and the theme of docs/templates.md make a mail', async () => {
  expect(Object.keys(files)).toHaveLength(4)
  const root = makeNewsletter({
    ...files,
    'letterpress.config.ts': `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Example Street', reason: 'You signed up.', template: 'letter', theme: './emails/theme.ts' }\n`,
    'issues/a.md': `---\ntitle: First\nweek: 2026-W30\npreheader: More\n---\nHello.\n\n${example}`,
  })
  const [inspection] = await (await openNewsletter(root)).inspect(['a'])
  expect([inspection?.diagnostics, inspection?.findings]).toEqual([[], []])
  const html = JSON.stringify(inspection?.rendered?.html)
  for (const piece of ['Dear ', 'Ada Lovelace', '<strong>algebraic patterns</strong>', 'Read the notes', '#1d4ed8']) {
    expect(html).toContain(piece)
  }
  expect(JSON.stringify(inspection?.rendered?.text)).toContain('algebraic patterns')
})

test('the components come in one copy of React, from wherever the newsletter lies', async () => {
  const source = `import { Panel } from 'letterpress/components'\nimport { useMemo } from 'react'\nexport default (mail) => <Panel mail={mail}>{useMemo(() => 'made once', [])}</Panel>`
  const root = makeNewsletter({
    'emails/mine.tsx': source,
    'issues/a.md': '---\ntitle: A\nweek: 2026-W30\ntemplate: mine\n---\nHello.\n',
  })
  const [inspection] = await (await openNewsletter(root)).inspect(['a'])
  expect(inspection?.diagnostics).toEqual([])
  expect(JSON.stringify(inspection?.rendered?.html)).toContain('made once')
})
