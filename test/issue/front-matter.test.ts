import { expect, test } from 'vitest'
import { listProblems, readSound } from './read.ts'

const front = (...lines: string[]): string => `---\n${lines.join('\n')}\n---\nHello.\n`

test('gives every key of the front matter', async () => {
  const issue = await readSound(
    front(
      'title: Papers "of" the $\\alpha$ week',
      'subtitle: A subtitle',
      'id: papers-11',
      'number: 11',
      'author: Ada Example',
      'from: 2024-03-11',
      'to: 2024-03-17',
      'subject: "Hello {{ subscriber.name | default: \'you\' }}"',
      'preheader: Energy is $E = mc^2$',
      'language: en-gb',
      'template: letter',
      'tags: [a, b]',
      'audience: tag:members',
      'draft: true',
      'allow: { image-alt: "a decoration" }',
    ),
  )
  expect(issue).toMatchObject({
    id: 'papers-11',
    slug: 'test',
    file: 'issues/test.md',
    title: 'Papers “of” the α week',
    subtitle: 'A subtitle',
    number: 11,
    author: 'Ada Example',
    period: { from: '2024-03-11', to: '2024-03-17' },
    language: 'en-GB',
    template: 'letter',
    tags: ['a', 'b'],
    audience: 'tag:members',
    draft: true,
    allow: { 'image-alt': 'a decoration' },
  })
  expect(issue.subject).toMatchObject([{ value: 'Hello ' }, { type: 'slot', name: 'subscriber.name', fallback: 'you' }])
  expect(issue.preheader?.map((node) => (node.type === 'text' ? node.value : '')).join('')).toBe('Energy is E = mc²')
  expect(issue.places['number']).toMatchObject({ start: { line: 5, column: 9 } })
})

test('takes id from the file and subject from the title', async () => {
  const issue = await readSound(front('title: Papers', 'date: 2024-02-29'))
  expect(issue).toMatchObject({
    id: 'test',
    period: { from: '2024-02-29', to: '2024-02-29' },
    draft: false,
    tags: [],
    allow: {},
  })
  expect(issue.subject).toMatchObject([{ type: 'text', value: 'Papers' }])
})

test('turns an ISO week into Monday and Sunday', async () => {
  expect((await readSound(front('title: T', 'week: 2024-W11'))).period).toEqual({
    from: '2024-03-11',
    to: '2024-03-17',
    week: '2024-W11',
  })
  expect((await readSound(front('title: T', 'week: 2020-W53'))).period).toMatchObject({
    from: '2020-12-28',
    to: '2021-01-03',
  })
  expect((await readSound(front('title: T', 'week: 2025-W01'))).period).toMatchObject({ from: '2024-12-30' })
})

test('gives an id that no prototype can answer', async () => {
  const issue = await readSound(front('title: T', 'week: 2024-W11', 'allow: { image-alt: x }'))
  expect(Object.keys(issue.allow)).toEqual(['image-alt'])
})

