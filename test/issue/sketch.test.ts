import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sketchIssue } from '../../src/issue/index.ts'
import { makeFolder } from '../helpers/folder.ts'

const sketch = (name: string, text: string) => sketchIssue(join(makeFolder({ [name]: text }), name))

test.for([
  [
    'plain',
    '---\ntitle: Papers: the best  # of May\nweek: 2024-W11\ndraft: true\n---\n## One\n',
    'Papers: the best',
    true,
  ],
  ['double quotes', '---\ntitle: "A \\"quoted\\" one" # really\nweek: 2024-W11\n---\n', 'A "quoted" one', false],
  ['single quotes', "---\r\ntitle: 'It''s here'\r\nweek: 2024-W11\r\n---\r\n", "It's here", false],
  ['a broken body', '---\ntitle: Broken\nweek: 2024-W11\n---\n::promp\n\n# No\n', 'Broken', false],
] as const)('reads the head of a file: %s', ([, text, title, draft]) => {
  const period = { from: '2024-03-11', to: '2024-03-17', week: '2024-W11' }
  expect(sketch('a.md', text)).toEqual({ title, period, draft })
})

test('reads YAML and JSON, whose entries have titles as well', () => {
  const period = { from: '2024-03-11', to: '2024-03-12' }
  const yaml = 'title: Mine\nfrom: 2024-03-11\nto: 2024-03-12\nlanguage: de\nsections:\n  - title: Not mine\n'
  expect(sketch('a.yaml', yaml)).toEqual({ title: 'Mine', period, language: 'de', draft: false })
  const json = JSON.stringify({ title: 'Mine', from: '2024-03-11', to: '2024-03-12', sections: [{ title: 'No' }] })
  expect(sketch('a.json', json)).toMatchObject({ title: 'Mine', period })
})

test.for([
  ['no front matter', 'Hello.\n'],
  ['front matter that is not closed', '---\ntitle: A\n'],
  ['a title over several lines', '---\ntitle: >\n  Long\n---\n'],
  ['a week that does not exist, a reversed period', '---\nweek: 2024-W60\nfrom: 2024-03-12\nto: 2024-03-11\n---\n'],
  ['no language', '---\nlanguage: "not a language"\n---\n'],
  ['a broken escape', '---\ntitle: "\\q"\n---\n'],
  ['nothing', ''],
] as const)('knows nothing of %s', ([, text]) => {
  expect(sketch('a.md', text)).toEqual({ draft: false })
})

test('knows nothing of a file that is not there', () => {
  expect(sketchIssue('/nowhere/a.md')).toEqual({ draft: false })
})

test.skipIf(process.platform === 'win32')('says nothing of a pipe, and does not wait for it', () => {
  const folder = makeFolder({ 'a.md': '' })
  for (const name of ['x.md', 'x.json']) {
    execFileSync('mkfifo', [join(folder, name)])
    expect(sketchIssue(join(folder, name))).toEqual({ draft: false })
  }
})
