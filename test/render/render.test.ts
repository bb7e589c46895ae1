import { describe, expect, test } from 'vitest'
import { fillSlots, listSlots, listTemplates } from '../../src/render/index.ts'
import { FRONT, makeSources, render } from './make.ts'

const MINI = `export default function Mini({ issue, newsletter }) {
  return <html><head><title>{issue.title}</title></head><body><p>{newsletter.name}</p></body></html>
}`

/** The one diagnostic of a rendering that failed. */
async function diagnosticOf(files: Record<string, string>, markdown = 'Hi.\n', template = 'mine') {
  const { rendered, diagnostics } = await render(markdown, makeSources(files), { template })
  expect(rendered).toBeUndefined()
  expect(diagnostics).toHaveLength(1)
  const [diagnostic] = diagnostics
  return { ...diagnostic, line: diagnostic?.range?.start.line, column: diagnostic?.range?.start.column }
}

describe('the shipped template', () => {
  test('gives subject, preheader, HTML and text with their slots', async () => {
    const { rendered, diagnostics } = await render(
      '---\ntitle: Week 11\nweek: 2024-W11\nsubject: "For {{ subscriber.name | default: \\"you\\" }}: five papers"\npreheader: Five papers\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Two](https://example.com/two)\n\nText.\n',
      makeSources(),
    )
    expect(diagnostics).toEqual([])
    expect(rendered).toMatchObject({
      issueId: 'week-11',
      template: 'digest',
      language: 'en',
      direction: 'ltr',
      preheader: ['Five papers'],
      images: [],
    })
    expect(rendered?.subject).toEqual(['For ', { slot: 'subscriber.name', fallback: 'you' }, ': five papers'])
    for (const part of [rendered?.html, rendered?.text]) {
      expect([...listSlots(part ?? []).keys()]).toEqual(expect.arrayContaining(['subscriber.name', 'unsubscribeUrl']))
      expect(fillSlots(part ?? [], { unsubscribeUrl: 'mailto:x' }, 'html')).not.toMatch(/\p{Co}/u)
    }
    expect(rendered?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('takes direction and words from the issue’s language', async () => {
    const { rendered } = await render('---\ntitle: "أوراق"\nweek: 2024-W11\nlanguage: ar\n---\nمرحبا.\n', makeSources())
    expect(rendered).toMatchObject({ language: 'ar', direction: 'rtl' })
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toMatch(/<html[^>]* dir="rtl"/)
  })

  test('knows the page of the issue only where the newsletter has a site', async () => {
    const sources = makeSources()
    expect((await render('Hi.\n', sources)).rendered?.archiveUrl).toBeUndefined()
    const { rendered } = await render('Hi.\n', sources, { newsletter: { name: 'X', url: 'https://news.example.com/' } })
    expect(rendered?.archiveUrl).toBe('https://news.example.com/issues/week-11/')
    expect([...listSlots(rendered?.text ?? []).keys()]).toEqual(expect.arrayContaining(['webUrl', 'preferencesUrl']))
  })
})

describe('the hash', () => {
  const hashOf = async (markdown: string, files: Record<string, string> = { 'emails/mine.tsx': MINI }) =>
    (await render(markdown, makeSources(files), { template: 'mine' })).rendered?.hash

  test('is the same for the same issue, wherever the newsletter lies', async () => {
    expect(await hashOf('Hi.\n')).toBe(await hashOf('Hi.\n'))
  })

  test('differs with text, subject, template and newsletter', async () => {
    const sources = makeSources({ 'emails/mine.tsx': MINI, 'emails/other.tsx': MINI })
    const hashes = await Promise.all([
      render('Hi.\n', sources, { template: 'mine' }),
      render('Ho.\n', sources, { template: 'mine' }),
      render('Hi.\n', sources, { template: 'other' }),
      render('Hi.\n', sources, { template: 'mine', newsletter: { name: 'Other' } }),
      render(`${FRONT.replace('title', 'subject: S\ntitle')}Hi.\n`, sources, { template: 'mine' }),
    ])
    expect(new Set(hashes.map(({ rendered }) => rendered?.hash)).size).toBe(5)
  })
})

describe('a template', () => {
  test('that nobody has is a diagnostic with the nearest name, at the front matter that names it', async () => {
    const diagnostic = await diagnosticOf({}, '---\ntitle: X\nweek: 2024-W11\ntemplate: digets\n---\nHi.\n')
    expect(diagnostic).toMatchObject({
      code: 'render/unknown-template',
      severity: 'error',
      file: 'issues/week-11.md',
      line: 4,
      message: 'No template is named "digets". Did you mean "digest"?',
    })
    expect(diagnostic.hint).toContain('digest')
  })

  test('that the configuration names and nobody has is one too, without a line', async () => {
    expect(await diagnosticOf({}, 'Hi.\n', 'nonesuch')).toMatchObject({
      code: 'render/unknown-template',
      line: undefined,
    })
  })

  test.for(['../../emails/digest', '/etc/passwd', '__proto__', 'constructor', 'components/index'])(
    'cannot be the path %s',
    async (name) => {
      expect(await diagnosticOf({}, 'Hi.\n', name)).toMatchObject({ code: 'render/unknown-template' })
    },
  )

  test('of the author’s stands before a shipped one of the same name', async () => {
    const sources = makeSources({ 'emails/digest.tsx': MINI })
    expect(listTemplates(sources).find(({ name }) => name === 'digest')?.file).toContain(sources.root)
    const { rendered } = await render('Hi.\n', sources)
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toBe(
      '<!doctype html><html><head><title>Week 11</title></head><body><p>LLM Papers Weekly</p></body></html>',
    )
  })

  test('without a component says what to write', async () => {
    for (const source of ['export const a = 1', 'export default 5', '']) {
      expect(await diagnosticOf({ 'emails/mine.tsx': source })).toMatchObject({
        code: 'render/no-component',
        file: 'emails/mine.tsx',
      })
    }
  })

  test('with a syntax error names its place', async () => {
    expect(
      await diagnosticOf({ 'emails/mine.tsx': 'export default function Mine() {\n  return <p>{</p>\n}\n' }),
    ).toMatchObject({ code: 'render/broken-module', file: 'emails/mine.tsx', line: 2 })
  })

  test('whose component has a syntax error names that file', async () => {
    const files = {
      'emails/mine.tsx': `import { Box } from './parts/box.tsx'\nexport default () => <Box />`,
      'emails/parts/box.tsx': '\nexport const Box = () => <p\n',
    }
    expect(await diagnosticOf(files)).toMatchObject({ code: 'render/broken-module', file: 'emails/parts/box.tsx' })
  })

  test('that imports what is not there names the line', async () => {
    const files = { 'emails/mine.tsx': `import { a } from './nope.tsx'\nexport default () => a` }
    expect(await diagnosticOf(files)).toMatchObject({ code: 'render/broken-module', file: 'emails/mine.tsx', line: 1 })
    const packages = { 'emails/mine.tsx': `\nimport { a } from 'no-such-package'\nexport default () => a` }
    expect(await diagnosticOf(packages)).toMatchObject({
      code: 'render/broken-module',
      file: 'emails/mine.tsx',
      line: 2,
    })
  })

  test('that throws when it is loaded names the line', async () => {
    const files = { 'emails/mine.tsx': `\nthrow new Error('no luck')\nexport default () => null` }
    expect(await diagnosticOf(files)).toMatchObject({
      code: 'render/broken-module',
      file: 'emails/mine.tsx',
      line: 2,
      message: expect.stringContaining('no luck') as string,
    })
  })

  test('that throws when it is rendered names the line of its own', async () => {
    const files = {
      'emails/mine.tsx': `export default function Mine({ issue }: { issue: any }) {\n  const name = issue.nothing.name\n  return <p>{name}</p>\n}`,
    }
    expect(await diagnosticOf(files)).toMatchObject({
      code: 'render/component-failed',
      file: 'emails/mine.tsx',
      line: 2,
      column: 30,
    })
  })

  test('whose component throws names the line of the component', async () => {
    const files = {
      'emails/mine.tsx': `import { Box } from './parts/box.tsx'\nexport default () => <div><Box /></div>`,
      'emails/parts/box.tsx': `export function Box(): never {\n\n  throw new Error('boom')\n}`,
    }
    expect(await diagnosticOf(files)).toMatchObject({
      code: 'render/component-failed',
      file: 'emails/parts/box.tsx',
      line: 3,
      message: expect.stringContaining('boom') as string,
    })
  })

  test.for([
    `throw 'text'`,
    'throw undefined',
    'throw null',
    'throw {}',
    `throw Object.assign(new Error('x'), { stack: undefined })`,
    'return {} as never',
    'return BigInt(1).nope()',
  ])('that does "%s" is a diagnostic, whatever was thrown', async (statement) => {
    const files = { 'emails/mine.tsx': `export default function Mine(): any {\n  ${statement}\n}` }
    expect(await diagnosticOf(files)).toMatchObject({ code: 'render/component-failed', file: 'emails/mine.tsx' })
  })

  test('that names a slot nobody can fill says so', async () => {
    const files = {
      'emails/mine.tsx': `import { slot } from 'letterpress/define'\nexport default () => <p>\n  {slot('subscriber.nmae')}\n</p>`,
    }
    expect(await diagnosticOf(files)).toMatchObject({
      file: 'emails/mine.tsx',
      line: 3,
      message: expect.stringContaining('subscriber.nmae') as string,
    })
  })

  test.for([
    ['render/component-failed', 'export default async function A() {\n  await new Promise(() => {})\n}'],
    ['render/broken-module', 'await new Promise(() => {})\nexport default () => null'],
  ] as const)('that never settles is %s after a while', async ([code, source]) => {
    const sources = makeSources({ 'emails/mine.tsx': source })
    const limited = { ...sources, load: { ...sources.load, timeoutMs: 3000 } }
    const { rendered, diagnostics } = await render('Hi.\n', limited, { template: 'mine' })
    expect(rendered).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code, file: 'emails/mine.tsx' }])
    expect(diagnostics[0]?.message).toContain('not ready after 3 seconds')
  })

  test.for([
    ['render/component-failed', 'export default function A() {\n  while (true) {}\n}'],
    ['render/broken-module', 'for (;;) globalThis.spins = 1\nexport default () => null'],
  ] as const)('in an endless loop is %s after a while, and the next is rendered', async ([code, source]) => {
    const sources = makeSources({ 'emails/mine.tsx': source, 'emails/mini.tsx': MINI })
    const usual = { ...sources, load: { ...sources.load, isReloaded: true } }
    expect((await render('Hi.\n', usual, { template: 'mini' })).rendered).toBeDefined()
    const limited = { ...sources, load: { ...usual.load, timeoutMs: 3000 } }
    const { diagnostics } = await render('Hi.\n', limited, { template: 'mine' })
    expect(diagnostics).toMatchObject([{ code, file: 'emails/mine.tsx' }])
    expect(diagnostics[0]?.message).toMatch(/not ready after 3 seconds; it may be in an endless loop/)
    expect((await render('Hi.\n', usual, { template: 'mini' })).rendered).toBeDefined()
  })
})
