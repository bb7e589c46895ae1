import { expect, test } from 'vitest'
import { readTemplateSummary } from '../../src/render/template-summary.ts'
import { makeFolder, write } from '../helpers/folder.ts'

const read = (name: string, text: string) =>
  readTemplateSummary({
    name: 'a',
    engine: name.endsWith('.mjml') ? 'mjml' : 'react',
    file: write(makeFolder(), name, text),
  })

test.for([
  [
    'a.tsx',
    '/** Not this. */\nconst a = 1\n\n/**\n * For a\n * quiet week. More.\n */\nexport default () => null',
    'For a quiet week.',
  ],
  ['a.tsx', '// none\nexport default () => null', ''],
  [
    'a.mjml',
    '{%- comment %}\nOne sentence, 2.5 lines. Another.\n{% endcomment -%}\n<mjml>',
    'One sentence, 2.5 lines.',
  ],
  ['a.mjml', '{% comment %}A title\n\nMore.{% endcomment %}', 'A title'],
  ['a.mjml', '<mjml>{% comment %}Inside.{% endcomment %}', ''],
] as const)('%s: the comment at the head says what a template is for', ([name, text, summary]) => {
  expect(read(name, text)).toBe(summary)
})
