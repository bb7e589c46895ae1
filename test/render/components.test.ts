import { describe, expect, test } from 'vitest'
import { fillSlots, loadBlocks, RenderFailure, renderIssue } from '../../src/render/index.ts'
import { write } from '../helpers/folder.ts'
import { makeOptions, makeSources, read, render } from './make.ts'

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

const htmlOf = async (files: Record<string, string>, markdown = 'Hi.\n') => {
  const { rendered, diagnostics } = await render(markdown, makeSources(files), { template: 'mine' })
  expect(diagnostics).toEqual([])
  return fillSlots(rendered?.html ?? [], {}, 'html')
}

describe('a template may use', () => {
  test('slots in text and attributes', async () => {
    const { rendered } = await render(
      'Hi.\n',
      makeSources({
        'emails/mine.tsx': `import { Slot, slot } from 'letterpress/define'\nexport default () => <a href={slot('unsubscribeUrl')} title='x'><Slot name="subscriber.name" fallback="<you>" /></a>`,
      }),
      { template: 'mine' },
    )
    expect(fillSlots(rendered?.html ?? [], { unsubscribeUrl: 'https://x.example/?a=1&b="' }, 'html')).toBe(
      '<!doctype html><a href="https://x.example/?a=1&amp;b=&quot;" title="x">&lt;you&gt;</a>',
    )
  })

  test('@react-email/components', async () => {
    const html = await htmlOf({
      'emails/mine.tsx': `import { Body, Button, Html, Link, Section } from '@react-email/components'
        export default () => <Html lang="en"><Body><Section><Button href="https://example.com/a">Go</Button><Link href="https://example.com/b">b</Link></Section></Body></Html>`,
    })
    expect(html).toContain('href="https://example.com/a"')
    expect(html).toMatch(/^<!doctype html><html/)
    expect(html.match(/<!doctype/gi)).toHaveLength(1)
  })

  test('<Tailwind> of react-email, which suspends', async () => {
    const html = await htmlOf({
      'emails/mine.tsx': `import { Body, Head, Html, Tailwind, Text } from 'react-email'
        export default () => <Tailwind><Html><Head /><Body><Text className="text-[20px] md:text-[30px] font-bold">Big</Text></Body></Html></Tailwind>`,
    })
    expect(html).toMatch(/font-size:\s*20px/)
    expect(html).toContain('Big')
    expect(html).toMatch(/@media/)
    expect(html).not.toMatch(/<!--\/?\$|<template/)
  }, 30_000)

  test('<Tailwind>, and an error inside it is a diagnostic, no mail with a hole', async () => {
    const files = {
      'emails/mine.tsx': `import { Body, Head, Html, Tailwind } from 'react-email'
        const Box = (): never => { throw new Error('boom inside') }
        export default () => <Tailwind><Html><Head /><Body><p>before</p><Box /></Body></Html></Tailwind>`,
    }
    expect(await diagnosticOf(files)).toMatchObject({
      code: 'render/component-failed',
      message: expect.stringContaining('boom inside') as string,
    })
  }, 30_000)

  test('<Suspense>, and an error inside it is a diagnostic, no mail with a hole', async () => {
    const files = {
      'emails/mine.tsx': `import { Suspense } from 'react'
        const Box = (): never => { throw new Error('boom inside') }
        export default () => <html><body><Suspense fallback={<p>loading</p>}><Box /></Suspense></body></html>`,
    }
    expect(await diagnosticOf(files)).toMatchObject({
      code: 'render/component-failed',
      message: expect.stringContaining('boom inside') as string,
    })
  })
})

describe('a <Suspense>', () => {
  test('whose content is not ready is waited for, however large it is', async () => {
    const html = await htmlOf({
      'emails/mine.tsx': `import { Suspense, use } from 'react'
        const ready = new Promise<string>((resolve) => setTimeout(resolve, 5, 'ready'))
        const Box = () => <div>{use(ready)}{'x'.repeat(30_000)}</div>
        export default () => <html><body><Suspense fallback={<p>loading</p>}><Box /></Suspense></body></html>`,
    })
    expect(html).toContain('ready')
    expect(html).not.toMatch(/loading|<script|<template|hidden|<!--/)
  })
})

describe('blocks', () => {
  const block = (name: string, text: string, attributes = 'z.object({})') => `import { z } from 'zod'
    export const blocks = [{ name: '${name}', summary: 's', attributes: ${attributes}, body: 'none', canBeShared: false, example: '::${name}',
      Component: ({ attributes }) => <div data-own={JSON.stringify(attributes)}>${text}</div>,
      outline: () => ({ title: '${text} in text', body: [], actions: [] }) }]`

  test('of the author’s are drawn in HTML and told in text', async () => {
    const sources = makeSources({
      'emails/blocks/index.ts': `export { blocks } from './poll.tsx'`,
      'emails/blocks/poll.tsx': block('poll', 'Vote now'),
    })
    const { rendered, diagnostics } = await render('::poll\n', sources)
    expect(diagnostics).toEqual([])
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain('>Vote now</div>')
    expect(fillSlots(rendered?.text ?? [], {}, 'text')).toContain('Vote now in text')
  })

  test('of the author’s replace shipped ones of the same name', async () => {
    const sources = makeSources({
      'emails/blocks/index.ts': `export { blocks } from './toc.tsx'`,
      'emails/blocks/toc.tsx': block('toc', 'My contents'),
    })
    const { rendered } = await render('::toc\n\n## One\n\nText.\n', sources)
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain('>My contents</div>')
  })

  test('that throw name their own line', async () => {
    const files = {
      'emails/blocks/index.ts': `export { blocks } from './poll.tsx'`,
      'emails/blocks/poll.tsx': block('poll', '{attributes.a.b.c}'),
    }
    const { diagnostics } = await render('::poll\n', makeSources(files))
    expect(diagnostics).toMatchObject([
      { code: 'render/component-failed', file: 'emails/blocks/poll.tsx', range: { start: { line: 3 } } },
    ])
  })

  test('that cannot be loaded are a diagnostic of that file', async () => {
    const sources = makeSources({ 'emails/mine.tsx': MINI })
    const issue = await read('Hi.\n', sources)
    write(sources.root, 'emails/blocks/index.ts', 'export const blocks = [\n')
    const { diagnostics } = await renderIssue(issue, makeOptions(sources, { template: 'mine' }))
    expect(diagnostics).toMatchObject([{ code: 'render/broken-module', file: 'emails/blocks/index.ts' }])
  })
})