test.each([
  ['missing front matter', '# Title\n', 'issue/missing-front-matter 1:1 # Title'],
  ['front matter that is not closed', '---\ntitle: T\n', 'issue/unclosed-front-matter 1:1 ---'],
  ['front matter without a title', front('week: 2024-W11'), 'issue/missing-key 1:1 ---'],
  ['front matter without a date', front('title: T'), 'issue/missing-date 1:1 ---'],
  ['two kinds of date', front('title: T', 'week: 2024-W11', 'date: 2024-03-11'), 'issue/two-dates 4:1 date'],
  ['from without to', front('title: T', 'from: 2024-03-11'), 'issue/missing-key 3:1 from'],
  ['to without from', front('title: T', 'to: 2024-03-11'), 'issue/missing-key 3:1 to'],
  ['the 31st of February', front('title: T', 'date: 2024-02-31'), 'issue/wrong-date 3:7 2024-02-31'],
  ['to before from', front('title: T', 'from: 2024-03-17', 'to: 2024-03-11'), 'issue/reversed-period 4:5 2024-03-11'],
  ['a 53rd week of a short year', front('title: T', 'week: 2024-W53'), 'issue/wrong-week 3:7 2024-W53'],
  ['a week without a zero', front('title: T', 'week: 2024-W9'), 'issue/wrong-week 3:7 2024-W9'],
  ['a number as title', front('title: 2024', 'week: 2024-W11'), 'issue/wrong-value 2:8 2024'],
  ['an empty title', front('title: ""', 'week: 2024-W11'), 'issue/wrong-value 2:8 ""'],
  ['no title behind its key', front('title:', 'week: 2024-W11'), 'issue/wrong-value 2:7'],
  ['a word as number', front('title: T', 'week: 2024-W11', 'number: eleven'), 'issue/wrong-value 4:9 eleven'],
  ['tags in one text', front('title: T', 'week: 2024-W11', 'tags: a, b'), 'issue/wrong-value 4:7 a, b'],
  ['a number among the tags', front('title: T', 'week: 2024-W11', 'tags: [a, 2]'), 'issue/wrong-value 4:11 2'],
  ['a word instead of true', front('title: T', 'week: 2024-W11', 'draft: maybe'), 'issue/wrong-value 4:8 maybe'],
  [
    'an audience that is no segment',
    front('title: T', 'week: 2024-W11', 'audience: members'),
    'issue/wrong-value 4:11 members',
  ],
  [
    'a language that is none',
    front('title: T', 'week: 2024-W11', 'language: english'),
    'issue/wrong-value 4:11 english',
  ],
  ['an id with blanks', front('title: T', 'week: 2024-W11', 'id: my issue'), 'issue/wrong-value 4:5 my issue'],
  [
    'an unknown template',
    front('title: T', 'week: 2024-W11', 'template: digset'),
    'issue/unknown-template 4:11 digset',
  ],
  [
    'an unknown check',
    front('title: T', 'week: 2024-W11', 'allow: { image-alts: x }'),
    'issue/unknown-rule 4:10 image-alts',
  ],
  [
    'an allowance without a reason',
    front('title: T', 'week: 2024-W11', 'allow: { image-alt: " " }'),
    'issue/wrong-value 4:21 " "',
  ],
  ['an unknown key', front('title: T', 'week: 2024-W11', 'subjct: x'), 'issue/unknown-key 4:1 subjct'],
  ['__proto__', front('title: T', 'week: 2024-W11', '__proto__: { draft: true }'), 'issue/unknown-key 4:1 __proto__'],
  ['constructor', front('title: T', 'week: 2024-W11', 'constructor: x'), 'issue/unknown-key 4:1 constructor'],
  ['text of a YAML issue', front('title: T', 'week: 2024-W11', 'intro: Hello'), 'issue/text-in-front-matter 4:1 intro'],
  ['a key given twice', front('title: T', 'title: U', 'week: 2024-W11'), 'issue/duplicate-key 3:1 title'],
  ['a tab as indentation', front('title: T', 'week: 2024-W11', 'allow:', '\timage-alt: x'), 'issue/yaml-tab 5:1'],
  ['an alias', front('title: &t T', 'week: 2024-W11', 'subject: *t'), 'issue/yaml-alias 4:10 *t'],
  ['a tag', front('title: !!js/function T', 'week: 2024-W11'), 'issue/yaml-tag 2:8 !!js/function'],
  ['a list instead of keys', front('- title'), 'issue/yaml-syntax 2:1 - title'],
  [
    'a subject on two lines',
    front('title: T', 'week: 2024-W11', 'subject: |', '  a', '  b'),
    'issue/not-one-line 4:10 |',
  ],
  [
    'a slot in the title',
    front('title: Hi {{ subscriber.name }}', 'week: 2024-W11'),
    'issue/slot-not-allowed 2:11 {{ subscriber.name }}',
  ],
  [
    'an unknown slot in the subject',
    front('title: T', 'week: 2024-W11', 'subject: Hi {{ nam }}'),
    'issue/unknown-slot 4:16 nam',
  ],
  [
    'unknown LaTeX in the preheader',
    front('title: T', 'week: 2024-W11', 'preheader: a \\foo b'),
    'issue/unknown-latex 4:14 \\foo',
  ],
])('points at %s', async (_name, source, expected) => {
  expect((await listProblems(source))[0]).toBe(expected)
})

test('gives all problems at once, in the order of the file', async () => {
  const source = front('titel: T', 'week: 2024-W60', 'number: x', 'tags: {}')
  expect(await listProblems(source)).toEqual([
    'issue/missing-key 1:1 ---',
    'issue/unknown-key 2:1 titel',
    'issue/wrong-week 3:7 2024-W60',
    'issue/wrong-value 4:9 x',
    'issue/wrong-value 5:7 {}',
  ])
})

test('keeps the places of files with CRLF, CR and a byte order mark', async () => {
  const source = front('title: T', 'week: 2024-W11', 'subjct: x')
  const expected = ['issue/unknown-key 4:1 subjct']
  expect(await listProblems(source.replaceAll('\n', '\r\n'))).toEqual(expected)
  expect(await listProblems(source.replaceAll('\n', '\r'))).toEqual(expected)
  expect(await listProblems(`\u{FEFF}${source}`)).toEqual(expected)
})
