import { expect, test } from 'vitest'
import { makeNewsletter, openNewsletter } from '../helpers/newsletter.ts'
import { pageBlock, pageFiles } from '../helpers/templates-page.ts'

test('the templates, the block and the theme of docs/templates.md make a mail', async () => {
  expect(Object.keys(pageFiles)).toHaveLength(5)
  const root = makeNewsletter({
    ...pageFiles,
    'letterpress.config.ts': `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Example Street', reason: 'You signed up.', template: 'letter', theme: './emails/theme.ts' }\n`,
    'issues/a.md': `---\ntitle: First\nweek: 2026-W30\npreheader: More\n---\nHello.\n\n${pageBlock}`,
    'issues/b.md': `---\ntitle: Second\nweek: 2026-W31\npreheader: More\ntemplate: plain\n---\nHello, again.\n\n${pageBlock}`,
  })
  const [inspection, second] = await (await openNewsletter(root)).inspect(['a', 'b'])
  expect([inspection?.diagnostics, inspection?.findings]).toEqual([[], []])
  expect([second?.diagnostics, second?.findings]).toEqual([[], []])
  for (const piece of ['Ada Lovelace', '<strong>algebraic patterns</strong>', 'Read the notes', '#1d4ed8'])
    expect(JSON.stringify(second?.rendered?.html)).toContain(piece)
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