describe('blocks that are none', () => {
  test.for([
    ['export const blocks = [{ name: 1 }, null]', ['blocks[0].name: ', 'blocks[0].attributes: ', 'blocks[1]: ']],
    ['export const blocks = {}', ['blocks: ']],
    ['export const block = []', ['blocks: ']],
  ] as const)('in %s are told with file and position', async ([source, places]) => {
    const failure = loadBlocks(makeSources({ 'emails/blocks/index.ts': source }))
    const error = await failure.catch((reason: unknown) => reason)
    const [diagnostic] = error instanceof RenderFailure ? error.diagnostics : []
    expect(diagnostic).toMatchObject({ code: 'render/invalid-blocks', file: 'emails/blocks/index.ts' })
    for (const place of places) expect(diagnostic?.message).toContain(place)
  })
})

describe('a theme', () => {
  test('of the author’s colours the mail', async () => {
    const sources = makeSources({
      'emails/theme.ts': `import { defineTheme } from 'letterpress/define'\nimport { theme as base } from '${process.cwd()}/emails/theme.ts'\nexport const theme = defineTheme({ ...base, light: { ...base.light, accent: '#123456' } })`,
    })
    const { rendered, diagnostics } = await render('Hi.\n', sources, { theme: `${sources.root}/emails/theme.ts` })
    expect(diagnostics).toEqual([])
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain('#123456')
  })

  test('says what differs from the built-in one, and keeps the rest', async () => {
    const theme = `import { defineTheme } from 'letterpress/define'\nexport const theme = defineTheme({ light: { accent: '#123456' }, fonts: {}, width: 600 })`
    const sources = makeSources({ 'theme.ts': theme })
    const { rendered, diagnostics } = await render('Hi.\n', sources, { theme: `${sources.root}/theme.ts` })
    expect(diagnostics).toEqual([])
    const html = fillSlots(rendered?.html ?? [], {}, 'html')
    for (const piece of ['#123456', 'Georgia,serif', '#fffdf9', '600']) expect(html).toContain(piece)
  })

  test.for([
    ['harbour', '#0d5a92'],
    ['mine', '#123456'],
  ] as const)('named %s is the file of that name, shipped or of the author', async ([name, colour]) => {
    const own = `import { defineTheme } from 'letterpress/define'\nexport const theme = defineTheme({ light: { accent: '#123456' } })`
    const { rendered, diagnostics } = await render('Hi.\n', makeSources({ 'emails/themes/mine.ts': own }), {
      theme: name,
    })
    expect(diagnostics).toEqual([])
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain(colour)
  })

  test('of an unknown name is a diagnostic with the nearest one', async () => {
    const { diagnostics } = await render('Hi.\n', makeSources({}), { theme: 'habour' })
    expect(diagnostics).toMatchObject([
      { code: 'render/unknown-theme', message: 'No theme is named "habour". Did you mean "harbour"?' },
    ])
  })

  test.for([
    ['5', ['theme: ']],
    ['{ light: 5 }', ['light: ']],
    [
      '{ light: { text: "red", muted: "#12345", acent: "#123456" }, width: 2000 }',
      ['light.text: ', 'light.muted: ', 'light.acent: no such key. Did you mean "accent"?', 'width: '],
    ],
    [
      '{ fonts: { body: "a;b" }, radius: NaN, logo: { src: "http://x", alt: "", width: 1, height: 1 } }',
      ['fonts.body: ', 'radius: ', 'logo.src: '],
    ],
  ] as const)('%s names every wrong key', async ([value, places]) => {
    const sources = makeSources({ 'theme.ts': `export const theme = ${value}` })
    const { diagnostics } = await render('Hi.\n', sources, { theme: `${sources.root}/theme.ts` })
    expect(diagnostics).toMatchObject([{ code: 'render/invalid-theme', file: 'theme.ts' }])
    for (const place of places) expect(diagnostics[0]?.message).toContain(place)
  })

  test.for([
    ['is missing', {}, 'render/broken-module'],
    ['exports none', { 'theme.ts': 'export const colours = {}' }, 'render/invalid-theme'],
    ['does not parse', { 'theme.ts': 'export const theme = {' }, 'render/broken-module'],
  ] as const)('that %s is a diagnostic of its file', async ([, files, code]) => {
    const sources = makeSources(files)
    const { diagnostics } = await render('Hi.\n', sources, { theme: `${sources.root}/theme.ts` })
    expect(diagnostics).toMatchObject([{ code, file: 'theme.ts' }])
  })
})
